"""A program and its waves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import Side, Unit
from kithkin.directory.queries.places import units_for_writing
from kithkin.forms.models import Field, FieldKind
from kithkin.platform.access import reach
from kithkin.platform.models import Role, User
from kithkin.surveys.models import Identity, Program, ProgramState
from kithkin.surveys.services import ProgramDraft
from kithkin.surveys.services.programs import DIMENSIONS, FLOOR

LABELS = {
    "unit": gettext_lazy("unit"),
    "month": gettext_lazy("month"),
    "wave": gettext_lazy("wave"),
    "touchpoint": gettext_lazy("touchpoint"),
    "link": gettext_lazy("relation"),
}
SIDES = (
    (Side.KITH, gettext_lazy("kith: people outside, who buy, use or are touched by it")),
    (Side.KIN, gettext_lazy("kin: people inside, who work here")),
)
PROMISES = (
    ("", gettext_lazy("what is usual on this side: identified outside, confidential inside")),
    (Identity.IDENTIFIED, gettext_lazy("identified: those who may can read single responses")),
    (Identity.CONFIDENTIAL, gettext_lazy("confidential: only groups are ever shown, from five people on")),
    (Identity.ANONYMOUS, gettext_lazy("anonymous: who answered is not kept at all")),
)


class ProgramForm(forms.Form):
    """Whom it listens to, and what they are promised."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("Who is asked: “Passengers”, “Customers of the IT department”."),
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Who answers"), choices=SIDES, initial=Side.KITH, widget=forms.RadioSelect
    )
    identity = forms.ChoiceField(
        label=gettext_lazy("What respondents are promised"), choices=PROMISES, required=False, widget=forms.RadioSelect
    )
    floor = forms.IntegerField(
        label=gettext_lazy("Smallest group shown"),
        required=False,
        min_value=2,
        max_value=10_000,
        help_text=gettext_lazy("Nothing is shown of fewer people. After the launch it can only rise."),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Run by"), required=False)

    def __init__(self, *args: Any, user: User, program: Program | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.program = user, program
        keep = program.unit_id if program else None
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units_for_writing(user, keep)
        unit.empty_label = str(_("the whole company"))
        if not reach(user, Role.PROGRAM_MANAGER).everywhere and keep is None:
            unit.required = True
        if program is not None:
            self._add_what_is_asked(program)

    def _add_what_is_asked(self, program: Program) -> None:
        fields = list(Field.objects.filter(questionnaire=program.questionnaire_id))
        scores = [field for field in fields if field.kind == FieldKind.SCORE]
        self.fields["headline"] = forms.TypedChoiceField(
            label=_("Main score"),
            choices=[("", _("none")), *((field.pk, str(field)[:90]) for field in scores)],
            coerce=int,
            empty_value=None,
            required=False,
        )
        launched = program.state != ProgramState.DRAFT
        if launched:
            for name in ("side", "identity"):
                self.fields.pop(name)
            if program.floor is None:
                self.fields.pop("floor")
            else:
                floor = self.fields["floor"]
                assert isinstance(floor, forms.IntegerField)
                floor.required, floor.min_value = True, None
        else:
            cuts = [(field.column, str(field)[:90]) for field in fields if field.kind in (FieldKind.CHOICE, "truth")]
            self.fields["dimensions"] = forms.MultipleChoiceField(
                label=_("Results are cut by"),
                choices=[*((name, LABELS[name]) for name in DIMENSIONS), *cuts[:60]],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("For a program with a smallest group this is locked at the launch."),
            )

    def draft(self) -> ProgramDraft:
        """As it was written; what the form does not ask any more is as it was."""
        said, program = self.cleaned_data, self.program
        side = said.get("side") or (program.side if program else Side.KITH)
        identity = said.get("identity", program.identity if program else "")
        dimensions = said.get("dimensions", program.dimensions if program else ())
        draft = ProgramDraft(said["name"], side, identity, said.get("floor"), dimensions, said["unit"])
        if draft.floor is None and draft.promise != Identity.IDENTIFIED:
            draft = ProgramDraft(said["name"], side, identity, FLOOR, dimensions, said["unit"])
        return draft

    def headline(self) -> Field | None:
        """The main score that was chosen."""
        chosen = self.cleaned_data.get("headline")
        return Field.objects.filter(pk=chosen, questionnaire__program=self.program).first() if chosen else None


def initial(program: Program) -> dict[str, Any]:
    """The form as the program stands."""
    return {
        "name": program.name,
        "side": program.side,
        "identity": program.identity,
        "floor": program.floor,
        "unit": program.unit_id,
        "headline": program.headline_id,
        "dimensions": program.dimensions,
    }


class WaveForm(forms.Form):
    """One round."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("“2026”, “Spring”."))
    starts = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
