"""Forms by which the organisation is changed: each has a day, and `change(version)` does what it says."""

from kithkin.directory.forms.organisation.base import TOP, UnitForm, first_of_next_month
from kithkin.directory.forms.organisation.joining import CloseForm, MergeForm, SplitForm
from kithkin.directory.forms.organisation.units import KindForm, MoveForm, OpenForm, RenameForm

__all__ = [
    "TOP",
    "CloseForm",
    "KindForm",
    "MergeForm",
    "MoveForm",
    "OpenForm",
    "RenameForm",
    "SplitForm",
    "UnitForm",
    "first_of_next_month",
]
