"""From a line to the figures it holds, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kithkin.insights.imports.plans import FigurePlan, FiguresPlan
from kithkin.platform.imports.lines import Line, Problem
from kithkin.platform.text import fold


@dataclass(frozen=True)
class Said:
    """One figure of a line: what it is, its value, and of how many where that is known."""

    figure: FigurePlan
    value: float
    n: int | None


@dataclass(frozen=True)
class Read:
    """One line: its period and figures, or problems."""

    month: str
    said: tuple[Said, ...]
    problems: tuple[Problem, ...]


class FigureReader:
    """Reads the lines of one file by its plan."""

    def __init__(self, plan: FiguresPlan, columns: Sequence[str]) -> None:
        self._plan = plan
        self._places = plan.places(columns)
        self._told = {fold(one.column): one for one in plan.figures}

    def read(self, line: Line) -> Read:
        """What the line says."""
        problems: list[Problem] = []
        if not line.values.get("unit") and "unit" not in line.unread:
            problems.append(Problem("unit", _("Which unit it is about is not said."), _("Add it.")))
        month = line.values.get("period") or self._plan.month
        if not month and "period" not in line.unread:
            said = _("Which period it is about is not said.")
            problems.append(Problem("period", said, _("Add it, or say one period for the whole file.")))
        found = self._long(line, problems) if self._plan.long else self._wide(line, problems)
        return Read(month, tuple(found), tuple(problems))

    def figure_named(self, text: str) -> FigurePlan:
        """Of a long file: what was told of this word, else the word itself is its name."""
        return self._told.get(fold(text)) or FigurePlan(column=text, name=text)

    def _long(self, line: Line, problems: list[Problem]) -> list[Said]:
        text, value = line.values.get("measure"), line.values.get("value")
        if not text and "measure" not in line.unread:
            problems.append(Problem("measure", _("What the value is of is not said."), _("Add its name.")))
        n = _whole(line, "n", problems)
        return [Said(self.figure_named(text), value, n)] if text and value is not None else []

    def _wide(self, line: Line, problems: list[Problem]) -> list[Said]:
        found = []
        for one in self._plan.figures:
            value, n = (
                line.values.get(self._places.get(one.column, "")),
                _whole(line, self._places.get(one.n, ""), problems),
            )
            if value is not None:
                found.append(Said(one, value, n))
        return found


def _whole(line: Line, key: str, problems: list[Problem]) -> int | None:
    value = line.values.get(key)
    if value is None:
        return None
    if isinstance(value, int) and 0 <= value < 2**31:
        return value
    said = Problem(
        key,
        _("“Of how many” has to be a whole number that is not negative."),
        _("Correct it, or leave it empty."),
    )
    if said not in problems:
        problems.append(said)
    return None


def key_of(line: Line, unit: object, read: Read) -> tuple[object, ...] | None:
    """By which two lines are about the same; None where the line does not say it whole."""
    if not read.month or not unit:
        return None
    what: Mapping[str, object] = line.values
    return (unit, read.month, fold(str(what.get("measure") or "")))
