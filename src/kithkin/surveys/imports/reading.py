"""From the cells of a column to its values: each text that stands in it is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Unfit
from kithkin.platform.imports.values import BadValue, day, moment, number, read_cell, text, yes_no
from kithkin.surveys.imports.plans import ColumnPlan, Holds
from kithkin.tables.values import MISSING

LONGEST_REF = 60
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Bad:
    """A cell that is no value: why, and what to do."""

    reason: str
    remedy: str


class ColumnReader:
    """Reads one column. `find` looks up what stands for a record (a unit, a person); None for answers."""

    def __init__(self, plan: ColumnPlan, find: Callable[[str], int] | None = None) -> None:
        self.plan = plan
        self._missing = {code.casefold() for code in plan.missing}
        self._missing_numbers = {float(code) for code in plan.missing if _is_number(code)}
        self._codes = {label: value for value, label in plan.labels.items()}
        self._read = _FINDERS.get(plan.holds) or self._reader(find)
        self._known: dict[str, Any] = {"": None}

    def values(self, cells: Sequence[str]) -> list[Any]:
        """The values in order: None where nothing was answered, `Bad` where it cannot be read."""
        known = self._known
        if self.plan.holds in (Holds.TEXT, Holds.REF):
            return [self._value(cell) if cell else None for cell in cells]
        for cell in set(cells) - known.keys():
            known[cell] = self._value(cell)
        return [known[cell] for cell in cells]

    def _value(self, cell: str) -> Any:
        if self._is_missing(cell):
            return None
        try:
            return read_cell(self._read, cell)
        except BadValue as bad:
            return Bad(bad.reason, bad.remedy)
        except Unfit as unfit:
            return Bad(unfit.problem.reason, unfit.problem.remedy)

    def _is_missing(self, cell: str) -> bool:
        if cell.casefold() in self._missing:
            return True
        if self._missing_numbers and _is_number(cell) and float(cell) in self._missing_numbers:
            return True
        if self.plan.holds == Holds.TEXT:
            return False
        return cell.casefold() in MISSING and cell not in self.plan.labels and cell not in self._codes

    def _reader(self, find: Callable[[str], int] | None) -> Callable[[str], Any]:
        if find is not None:
            return find
        return {Holds.SCORE: self._score, Holds.CHOICE: self._choice}.get(self.plan.holds, text(LONGEST_TEXT))

    def _score(self, cell: str) -> float | int:
        plan = self.plan
        value = number(self._codes.get(cell, cell))
        low, high = plan.low, plan.high
        if (low is not None and value < low) or (high is not None and value > high):
            said = _("It is not between %(low)s and %(high)s.") % {"low": f"{low:g}", "high": f"{high:g}"}
            raise BadValue(said, _("If it means that nothing was answered, say so of the column."))
        return value

    def _choice(self, cell: str) -> str:
        return text(200)(self._codes.get(cell, cell))


def _weight(cell: str) -> float:
    value = float(number(cell))
    if value < 0:
        raise BadValue(_("A weight is not negative."), _("Correct it."))
    return value


_FINDERS: dict[Holds, Callable[[str], Any]] = {
    Holds.NUMBER: number,
    Holds.TRUTH: yes_no,
    Holds.DAY: lambda cell: day(cell).isoformat(),
    Holds.AT: moment,
    Holds.WEIGHT: _weight,
    Holds.REF: text(LONGEST_REF),
}


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
