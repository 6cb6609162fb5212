"""Forms for one unit."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.forms.organisation.base import UnitForm, chosen
from kithkin.directory.models import Unit, UnitKind
from kithkin.directory.services import organisation as services
from kithkin.directory.services.organisation import NewUnit


class RenameForm(UnitForm):
    """Another name."""

    name = forms.CharField(label=gettext_lazy("New name"), max_length=200)
    field_order = ("name", "on")

    def change(self, version: str) -> str:
        """Rename it."""
        assert self.unit
        before, name = self.unit.name, self.cleaned_data["name"]
        services.rename_unit(unit=self.unit, name=name, on=self.day, version=version)
        return self.said(_("“%(before)s” is called “%(name)s” from %(day)s on."), before=before, name=name)


class KindForm(UnitForm):
    """Another kind."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=UnitKind.choices)
    field_order = ("kind", "on")

    def change(self, version: str) -> str:
        """Change it."""
        assert self.unit
        kind = self.cleaned_data["kind"]
        services.change_kind(unit=self.unit, kind=kind, on=self.day, version=version)
        label = str(UnitKind(kind).label)
        return self.said(_("“%(name)s” is a %(kind)s from %(day)s on."), name=self.unit.name, kind=label.lower())


class MoveForm(UnitForm):
    """Another place."""

    to = forms.ChoiceField(label=gettext_lazy("Where does it go?"))
    field_order = ("to", "on")

    def prepare(self) -> None:
        """Where it may go: everywhere, since what stands below it today may stand elsewhere on the day."""
        self.fields["to"].choices = self.units_to_choose(_("To the top, below no other unit"))  # type: ignore[attr-defined]
        self.fields["to"].help_text = _("All that stands below goes along.")

    def change(self, version: str) -> str:
        """Move it."""
        assert self.unit
        to = chosen(self.cleaned_data["to"])
        services.move_unit(unit=self.unit, to=to, on=self.day, version=version)
        if to is None:
            return self.said(_("“%(name)s” stands at the top from %(day)s on."), name=self.unit.name)
        return self.said(_("“%(name)s” stands below “%(to)s” from %(day)s on."), name=self.unit.name, to=to.name)


class OpenForm(UnitForm):
    """A new unit."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=UnitKind.choices, initial=UnitKind.DEPARTMENT)
    parent = forms.ChoiceField(label=gettext_lazy("Stands below"))
    code = forms.CharField(label=gettext_lazy("Code"), max_length=60, required=False)
    field_order = ("name", "kind", "parent", "on", "code")
    made: Unit | None = None

    def prepare(self) -> None:
        """Where it may stand."""
        self.fields["parent"].choices = self.units_to_choose(_("None: at the top"))  # type: ignore[attr-defined]
        self.fields["code"].help_text = _("Your own number for it, by which files name it.")

    def change(self, version: str) -> str:  # noqa: ARG002 (there was none before)
        """Open it."""
        data = self.cleaned_data
        new = NewUnit(data["name"], data["kind"], data["code"])
        self.made = services.open_unit(new=new, parent=chosen(data["parent"]), on=self.day)
        return self.said(_("“%(name)s” is there from %(day)s on."), name=data["name"])
