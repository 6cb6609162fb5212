"""Forms by which several units become one, one becomes several, or one closes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.forms.organisation.base import UnitForm, chosen
from kithkin.directory.models import Membership, Unit
from kithkin.directory.models.days import on_day
from kithkin.directory.services import organisation as services
from kithkin.directory.services.organisation import NewUnit
from kithkin.platform.text import quoted

STAYS, FIRST, SECOND, NEW = "stays", "0", "1", "new"
MOST_NAMED = 100
"""A split asks for this many people one by one; the others stay, or go to the first, and are moved from their list."""


class MergeForm(UnitForm):
    """This unit and others go into one."""

    others = forms.MultipleChoiceField(
        label=gettext_lazy("Together with"), widget=forms.SelectMultiple(attrs={"size": 8})
    )
    into = forms.ChoiceField(label=gettext_lazy("They become"))
    name = forms.CharField(label=gettext_lazy("Name of the new unit"), max_length=200, required=False)
    field_order = ("others", "into", "name", "on")

    def prepare(self) -> None:
        """What it may merge with, and into what."""
        assert self.unit
        units = self.units_to_choose()
        others = [(key, name) for key, name in units if key != str(self.unit.pk)]
        self.fields["others"].choices = others  # type: ignore[attr-defined]
        self.fields["into"].choices = [(NEW, _("a new unit")), *units]  # type: ignore[attr-defined]
        self.fields["into"].help_text = _("It takes over all their people and all that stands below them.")
        self.fields["others"].help_text = _("Hold Ctrl or ⌘ to choose several.")

    def clean(self) -> dict[str, Any]:
        """A new unit needs a name."""
        data = super().clean() or {}
        if data.get("into") == NEW and not data.get("name"):
            self.add_error("name", _("A new unit needs a name. Or choose one that is there."))
        return data

    def change(self, version: str) -> str:
        """Merge them."""
        assert self.unit
        data = self.cleaned_data
        others = list(Unit.objects.filter(pk__in=[int(key) for key in data["others"]]).order_by("pk"))
        into = None if data["into"] == NEW else chosen(data["into"])
        above = self.history.on(self.day).parent(self.unit.pk)
        node = self.history.on(self.day).get(self.unit.pk)
        services.merge_units(
            units=[self.unit, *others],
            into=into or NewUnit(data["name"], node.kind if node else "department"),
            parent=chosen(str(above.id)) if above else None,
            on=self.day,
            version=version,
        )
        name = into.name if into else data["name"]
        return self.said(_("“%(name)s” takes over from %(day)s on."), name=name)


class CloseForm(UnitForm):
    """The unit is no more."""

    children_to = forms.ChoiceField(label=gettext_lazy("What stands below it goes to"), required=False)
    members_to = forms.ChoiceField(label=gettext_lazy("Who works there goes to"), required=False)
    field_order = ("on", "children_to", "members_to")

    def prepare(self) -> None:
        """Where all may go."""
        assert self.unit
        units = self.units_to_choose(without=frozenset({self.unit.pk}))
        for name in ("children_to", "members_to"):
            self.fields[name].choices = [("", _("nowhere: nobody is left by then")), *units]  # type: ignore[attr-defined]

    def change(self, version: str) -> str:
        """Close it."""
        assert self.unit
        services.close_unit(
            unit=self.unit,
            on=self.day,
            children_to=chosen(self.cleaned_data["children_to"]),
            members_to=chosen(self.cleaned_data["members_to"]),
            version=version,
        )
        return self.said(_("“%(name)s” is closed from %(day)s on."), name=self.unit.name)


class SplitForm(UnitForm):
    """One unit becomes two, or a part of it leaves; who goes where is asked for each."""

    first = forms.CharField(label=gettext_lazy("Name of the new unit"), max_length=200)
    second = forms.CharField(label=gettext_lazy("Name of a second new unit"), max_length=200, required=False)
    keep = forms.BooleanField(label=gettext_lazy("The unit itself stays"), required=False, initial=True)
    field_order = ("first", "second", "keep", "on")

    def prepare(self) -> None:
        """A choice for every unit below and everybody who works there."""
        assert self.unit
        day = self.offered_day()
        self.fields["keep"].help_text = _("Without this, whoever is not given a place goes to the first new unit.")
        places = [(STAYS, _("stays")), (FIRST, _("first new unit")), (SECOND, _("second new unit"))]
        for node in self.history.on(day).children(self.unit.pk):
            self.fields[f"unit-{node.id}"] = forms.ChoiceField(label=node.name, choices=places)
        members = Membership.objects.filter(on_day(day), unit=self.unit).select_related("person")
        for member in members.order_by("person__name_folded")[:MOST_NAMED]:
            field = forms.ChoiceField(label=member.person.name, choices=places)
            self.fields[f"person-{member.person_id}"] = field

    def clean(self) -> dict[str, Any]:
        """Nobody goes to a unit without a name."""
        data = super().clean() or {}
        if not data.get("second") and SECOND in (data.get(name) for name in self.fields if "-" in name):
            raise ValidationError(_("Somebody goes to the second new unit: give it a name."))
        return data

    def change(self, version: str) -> str:
        """Split it."""
        assert self.unit
        data = self.cleaned_data
        node = self.history.on(self.day).get(self.unit.pk)
        kind = node.kind if node else "department"
        names = [data["first"], *([data["second"]] if data["second"] else [])]
        services.split_unit(
            unit=self.unit,
            into=[NewUnit(name, kind) for name in names],
            on=self.day,
            people=self._places("person-"),
            children=self._places("unit-"),
            keep=data["keep"],
            version=version,
        )
        return self.said(
            _("“%(name)s” splits on %(day)s: %(parts)s."),
            name=self.unit.name,
            parts=", ".join(quoted(name) for name in names),
        )

    def _places(self, prefix: str) -> dict[int, int]:
        return {
            int(name.removeprefix(prefix)): int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value != STAYS
        }
