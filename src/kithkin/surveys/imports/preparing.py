"""The first plan of a file: as the last one alike was told, else guessed, with the program whose questions it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from kithkin.directory.models import Side, UnitPeriod
from kithkin.directory.models.days import on_day, today
from kithkin.forms.models import Field
from kithkin.platform.imports.kept import Head, head
from kithkin.platform.models import Import, ImportState, User
from kithkin.platform.queries.imports import matched_alike
from kithkin.platform.text import fold
from kithkin.surveys.imports.guessing import guess
from kithkin.surveys.imports.likeness import matched, plain, share_known
from kithkin.surveys.imports.plans import ColumnPlan, FilePlan, Holds, Match, NewProgram, WavePlan
from kithkin.surveys.models import Program, ProgramState
from kithkin.surveys.queries.programs import programs_visible_to
from kithkin.surveys.rules import can_run_program

ENOUGH = 0.3
"""Share of a program's questions that a file must have to be taken for another of its files."""


def plan_of(one: Import) -> FilePlan:
    """As it was told so far, else as it is guessed."""
    kept = FilePlan.kept(one.options)
    return kept if kept.columns else first_plan(one)


def first_plan(one: Import) -> FilePlan:
    """Guessed, or told as the last file with the same columns."""
    found = head(one.path)
    alike = matched_alike(one)
    told = FilePlan.kept(alike.options) if alike else FilePlan()
    columns = _as_told(told, found) or guess(found, _names_units())
    plan = FilePlan(columns, new=new_program(one), wave=_wave(one.name), headline=told.headline or _headline(columns))
    program = _likely(one.by, [column.column for column in columns]) if one.by else None
    return for_program(plan, program) if program else plan


def _as_told(told: FilePlan, found: Head) -> tuple[ColumnPlan, ...]:
    """The columns as those of the last file alike, but for case and signs of names; nothing where one lacks."""
    known = {plain(one.column): one for one in told.columns}
    if not known or len(known) < len(told.columns) or any(plain(name) not in known for name in found.columns):
        return ()
    return tuple(replace(known[plain(name)], column=name) for name in found.columns)


def for_program(plan: FilePlan, program: Program | None) -> FilePlan:
    """The file as another of this program's; of a new one, where there is none."""
    if program is None:
        columns = tuple(replace(one, name=one.column, match=Match.NEW) for one in plan.columns)
        return replace(plan, program=None, columns=columns)
    fields = Field.objects.filter(questionnaire=program.questionnaire_id)
    headline = next((one.column for one in plan.columns if one.name and one.column == plan.headline), plan.headline)
    columns = _with_known_codes(matched(plan.columns, fields), program)
    return replace(plan, program=program.pk, columns=columns, headline=headline)


def _with_known_codes(columns: Sequence[ColumnPlan], program: Program) -> tuple[ColumnPlan, ...]:
    """The codes for no answer that were told of the same questions when the program's last file came."""
    last = (
        Import.objects.filter(kind="responses", options__program=program.pk, state=ImportState.DONE)
        .order_by("-pk")
        .first()
    )
    told = {one.asks: one.missing for one in FilePlan.kept(last.options).answers} if last else {}
    return tuple(
        replace(one, missing=tuple(dict.fromkeys([*one.missing, *told.get(one.asks, ())])))
        if one.holds.is_answer and one.match != Match.NEW
        else one
        for one in columns
    )


def runnable(user: User) -> list[Program]:
    """The programs that this user may bring responses to."""
    rows = programs_visible_to(user).exclude(state=ProgramState.CLOSED).select_related("unit").order_by("name")
    return [program for program in rows if can_run_program(user, program)]


def samples(found: Head, column: str) -> list[tuple[str, int]]:
    """The values at the head of a column with how often each stands there, the most frequent first."""
    counts: dict[str, int] = {}
    for value in found.values.get(column, ()):
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _likely(user: User, columns: Sequence[str]) -> Program | None:
    """The program of whose questions the file has the most."""
    programs = {program.questionnaire_id: program for program in runnable(user)}
    names: dict[int, list[str]] = {}
    fields = Field.objects.filter(questionnaire__in=programs)
    for questionnaire, name in fields.values_list("questionnaire", "name"):
        names.setdefault(questionnaire, []).append(name)
    shares = sorted(((share_known(columns, asked), of) for of, asked in names.items() if len(asked) > 2), reverse=True)
    return programs[shares[0][1]] if shares and shares[0][0] >= ENOUGH else None


def _names_units() -> Callable[[str], bool]:
    rows = UnitPeriod.objects.filter(on_day(today())).values_list("unit__code", "name")
    names = {fold(text) for pair in rows for text in pair if text and len(text) > 1}
    return lambda text: fold(text) in names


def new_program(one: Import) -> NewProgram:
    """A program called after the file, of people outside."""
    stem = one.name.rpartition(".")[0] or one.name
    name = " ".join(re.sub(r"\b(19|20)\d\d\b", " ", re.sub(r"[_\-.]+", " ", stem)).split())
    return NewProgram((name[:1].upper() + name[1:])[:200], Side.KITH.value)


def _wave(name: str) -> WavePlan | None:
    """A year in the file's name is its wave."""
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
    if len(years) != 1:
        return None
    year = int(years[0])
    return WavePlan(None, years[0], date(year, 1, 1).isoformat(), date(year + 1, 1, 1).isoformat())


def _headline(columns: Sequence[ColumnPlan]) -> str:
    scores = [one for one in columns if one.holds == Holds.SCORE]
    measured = [one for one in scores if one.measures]
    return next((one.column for one in measured or scores), "")
