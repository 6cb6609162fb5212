"""A file of figures through every step of its import, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kithkin.cli.failures import CommandError
from kithkin.cli.importing.running import carry_through, uploaded
from kithkin.directory.imports.lookups import Units
from kithkin.directory.models.days import today
from kithkin.insights.imports.guessing import first_plan
from kithkin.insights.imports.keeping import wrong_with
from kithkin.insights.imports.periods import month
from kithkin.insights.imports.plans import FiguresPlan
from kithkin.insights.imports.typed import BadFigures, typed
from kithkin.platform.imports.values import BadValue
from kithkin.platform.models import Import

COLUMNS = ("unit", "period", "measure", "value", "n", "name")


@dataclass(frozen=True)
class Told:
    """What the command line says of the file; what it leaves open is guessed."""

    unit: str | None = None
    period: str | None = None
    month: str | None = None
    measure: str | None = None
    value: str | None = None
    n: str | None = None
    name: str | None = None
    under: str | None = None
    kind: str | None = None
    figures: Sequence[str] = ()
    figures_file: Path | None = None


def bring_figures(file: Path, told: Told, *, user: str | None, only_check: bool) -> None:
    """Guess the columns, put what was told over the guesses, check every line and, unless only that is wanted, run."""
    one = uploaded(file, "figures", user)
    plan = _told(one, first_plan(one), told, file)
    wrong = wrong_with(plan)
    if wrong:
        raise CommandError(f"{file}: {wrong}")
    carry_through(one, file, mapping=plan.mapping(one.columns), options=plan.to_keep(), only_check=only_check)


def _told(one: Import, plan: FiguresPlan, told: Told, file: Path) -> FiguresPlan:
    columns = {key: value for key in COLUMNS if (value := getattr(told, key)) is not None}
    for column in columns.values():
        if column not in one.columns:
            there = ", ".join(one.columns[:12])
            raise CommandError(f"{file}: there is no column {column!r}. Its columns are: {there}.")
    plan = replace(plan, **columns)
    if told.month is not None:
        plan = replace(plan, month=_month(told.month), period="")
    if told.kind is not None:
        plan = replace(plan, kind=told.kind)
    if told.under is not None:
        plan = replace(plan, under=_unit(told.under))
    lines = "\n".join([*told.figures, _text(told.figures_file) if told.figures_file else ""])
    if lines.strip():
        wide = not told.measure
        plan = replace(plan, measure="", value="", n="") if wide else plan
        try:
            plan = replace(plan, figures=typed(lines, one.columns if wide else None))
        except BadFigures as error:
            raise CommandError(f"{file}: {error}") from None
    elif told.measure:
        plan = replace(plan, figures=())
    return plan


def _month(text: str) -> str:
    try:
        return month(text)
    except BadValue as bad:
        raise CommandError(f"--in {text}: {bad.reason} {bad.remedy}") from None


def _unit(text: str) -> int:
    found = Units("unit", today()).among(text)
    if len(found) != 1:
        why = "no unit of this name or code today" if not found else "more than one unit of this name: write its code"
        raise CommandError(f"--under {text}: there is {why}.")
    return next(iter(found))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{path}: this is no text in UTF-8. Save it as such.") from None
