"""What the forms have in common: the unit, the day, and the units to choose from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import Unit
from kithkin.directory.models.days import today
from kithkin.directory.organisation.history import History
from kithkin.directory.queries.dates import EARLIEST, LATEST
from kithkin.directory.queries.organisation import whole_history
from kithkin.directory.rules.organisation import reach_of_editing
from kithkin.platform.access import Reach
from kithkin.platform.models import User
from kithkin.platform.text import long_date

INDENT = "\N{EM SPACE}"
TOP = "top"
Choices = list[tuple[str, str]]


def first_of_next_month() -> date:
    """When a reorganisation usually begins."""
    return (today().replace(day=1) + timedelta(days=32)).replace(day=1)


class UnitForm(forms.Form):
    """A change of one unit (None: of one that is still to be made), for a day, by somebody."""

    on = forms.DateField(
        label=gettext_lazy("From when?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )

    def __init__(self, *arguments: Any, unit: Unit | None, user: User, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.unit, self.reach = unit, reach_of_editing(user)
        self.history = whole_history()
        self.fields["on"].help_text = _("Any day, past or to come. Nothing before it changes.")
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the organisation."""

    def change(self, version: str) -> str:
        """Do it, and say what was done; Refused or ChangedMeanwhile where that cannot be."""
        raise NotImplementedError

    @property
    def day(self) -> date:
        """The day that was given."""
        on = self.cleaned_data["on"]
        assert isinstance(on, date)
        return on

    def offered_day(self) -> date:
        """The day whose tree is offered to choose from: the one asked for, where the address names one."""
        initial = self.get_initial_for_field(self.fields["on"], "on")
        return initial if isinstance(initial, date) else today()

    def units_to_choose(self, top: str = "", without: frozenset[int] = frozenset()) -> Choices:
        """Every unit of the day or later, in the order of the tree; `top` names the place above all."""
        choices = [(TOP, top)] if top and self.reach.everywhere else []
        return choices + offered(self.history, self.offered_day(), self.reach, without)

    def said(self, text: str, **names: str) -> str:
        """A sentence for the message, with the day in words."""
        return text % {"day": long_date(self.day), **names}


def offered(history: History, day: date, within: Reach, without: frozenset[int]) -> Choices:
    """The units of the day's tree that the user may change, indented; then those that open later."""
    tree = history.on(day)
    choices = [
        (str(node.id), INDENT * depth + node.name)
        for node, depth in tree.depth_first()
        if node.id not in without and within.covers(node.id)
    ]
    for unit, periods in history.periods.items():
        if unit not in tree and unit not in without and periods and periods[-1].since > day and within.covers(unit):
            name = _("%(name)s (from %(day)s)") % {"name": periods[0].name, "day": long_date(periods[0].since)}
            choices.append((str(unit), name))
    return choices


def chosen(value: str) -> Unit | None:
    """The unit of a choice; None for the top, and for none."""
    return Unit.objects.get(pk=int(value)) if value and value != TOP else None
