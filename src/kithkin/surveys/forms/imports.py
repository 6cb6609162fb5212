"""A file of responses: where it belongs, and what one of its columns holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import Unit
from kithkin.forms.models import Field
from kithkin.platform.models import User
from kithkin.surveys.forms.measures import MEASURES
from kithkin.surveys.forms.programs import ProgramForm
from kithkin.surveys.imports.codebook import codes, labels
from kithkin.surveys.imports.plans import WORDS, ColumnPlan, FilePlan, Holds, NewProgram, WavePlan
from kithkin.surveys.imports.preparing import runnable
from kithkin.surveys.models import Program, Wave

LONGEST = 200_000
_DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class NewProgramForm(ProgramForm):
    """The program that a file begins."""

    prefix = "new"

    def as_plan(self) -> NewProgram:
        """As it is kept with the import."""
        draft = self.draft()
        unit = draft.unit.pk if isinstance(draft.unit, Unit) else None
        return NewProgram(draft.name, draft.side, draft.promise, draft.floor, unit)


class TargetForm(forms.Form):
    """Which program and wave the responses belong to, which score is the main one, and a codebook."""

    program = forms.ChoiceField(label=gettext_lazy("Which program do they belong to"), required=False)
    wave = forms.ChoiceField(label=gettext_lazy("Which wave are they"), required=False)
    wave_name = forms.CharField(label=gettext_lazy("Name of the new wave"), max_length=80, required=False)
    wave_starts = forms.DateField(label=gettext_lazy("First day"), required=False, **_DAY)  # type: ignore[arg-type]
    wave_last = forms.DateField(label=gettext_lazy("Last day"), required=False, **_DAY)  # type: ignore[arg-type]
    headline = forms.ChoiceField(label=gettext_lazy("Main score"), required=False)
    codebook = forms.CharField(
        label=gettext_lazy("Codebook"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One column a line, as “Q7ALL = The airport as a whole | 1-5 | no answer 0, 6 | csat”. A star stands for "
            "many: “Q7* | 1-5 | no answer 0, 6”. What is not wanted: “RUNID | leave out”."
        ),
    )
    codebook_file = forms.FileField(
        label=gettext_lazy("Codebook as a file"),
        required=False,
        help_text=gettext_lazy("A table with the columns column, title, scale, missing, measures, values."),
    )

    def __init__(self, *args: Any, user: User, plan: FilePlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programs = {str(program.pk): program for program in runnable(user)}
        self._choose("program", [("", _("a new one")), *((pk, one.name) for pk, one in self.programs.items())])
        waves = Wave.objects.filter(program=plan.program) if plan.program else Wave.objects.none()
        self.waves = {str(wave.pk): wave for wave in waves}
        offered = [("", _("none: by the day of each response")), ("new", _("a new one"))]
        self._choose("wave", [*offered, *((pk, wave.name) for pk, wave in self.waves.items())])
        scores = [one for one in plan.columns if one.holds == Holds.SCORE]
        self._choose("headline", [("", _("none")), *((one.column, (one.title or one.column)[:90]) for one in scores)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A new wave has a name and days."""
        said = super().clean() or {}
        if said.get("wave") == "new":
            for name in ("wave_name", "wave_starts", "wave_last"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("A new wave has a name, a first and a last day."))
            starts, last = said.get("wave_starts"), said.get("wave_last")
            if starts and last and last < starts:
                self.add_error("wave_last", _("A wave must begin before it ends."))
        return said

    @property
    def chosen(self) -> Program | None:
        """The program, None for a new one."""
        return self.programs.get(self.cleaned_data.get("program") or "")

    def wave_plan(self) -> WavePlan | None:
        """The wave as it is kept."""
        said = self.cleaned_data
        if said["wave"] == "new":
            ends = said["wave_last"] + timedelta(days=1)
            return WavePlan(None, said["wave_name"], said["wave_starts"].isoformat(), ends.isoformat())
        return WavePlan(id=int(said["wave"])) if said["wave"] else None


def target(plan: FilePlan) -> dict[str, Any]:
    """The form as the plan stands."""
    wave, said = plan.wave, {"program": plan.program or "", "headline": plan.headline}
    if wave is None:
        return said
    if wave.id is not None:
        return {**said, "wave": wave.id}
    last = date.fromisoformat(wave.ends) - timedelta(days=1)
    return {**said, "wave": "new", "wave_name": wave.name, "wave_starts": wave.first_day, "wave_last": last}


class ColumnForm(forms.Form):
    """One column. Of a question that the program knows, kind and scale stand."""

    holds = forms.ChoiceField(label=gettext_lazy("This column holds"), required=False)
    name = forms.ChoiceField(label=gettext_lazy("It is the question"), required=False)
    title = forms.CharField(label=gettext_lazy("What was asked"), max_length=500, required=False)
    low = forms.FloatField(label=gettext_lazy("Lowest"), required=False)
    high = forms.FloatField(label=gettext_lazy("Highest"), required=False)
    missing = forms.CharField(
        label=gettext_lazy("Codes for no answer"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("“0, 6” or “11”: they count as nothing answered."),
    )
    measures = forms.ChoiceField(label=gettext_lazy("It measures"), required=False)
    dimension = forms.CharField(label=gettext_lazy("Dimension"), max_length=80, required=False)
    labels = forms.CharField(
        label=gettext_lazy("What the codes mean"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: “1 = poor”."),
    )
    also = forms.CharField(
        label=gettext_lazy("Scale and codes hold for these columns too"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Names parted by commas; “Q7*” stands for all that begin so."),
    )

    def __init__(self, data: QueryDict | None, *, plan: FilePlan, column: ColumnPlan) -> None:
        super().__init__(data, initial=_initial(column))
        self.plan, self.column = plan, column
        self._choose("holds", [(one.value, WORDS[one]) for one in Holds])
        self._choose("measures", [("", _("nothing of the sort")), *MEASURES.items()])
        fields = Field.objects.filter(questionnaire__program=plan.program).order_by("position") if plan.program else []
        self.known = {field.name: field for field in fields}
        if self.known:
            names = [("", _("a new one")), *((name, str(field)[:90]) for name, field in self.known.items())]
            self._choose("name", names)
        else:
            self.fields.pop("name")

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A score has a scale."""
        said = super().clean() or {}
        if said.get("holds") == Holds.SCORE and not said.get("name"):
            low, high = said.get("low"), said.get("high")
            if low is None or high is None or low >= high:
                self.add_error("high", _("A score has a scale: say its lowest and its highest."))
        return said

    def as_plan(self) -> ColumnPlan:
        """The column as it was told."""
        said = self.cleaned_data
        holds = Holds(said["holds"])
        told = replace(
            self.column, holds=holds, title=said["title"] or self.column.column, low=None, high=None,
            missing=codes(said["missing"]), labels=labels(said["labels"]), measures="", dimension="",
            name=said.get("name") or self.column.column,
        )  # fmt: skip
        if holds == Holds.SCORE:
            told = replace(
                told, low=said["low"], high=said["high"], measures=said["measures"], dimension=said["dimension"]
            )
        return told


def _initial(column: ColumnPlan) -> dict[str, Any]:
    return {
        "holds": column.holds.value,
        "name": column.name,
        "title": column.title,
        "low": column.low,
        "high": column.high,
        "missing": ", ".join(column.missing),
        "measures": column.measures,
        "dimension": column.dimension,
        "labels": "\n".join(f"{value} = {label}" for value, label in column.labels.items()),
    }
