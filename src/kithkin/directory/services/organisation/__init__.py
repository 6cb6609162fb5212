"""What people do to the organisation: each for a day, behind or ahead, refused unless every day after it is sound.

A refusal is a `kithkin.directory.organisation.refusals.Refused`. `version` is the unit's, as a form remembers it.
"""

from kithkin.directory.services.organisation.joining import merge_units, split_unit
from kithkin.directory.services.organisation.taking_back import take_back
from kithkin.directory.services.organisation.units import (
    change_kind,
    close_unit,
    move_unit,
    open_unit,
    rename_unit,
)
from kithkin.directory.services.organisation.writing import NewUnit

__all__ = [
    "NewUnit",
    "change_kind",
    "close_unit",
    "merge_units",
    "move_unit",
    "open_unit",
    "rename_unit",
    "split_unit",
    "take_back",
]
