"""Parquet whose score and weight are numbers: the engine groups the file itself, and the few groups are judged.

Here lies the speed: no row passes through Python. The result equals that of `measures.Answers` on the same file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kithkin.tables.engine import engine, identifier, literal
from kithkin.tables.measures import Measure
from kithkin.tables.parquet import Parquet, damaged
from kithkin.tables.refusals import SHOWN, Reason, Refusal, Tally, text_of
from kithkin.tables.values import as_text, holds_numbers

_CELLS = "sum(n)::BIGINT AS n, sum(sum_w) AS sum_w, sum(sum_w2) AS sum_w2"
_TOTALS = f"{_CELLS}, sum(sum_wx) AS sum_wx, sum(sum_wx2) AS sum_wx2, min(low), max(high)"
_WEIGHTED = "count(*) AS n, sum(w) AS sum_w, sum(w * w) AS sum_w2"
_UNWEIGHTED = "count(*) AS n, count(*)::DOUBLE AS sum_w, count(*)::DOUBLE AS sum_w2"
_SUMS = "sum(w * s) AS sum_wx, sum(w * s * s) AS sum_wx2, min(s) AS low, max(s) AS high"
_UNWEIGHTED_SUMS = "sum(s::DOUBLE) AS sum_wx, sum(s::DOUBLE * s) AS sum_wx2, min(s) AS low, max(s) AS high"


def in_engine(file: Parquet, positions: Mapping[str, int], measure: Measure) -> bool:
    """Whether the engine reads these columns as we do: numbers measured, plain groups, names apart in any case,
    and a path that is no pattern to it.
    """
    kinds = {name: file.schema.field(positions[name]).type for name in measure.columns}
    measured = [measure.score] if measure.weight is None else [measure.score, measure.weight]
    folded = {name.casefold() for name in file.columns}
    return (
        all(holds_numbers(kinds[name]) for name in measured)
        and all(_plain(kinds[name]) for name in measure.by)
        and len(folded) == len(file.columns)
        and "file_row_number" not in folded
        and not set("*?[") & set(str(file.path.absolute()))
    )


Grouped = tuple[Any, tuple[Refusal, ...]]


def cells(file: Parquet, positions: Mapping[str, int], measure: Measure, order: str) -> Grouped:
    """(g0, g1, …, score, n, sum_w, sum_w2), and what was refused."""
    query = _Query(file, positions, measure)
    keys = ", ".join([*measure.keys, "s"])
    sums = _WEIGHTED if measure.weight else _UNWEIGHTED
    with _reading(file) as it:
        groups = _summed(
            it,
            lambda strict: (
                f"SELECT {keys}, {sums} {query.rows} WHERE {query.counting('w', strict=strict)} GROUP BY {keys}"
            ),
        )
        counts = _counts(_judged(groups["s"], measure), groups["n"])
        if sum(counts.values()) < (file.row_count or 0):
            counts = query.counted(it)
        refused = query.refusals(it, counts)
        it.register("kept", _cleaned(groups.filter(pc.equal(_judged(groups["s"], measure), 0)), measure))
        table = it.execute(f"SELECT {keys}, {_CELLS} FROM kept GROUP BY {keys} {order}").to_arrow_table()  # noqa: S608
        return table, refused


def totals(
    file: Parquet, positions: Mapping[str, int], measure: Measure, order: str
) -> tuple[Any, tuple[Refusal, ...]]:
    """(g0, g1, …, n, sum_w, sum_w2, sum_wx, sum_wx2, min, max), and what was refused."""
    query = _Query(file, positions, measure)
    keys = list(measure.keys)
    sums = f"{_WEIGHTED}, {_SUMS}" if measure.weight else f"{_UNWEIGHTED}, {_UNWEIGHTED_SUMS}"
    end = f"GROUP BY {', '.join(keys)}" if keys else "HAVING count(*) > 0"
    with _reading(file) as it:
        groups = _summed(
            it,
            lambda strict: (
                f"SELECT {', '.join([*keys, sums])} {query.rows} WHERE {query.counting('s', 'w', strict=strict)} {end}"
            ),
        )
        complete = (pc.sum(groups["n"]).as_py() or 0) == file.row_count
        refused = () if complete else query.refusals(it, query.counted(it))
        it.register("kept", _cleaned(groups, measure))
        table = it.execute(f"SELECT {', '.join([*keys, _TOTALS])} FROM kept {end} {order}").to_arrow_table()  # noqa: S608
        return table, refused


def _summed(it: duckdb.DuckDBPyConnection, sql: Callable[[bool], str]) -> Any:
    """The groups; asked again strictly where a sum shows that something not finite passed."""
    groups = it.execute(sql(False)).to_arrow_table()
    sums = [name for name in groups.column_names if name.startswith("sum_")]
    if all(pc.all(pc.is_finite(groups[name])).as_py() is not False for name in sums):
        return groups
    return it.execute(sql(True)).to_arrow_table()


_Doubt = tuple[str, Reason, str]


@dataclass(frozen=True)
class _Query:
    """The file's columns in SQL, quoted: g0, g1, … for groups, s for the score, w for the weight."""

    parquet: Parquet
    positions: Mapping[str, int]
    measure: Measure

    @property
    def of_score(self) -> list[_Doubt]:
        """(column, reason, condition) of each reason against a score, in the order in which they are asked."""
        low, high = self.measure.valid or (-math.inf, math.inf)
        return [
            (self.measure.score, Reason.NOT_A_NUMBER, self._infinite(self.measure.score, "s")),
            (self.measure.score, Reason.MISSING, self._missing(self.measure.score, "s")),
            (self.measure.score, Reason.OUTSIDE, f"(s < {_number(low)} OR s > {_number(high)})"),
        ]

    @property
    def of_weight(self) -> list[_Doubt]:
        """The same for a weight; none where nothing is weighted."""
        if self.measure.weight is None:
            return []
        return [
            (self.measure.weight, Reason.NOT_A_NUMBER, self._infinite(self.measure.weight, "w")),
            (self.measure.weight, Reason.MISSING, self._missing(self.measure.weight, "w")),
            (self.measure.weight, Reason.NEGATIVE, "w < 0"),
            (self.measure.weight, Reason.WEIGHTLESS, "w = 0"),
        ]

    def counting(self, *columns: str, strict: bool) -> str:
        """The opposite of all reasons against a score ("s") or a weight ("w").

        Where it is not strict, NaN may pass (the engine compares it with the file's statistics, which leave it out)
        and so may an infinity: the sums show that, and the strict condition costs a good tenth of the time.
        """
        low, high = self.measure.valid or (-math.inf, math.inf)
        ranges = {"s": f"s >= {_number(low)} AND s <= {_number(high)}", "w": "w > 0"}
        terms = [ranges[column] for column in columns if column == "s" or self.measure.weight is not None]
        finite = [
            f"isfinite({column}::DOUBLE)" for column in columns if column == "s" or self.measure.weight is not None
        ]
        return " AND ".join([*terms, *(finite if strict else []), "true"])

    @property
    def rows(self) -> str:
        """FROM all of the file's rows."""
        return self._from(self._file)

    def counted(self, it: duckdb.DuckDBPyConnection) -> dict[int, int]:
        """Rows by the place, from 1, of the first reason against them."""
        filters = ", ".join(f"count(*) FILTER ({self._only(place)})" for place in range(1, len(self._doubts) + 1))
        counts = it.execute(f"SELECT {filters} {self.rows}").fetchone() or ()
        return dict(enumerate(counts, 1))

    def refusals(self, it: duckdb.DuckDBPyConnection, counts: Mapping[int, int]) -> tuple[Refusal, ...]:
        """What was counted, each with its first rows."""
        numbered = self._file.removesuffix(")") + ", file_row_number=true)"
        tally = Tally()
        for place, (column, reason, _) in enumerate(self._doubts, 1):
            if counts.get(place):
                value = "s" if place <= len(self.of_score) else "w"
                found = it.execute(
                    f"SELECT row, {value} {self._from(numbered, 'file_row_number AS row')} "
                    f"WHERE {self._only(place)} LIMIT {SHOWN}"
                ).fetchall()
                tally.count(column, reason, counts[place], [(row + 1, text_of(number)) for row, number in found])
        return tally.refusals()

    @property
    def _doubts(self) -> list[_Doubt]:
        return self.of_score + self.of_weight

    def _only(self, place: int) -> str:
        """Rows for which this reason is the first that holds."""
        conditions = [f"coalesce({condition}, false)" for _, _, condition in self._doubts[:place]]
        return " AND ".join([conditions[-1], *(f"NOT {condition}" for condition in conditions[:-1])])

    @property
    def _file(self) -> str:
        return f"read_parquet({literal(str(self.parquet.path.absolute()))}, hive_partitioning=false)"

    def _from(self, file: str, *more: str) -> str:
        groups = [
            f"{self._column(name)} AS {key}" for name, key in zip(self.measure.by, self.measure.keys, strict=True)
        ]
        weight = [] if self.measure.weight is None else [f"{self._column(self.measure.weight)}::DOUBLE AS w"]
        return f"FROM (SELECT {', '.join([*groups, f'{self._score} AS s', *weight, *more])} FROM {file})"  # noqa: S608

    @property
    def _score(self) -> str:
        """Whole numbers stay narrow, which is faster to group by."""
        column = self._column(self.measure.score)
        return column if self._whole(self.measure.score) else f"{column}::DOUBLE"

    def _infinite(self, name: str, alias: str) -> str:
        return "false" if self._whole(name) else f"isinf({alias})"

    def _missing(self, name: str, alias: str) -> str:
        return f"{alias} IS NULL" if self._whole(name) else f"({alias} IS NULL OR isnan({alias}))"

    def _whole(self, name: str) -> bool:
        return bool(pa.types.is_integer(self.parquet.schema.field(self.positions[name]).type))

    def _column(self, name: str) -> str:
        return identifier(self.parquet.columns[self.positions[name]])


