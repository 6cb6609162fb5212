"""From a file to a driver report, in bounded memory: few rows are kept, many become moments of 200 buckets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis import drivers
from kithkin.analysis.drivers import DriverReport, Moments, bucket_moments
from kithkin.analysis.errors import EmptyInput
from kithkin.cli.drivers.answer import Drivers
from kithkin.cli.failures import CommandError
from kithkin.cli.leftout import Example, LeftOut, left_out
from kithkin.cli.options import Range, Ranges
from kithkin.tables import Scan, Source, source

Numbers = NDArray[np.float64]
KEPT_ROWS = 5000
EXAMPLES = 3


@dataclass(frozen=True)
class Question:
    """What was asked: the outcome, the drivers by name or glob, which answers count, and how."""

    outcome: str
    drivers: tuple[str, ...]
    valid: Ranges = field(default_factory=Ranges)
    weight: str | None = None
    method: str | None = None
    draws: int = 1000


def measure(path: Path, question: Question) -> Drivers:
    """Read the columns once and report. Raises CommandError for text, and what `drivers.report` raises."""
    file = source(path)
    outcome = file.column(question.outcome)
    weight = None if question.weight is None else file.column(question.weight)
    names = [name for name in file.match(question.drivers) if name not in {outcome, weight}]
    if not names:
        raise CommandError("--driver: no column is left when the outcome and the weight are taken out. Name another.")
    valid = _ranges(file, [*names, outcome], question.valid)
    gathered = _gather(file, names, outcome, weight, valid)
    if not gathered.seen_outcome:
        why = "; ".join(map(str, gathered.left_out)) or "all are missing"
        raise EmptyInput(f"{path}: no answer of {outcome!r} is left: {why}.")
    return Drivers(_report(gathered, names, outcome, valid, question), str(path), question, gathered.left_out)


def _ranges(file: Source, names: Sequence[str], valid: Ranges) -> Mapping[str, Range]:
    """The range of each column that has one: its own by name, else by glob, else every column's.

    Raises CommandError for a range whose columns are neither the outcome nor a driver.
    """
    found = {} if valid.every is None else dict.fromkeys(names, valid.every)
    for pattern, ends in sorted(valid.named, key=lambda given: given[0] in file.columns):
        meant = [name for name in file.match([pattern]) if name in names]
        if not meant:
            raise CommandError(f"--valid {pattern}=…: this is neither the outcome nor a driver. Leave it out.")
        found |= dict.fromkeys(meant, ends)
    return found


class _Gatherer:
    """Rows as they come: kept while they are few, added up in buckets once they are many."""

    def __init__(self, names: list[str], outcome: str, weight: str | None, valid: Mapping[str, Range]) -> None:
        self.names, self.outcome, self.weight, self.valid = names, outcome, weight, valid
        self.kept: list[tuple[Numbers, Numbers, Numbers | None]] = []
        self.buckets: tuple[Moments, ...] = ()
        self.rows = 0
        self.seen_outcome = False
        self._off: dict[tuple[str, str], tuple[int, list[tuple[int, str]]]] = {}

    def take(self, batch: Any) -> None:
        """Judge one batch and keep or add it."""
        X = np.column_stack([self._answers(batch, name) for name in self.names])
        y = self._answers(batch, self.outcome)
        w, good = self._weights(batch)
        self.seen_outcome |= bool((~np.isnan(y[good])).any())
        part = (X[good], y[good], None if w is None else w[good])
        if not self.buckets:
            self.kept.append(part)
            if sum(len(kept[1]) for kept in self.kept) > KEPT_ROWS:
                self._pour()
        else:
            self._add(part, self.rows)
        self.rows += batch.num_rows

    def _pour(self) -> None:
        start = 0
        for part in self.kept:
            self._add(part, start)
            start += len(part[1])
        self.kept = []

    def _add(self, part: tuple[Numbers, Numbers, Numbers | None], first_row: int) -> None:
        X, y, w = part
        fresh = bucket_moments(X, y, w, self.names, first_row=first_row)
        self.buckets = tuple(map(add, self.buckets, fresh)) if self.buckets else fresh

    def _answers(self, batch: Any, name: str) -> Numbers:
        values = _floats(batch, name)
        if name in self.valid:
            low, high = self.valid[name]
            outside = (values < low) | (values > high)
            self._refuse(name, f"outside {low:g}:{high:g}", outside, values)
            values = np.where(outside, np.nan, values)
        return values

    def _weights(self, batch: Any) -> tuple[Numbers | None, NDArray[np.bool_]]:
        if self.weight is None:
            return None, np.ones(batch.num_rows, dtype=bool)
        weights = _floats(batch, self.weight)
        missing, negative = np.isnan(weights), weights < 0
        self._refuse(self.weight, "missing", missing, weights)
        self._refuse(self.weight, "negative", negative, weights)
        return weights, ~(missing | negative)

    def _refuse(self, column: str, reason: str, mask: NDArray[np.bool_], values: Numbers) -> None:
        places = np.flatnonzero(mask)
        if places.size:
            count, shown = self._off.get((column, reason), (0, []))
            fresh = [(self.rows + int(place), f"{values[place]:g}") for place in places[: EXAMPLES - len(shown)]]
            self._off[column, reason] = (count + places.size, shown + fresh)

    def left_out(self, scan: Scan) -> tuple[LeftOut, ...]:
        """What was refused here, with the rows that a person would look up."""
        return tuple(
            LeftOut(column, reason, count, tuple(Example(scan.number(row), text) for row, text in shown))
            for (column, reason), (count, shown) in self._off.items()
        )


@dataclass(frozen=True)
class _Gathered:
    kept: list[tuple[Numbers, Numbers, Numbers | None]]
    buckets: tuple[Moments, ...]
    left_out: tuple[LeftOut, ...]
    seen_outcome: bool


def _gather(file: Source, names: list[str], outcome: str, weight: str | None, valid: Mapping[str, Range]) -> _Gathered:
    wanted = [*names, outcome, *([weight] if weight else [])]
    rows = _Gatherer(names, outcome, weight, valid)
    with file.scan(wanted, numbers=wanted) as scan:
        for batch in scan:
            rows.take(batch)
        refused = [
            said for one in scan.refused for said in left_out([one], file.path, valid.get(str(one.column)), weight)
        ]
        return _Gathered(rows.kept, rows.buckets, (*refused, *rows.left_out(scan)), rows.seen_outcome)


def _report(
    gathered: _Gathered, names: list[str], outcome: str, valid: Mapping[str, Range], question: Question
) -> DriverReport:
    scale = _common_scale([valid.get(name) for name in names])
    options: dict[str, Any] = {
        "method": question.method or "auto",
        "draws": question.draws,
        "scale": scale,
        "outcome": outcome,
    }
    if gathered.buckets:
        return drivers.report_from_buckets(gathered.buckets, **options)
    X, y, weights = (None if parts[0] is None else np.concatenate(parts) for parts in zip(*gathered.kept, strict=True))
    return drivers.report(X, y, weights, names, **options)


def _common_scale(ranges: Sequence[Range | None]) -> Range | None:
    """The scale that all drivers share: only on one scale can their performance be compared."""
    first = ranges[0]
    return first if first is not None and first[0] < first[1] and set(ranges) == {first} else None


def _floats(batch: Any, name: str) -> Numbers:
    return np.asarray(batch.column(batch.schema.get_field_index(name)).to_numpy(zero_copy_only=False), dtype=np.float64)
