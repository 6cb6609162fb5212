"""What is counted: each room says which fact tables it has and reads their rows from its truth.

A fact table has a row per response, request or figure. Every one has the columns `key` (its own, a positive whole
number) and `month` ("2026-03", by which it is partitioned); whose texts are long or personal, the column says so.
Whoever writes the truth also calls `platform.services.facts.note_changed` in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import pyarrow as pa

from kithkin.platform.registries import Registry


class FactKind(Enum):
    """What a column holds; the warehouse chooses the smallest type that serves."""

    ID = "id"  # a surrogate key of another record, as 32 bits
    SCORE = "score"  # an answer on a scale, as 32 bits; cast to 64 before adding up
    NUMBER = "number"  # as 64 bits
    CATEGORY = "category"  # one of few texts
    TEXT = "text"  # in somebody's own words
    DAY = "day"
    TRUTH = "truth"

    @property
    def arrow(self) -> pa.DataType:
        """As Arrow holds it."""
        return _ARROW[self]


_ARROW = {
    FactKind.ID: pa.int32(),
    FactKind.SCORE: pa.float32(),
    FactKind.NUMBER: pa.float64(),
    FactKind.CATEGORY: pa.string(),
    FactKind.TEXT: pa.string(),
    FactKind.DAY: pa.date32(),
    FactKind.TRUTH: pa.bool_(),
}


@dataclass(frozen=True)
class FactColumn:
    """One column beside `key` and `month`."""

    name: str
    kind: FactKind


@dataclass(frozen=True)
class FactTable:
    """One table: its name ("responses_7"), its columns now, and how its rows are read from the truth.

    `rows(first, last)` are those with keys in that range, as Arrow with exactly `schema`. `following(after, count)`
    is the key of the last of the next `count` rows after a key, None where there is none: so a rebuild walks the truth.
    """

    name: str
    columns: tuple[FactColumn, ...]
    rows: Callable[[int, int], pa.Table]
    following: Callable[[int, int], int | None]

    @property
    def schema(self) -> pa.Schema:
        """As the rows are handed over."""
        own = [pa.field(column.name, column.kind.arrow) for column in self.columns]
        return pa.schema(
            [pa.field("key", pa.int64(), nullable=False), pa.field("month", pa.string(), nullable=False), *own]
        )


@dataclass(frozen=True)
class FactSource:
    """One room's tables, as they are now: programs come and go."""

    room: str
    tables: Callable[[], Sequence[FactTable]]


@dataclass(frozen=True)
class FactLoader:
    """Who loads what was noted: the dotted path of a job, begun soon after a change."""

    job: str


fact_loaders: Registry[FactLoader] = Registry(lambda loader: loader.job)
fact_sources: Registry[FactSource] = Registry(lambda source: source.room)


def fact_tables() -> dict[str, FactTable]:
    """Every table by its name."""
    return {table.name: table for source in fact_sources for table in source.tables()}