def _judged(score: Any, measure: Measure) -> Any:
    """0 where the score counts, else the place of the first reason against it, as in `_Query.of_score`."""
    score = score.cast(pa.float64(), safe=False)
    low, high = measure.valid or (-math.inf, math.inf)
    outside = pc.or_(pc.less(score, low), pc.greater(score, high))
    missing = pc.fill_null(pc.is_nan(score), True)
    judged = pc.if_else(pc.fill_null(outside, False), 3, 0)
    for place, mask in ((2, missing), (1, pc.is_inf(score))):
        judged = pc.if_else(pc.fill_null(mask, False), place, judged)
    return judged


def _counts(reason: Any, n: Any) -> dict[int, int]:
    summed = pa.table({"reason": reason, "n": n}).group_by("reason").aggregate([("n", "sum")])
    return dict(zip(summed["reason"].to_pylist(), summed["n_sum"].to_pylist(), strict=True))


def _cleaned(groups: Any, measure: Measure) -> Any:
    """Groups as text; a score as float64."""
    for key in measure.keys:
        groups = groups.set_column(groups.schema.get_field_index(key), key, as_text(groups[key]))
    place = groups.schema.get_field_index("s")
    return groups if place < 0 else groups.set_column(place, "s", groups["s"].cast(pa.float64(), safe=False))


def _plain(kind: Any) -> bool:
    types = pa.types
    return bool(
        holds_numbers(kind)
        or types.is_string(kind)
        or types.is_large_string(kind)
        or (types.is_dictionary(kind) and types.is_string(kind.value_type))
        or types.is_date(kind)
    )


def _number(value: float) -> str:
    return f"{literal(repr(float(value)))}::DOUBLE"


@contextmanager
def _reading(file: Parquet) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine that may read this file; what it cannot decode becomes Unreadable."""
    try:
        with engine(file.path.absolute()) as it:
            yield it
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise damaged(file.path, error) from None
