"""What is to be protected: counts of people over dimensions, with the scores that ride on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kithkin.analysis.disclosure.dimension import Dimension, Path
from kithkin.analysis.errors import BadParameter, BadShape, NotEnoughData, OutOfScale
from kithkin.analysis.inputs import Numbers, columns, labels, numbers
from kithkin.analysis.results import Result

LARGEST_LATTICE = 2_000_000


@dataclass(frozen=True)
class Measure(Result):
    """A score on a scale from `low` to `high`, given per atom as its mean, or as its sum where `summed` is set."""

    name: str
    low: float
    high: float
    summed: bool = False

    def __post_init__(self) -> None:
        if not (np.isfinite(self.low) and np.isfinite(self.high) and self.low < self.high):
            raise BadParameter(
                f"measure {self.name!r}: the scale runs from {self.low} to {self.high}; low must be less."
            )


@dataclass(frozen=True)
class Table:
    """Counts of people per atom (one member of each dimension), dense, with the sums of each measure.

    `views` names the levels that are cut together, one tuple per view; None stands for every combination.
    """

    dimensions: tuple[Dimension, ...]
    counts: Numbers
    sums: tuple[Numbers, ...]
    measures: tuple[Measure, ...]
    views: tuple[tuple[str, ...], ...] | None
    possible: Numbers

    @classmethod
    def from_columns(
        cls,
        data: Any,
        dimensions: Sequence[str | Dimension] | None = None,
        *,
        count: str = "n",
        measures: Sequence[Measure] = (),
        views: Iterable[Sequence[str]] | None = None,
        impossible: Iterable[Mapping[str, str | None]] = (),
    ) -> Table:
        """A table from rows of (labels…, n, scores…); rows with the same labels are added up.

        `data` is a pandas frame, an Arrow table or a mapping of columns. Without `dimensions`, every column that is
        neither the count nor a measure is one. A missing label is a category of its own. A combination with no row
        counts nobody. `impossible` lists combinations that cannot exist, such as {"branch": "Rome", "product": "Loan"}:
        they are known to be empty and need no protection.

        Raises BadShape for columns that are absent or do not fit, NotNumeric for text in a number column,
        BadParameter for counts that are negative or not whole, OutOfScale for a mean outside its scale.

        >>> table = Table.from_columns({"dept": ["IT", "IT", "HR"], "n": [4, 3, 9]})
        >>> table.dimensions[0].paths, table.counts.tolist()
        ((('HR',), ('IT',)), [9.0, 7.0])
        """
        wanted = _dimensions(data, dimensions, {count, *(measure.name for measure in measures)})
        needed = [*(name for dimension in wanted for name in dimension.columns), count, *(m.name for m in measures)]
        _refuse_doubles(wanted, needed)
        picked = columns(data, "table", needed)
        people = _counts(picked[count], count)
        rows = [
            dimension.rows({name: labels(picked[name], name) for name in dimension.columns}) for dimension in wanted
        ]
        full = tuple(dimension.completed(paths) for dimension, paths in zip(wanted, rows, strict=True))
        shape = tuple(len(dimension.paths) for dimension in full)
        _refuse_large(full)
        places = _places(full, rows, people.size)
        counts = np.bincount(places, weights=people, minlength=int(np.prod(shape))).astype(float).reshape(shape)
        if float(counts.sum()) > 2**52:
            raise BadParameter(f"{count}: the counts add up to {counts.sum():.3g}, too many to be added exactly.")
        sums = tuple(
            np.bincount(places, weights=_sums(picked[m.name], people, m), minlength=counts.size)
            .astype(float)
            .reshape(shape)
            for m in measures
        )
        chosen = None if views is None else tuple(tuple(view) for view in views)
        possible = _possible(full, impossible, counts)
        return cls(full, counts, sums, tuple(measures), _checked_views(full, chosen), possible)

    @classmethod
    def coerce(cls, table: Any) -> Table:
        """`table` itself, or one made from a frame whose columns are all dimensions but `n`."""
        return table if isinstance(table, Table) else cls.from_columns(table)


def _dimensions(data: Any, given: Sequence[str | Dimension] | None, others: set[str]) -> tuple[Dimension, ...]:
    if given is None:
        names = getattr(data, "column_names", None)
        if names is None:
            names = data if isinstance(data, Mapping) else getattr(data, "columns", None)
        if names is None:
            raise BadShape(f"table: expected a frame, an Arrow table or a mapping, got {type(data).__name__}.")
        given = [str(name) for name in names if str(name) not in others]
    return tuple(one if isinstance(one, Dimension) else Dimension(one) for one in given)


def _refuse_doubles(dimensions: tuple[Dimension, ...], needed: list[str]) -> None:
    names = [level for dimension in dimensions for level in dimension.levels]
    if len(set(names)) < len(names) or len(set(needed)) < len(needed):
        doubled = sorted({name for name in names + needed if (names.count(name) > 1 or needed.count(name) > 1)})
        raise BadShape(
            f"table: {', '.join(map(repr, doubled))} used twice. Give every level and measure its own column."
        )


def _counts(values: Any, name: str) -> Numbers:
    people = numbers(values, name)
    if np.isnan(people).any():
        raise BadParameter(f"{name}: {int(np.isnan(people).sum())} missing. Write 0 where nobody answered.")
    if (people < 0).any():
        raise BadParameter(f"{name}: {int((people < 0).sum())} below zero, the least {people.min():g}. Count people.")
    uneven = people[people != np.round(people)]
    if uneven.size:
        raise BadParameter(f"{name}: {uneven.size} not whole, such as {uneven[0]:g}. Count people, do not weight them.")
    return people


def _sums(values: Any, people: Numbers, measure: Measure) -> Numbers:
    scores = numbers(values, measure.name)
    if bool((np.isnan(scores) & (people > 0)).any()):
        raise NotEnoughData(f"{measure.name}: missing where people were counted. Count only those who answered it.")
    sums = np.where(people > 0, np.nan_to_num(scores) * (1 if measure.summed else people), 0.0)
    slack = 1e-9 * np.maximum(1.0, people * max(abs(measure.low), abs(measure.high)))
    outside = (sums < measure.low * people - slack) | (sums > measure.high * people + slack)
    if outside.any():
        at = int(np.flatnonzero(outside)[0])
        raise OutOfScale(
            f"{measure.name}: {int(outside.sum())} outside {measure.low:g} … {measure.high:g}, "
            f"the first at row {at} with mean {sums[at] / people[at]:g}."
        )
    return np.clip(sums, measure.low * people, measure.high * people)


def _refuse_large(dimensions: tuple[Dimension, ...]) -> None:
    size = int(np.prod([len(dimension.groups()) for dimension in dimensions], dtype=np.float64))
    if size > LARGEST_LATTICE:
        raise BadShape(f"table: {size:,} cells with all margins, more than {LARGEST_LATTICE:,}. Use fewer dimensions.")


def _places(dimensions: tuple[Dimension, ...], rows: list[list[Path]], size: int) -> np.ndarray[Any, np.dtype[np.intp]]:
    places = np.zeros(size, dtype=np.intp)
    for dimension, paths in zip(dimensions, rows, strict=True):
        index = {path: i for i, path in enumerate(dimension.paths)}
        places = places * len(index) + np.array([index[path] for path in paths], dtype=np.intp)
    return places


def _possible(
    dimensions: tuple[Dimension, ...], impossible: Iterable[Mapping[str, str | None]], counts: Numbers
) -> Numbers:
    possible = np.ones(counts.shape)
    for keys in impossible:
        box = np.ix_(*(dimension.members_of(keys) for dimension in dimensions))
        unknown = set(keys) - {level for dimension in dimensions for level in dimension.levels}
        if unknown or not keys:
            raise BadParameter(f"impossible: {dict(keys)} names no level of the table.")
        if counts[box].sum() > 0:
            raise BadParameter(f"impossible: {dict(keys)} is declared impossible, yet people are counted there.")
        possible[box] = 0
    return possible


def _checked_views(
    dimensions: tuple[Dimension, ...], views: tuple[tuple[str, ...], ...] | None
) -> tuple[tuple[str, ...], ...] | None:
    home = {level: dimension.name for dimension in dimensions for level in dimension.levels}
    for view in views or ():
        unknown = [level for level in view if level not in home]
        if unknown:
            raise BadParameter(f"views: no level {unknown[0]!r}. There are {', '.join(map(repr, home))}.")
        if len({home[level] for level in view}) < len(view):
            raise BadParameter(f"views: {view} cuts one dimension twice. Name its finest level only.")
    return views
