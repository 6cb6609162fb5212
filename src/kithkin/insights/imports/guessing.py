"""The first plan of a file of figures: as the last one alike was told, else guessed from names and first values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from kithkin.directory.models import UnitPeriod
from kithkin.directory.models.days import on_day, today
from kithkin.insights.imports.fields import COUNT, MEASURE, NAME, PERIOD, UNIT, VALUE, given
from kithkin.insights.imports.periods import month
from kithkin.insights.imports.plans import FigurePlan, FiguresPlan
from kithkin.platform.imports.guessing import guess
from kithkin.platform.imports.kept import Head, head
from kithkin.platform.imports.values import BadValue, looks_like_number
from kithkin.platform.models import Import
from kithkin.platform.queries.imports import matched_alike
from kithkin.platform.text import fold

LOOKED_AT = 40
"""Values of each column from which it is guessed: a file may have thousands of columns."""
MOST = 30
"""Of more columns with numbers it is not guessed which of them are figures."""
_ENOUGH = 0.5
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def plan_of(one: Import, found: Head) -> FiguresPlan:
    """As it was told so far, else the first plan."""
    kept = FiguresPlan.kept(one.options)
    return kept if kept.unit else first_plan(one, found)


def first_plan(one: Import, found: Head | None = None) -> FiguresPlan:
    """Guessed, or told as the last file with the same columns; a year in the file's name is its period."""
    found = found or head(one.path)
    alike = matched_alike(one)
    told = FiguresPlan.kept(alike.options) if alike else FiguresPlan()
    plan = told if told.unit in found.columns else guessed(found)
    return plan if plan.period else replace(plan, month=_period_in(one.name))


def guessed(found: Head) -> FiguresPlan:
    """Unit and period by name and by what stands in them; then either measure and value, or columns of numbers."""
    fields = (replace(UNIT, looks_like=_names_units()), NAME, PERIOD, MEASURE, VALUE, COUNT)
    first = {column: values[:LOOKED_AT] for column, values in found.values.items()}
    by_key = {key: column for column, key in guess(found.columns, first, fields).items()}
    unit, period = by_key.get("unit", found.columns[0]), by_key.get("period", "")
    name = by_key.get("name", "")
    if "measure" in by_key and "value" in by_key:
        return FiguresPlan(unit, period, "", by_key["measure"], by_key["value"], by_key.get("n", ""), name)
    aside = {unit, period, name}
    numbers = [column for column in found.columns if column not in aside and _holds_numbers(found, column)]
    by_name = {_plain(column): column for column in numbers}
    n_of = {column: _n_of(column, by_name, by_key.get("n", "")) for column in numbers}
    counts = set(n_of.values())
    figures = [column for column in numbers if column not in counts]
    if len(figures) > MOST:
        figures = []
    return FiguresPlan(
        unit, period, name=name, figures=tuple(FigurePlan(column, column, n_of[column]) for column in figures)
    )


def _holds_numbers(found: Head, column: str) -> bool:
    read = given(lambda cell: cell)
    values = [cell for cell in found.values.get(column, ())[:LOOKED_AT] if read(cell) is not None]
    return bool(values) and sum(looks_like_number(cell) for cell in values) >= _ENOUGH * len(values)


def _n_of(column: str, numbers: Mapping[str, str], every: str) -> str:
    """The column of how many: "n_x" or "x (n)" of "x", else the one that is called n."""
    own = _plain(column)
    named = numbers.get(f"n{own}") or numbers.get(f"{own}n")
    return named or (every if every != column and every in numbers.values() else "")


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))


def _names_units() -> Callable[[str], bool]:
    rows = UnitPeriod.objects.filter(on_day(today())).values_list("unit__code", "name")
    names = {fold(text) for pair in rows for text in pair if text and len(text) > 1}
    return lambda text: fold(text) in names


def _period_in(name: str) -> str:
    years = set(_YEAR.findall(name))
    try:
        return month(years.pop()) if len(years) == 1 else ""
    except BadValue:
        return ""
