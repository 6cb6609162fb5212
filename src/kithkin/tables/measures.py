"""Which answers count: score and weight of each row judged, the rest tallied by its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kithkin.tables.refusals import Reason, Refusal, Tally
from kithkin.tables.rows import Format, Rows
from kithkin.tables.values import as_numbers, as_text

Range = tuple[float, float]


@dataclass(frozen=True)
class Measure:
    """What to measure: a score by groups, weighted or not, within a valid range or not."""

    score: str
    by: tuple[str, ...]
    weight: str | None
    valid: Range | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column needed, each once."""
        weight = [] if self.weight is None else [self.weight]
        return tuple(dict.fromkeys([self.score, *weight, *self.by]))

    @property
    def keys(self) -> tuple[str, ...]:
        """The groups' names inside queries: g0, g1, …"""
        return tuple(f"g{place}" for place in range(len(self.by)))


class Answers:
    """The rows that count, as batches of (g0, g1, …, score, weight); what does not count is in `refused`."""

    def __init__(self, file: Format, positions: Mapping[str, int], measure: Measure) -> None:
        self._measure = measure
        self._decimal = file.decimal
        self._rows: Rows = file.scan([positions[name] for name in measure.columns])
        self._tally = Tally()
        self.schema = pa.schema(
            [(key, pa.string()) for key in measure.keys] + [("score", pa.float64()), ("weight", pa.float64())]
        )

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Complete once all batches are taken."""
        return self._rows.refused + self._tally.refusals(self._rows.number)

    def __iter__(self) -> Iterator[Any]:
        offset = 0
        for batch in self._rows:
            yield self._counting(dict(zip(self._measure.columns, batch.columns, strict=True)), offset)
            offset += batch.num_rows

    def _counting(self, columns: Mapping[str, Any], offset: int) -> Any:
        raw = columns[self._measure.score]
        score, no_number = as_numbers(raw, self._decimal)
        judge = Judge(self._tally, offset, len(raw))
        judge.refuse(self._measure.score, Reason.NOT_A_NUMBER, no_number, raw)
        judge.refuse(self._measure.score, Reason.MISSING, pc.is_null(score), raw)
        if self._measure.valid is not None:
            judge.refuse(self._measure.score, Reason.OUTSIDE, outside(score, self._measure.valid), raw)
        weight = self._weights(columns, judge)
        groups = [as_text(columns[name]) for name in self._measure.by]
        return pa.RecordBatch.from_arrays([*groups, score, weight], schema=self.schema).filter(judge.left)

    def _weights(self, columns: Mapping[str, Any], judge: Judge) -> Any:
        if self._measure.weight is None:
            return pa.repeat(1.0, judge.length)
        raw = columns[self._measure.weight]
        weight, no_number = as_numbers(raw, self._decimal)
        judge.refuse(self._measure.weight, Reason.NOT_A_NUMBER, no_number, raw)
        judge.refuse(self._measure.weight, Reason.MISSING, pc.is_null(weight), raw)
        judge.refuse(self._measure.weight, Reason.NEGATIVE, pc.less(weight, 0.0), raw)
        judge.refuse(self._measure.weight, Reason.WEIGHTLESS, pc.equal(weight, 0.0), raw)
        return weight


class Judge:
    """Refuses each row of a batch for the first reason that holds."""

    def __init__(self, tally: Tally, offset: int, length: int) -> None:
        self._tally = tally
        self._offset = offset
        self.length = length
        self.left: Any = pa.repeat(True, length)

    def refuse(self, column: str, reason: Reason, mask: Any, values: Any) -> None:
        """Refuse the rows that `mask` marks and that were not refused before."""
        mask = pc.fill_null(mask, False)
        self._tally.add(column, reason, pc.and_(mask, self.left), values, self._offset)
        self.left = pc.and_not(self.left, mask)


def outside(score: Any, valid: Range) -> Any:
    """A mask of scores out of the range."""
    return pc.or_(pc.less(score, valid[0]), pc.greater(score, valid[1]))
