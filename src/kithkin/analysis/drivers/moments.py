"""What a driver analysis needs of the rows: additive moments, a few kilobytes whatever the number of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.drivers.pairs import CHUNK_ROWS, PairMoments, gather, read_only
from kithkin.analysis.errors import BadParameter, BadShape, BadWeights, NotFinite
from kithkin.analysis.inputs import Numbers, columns, labels, numbers, scaled, weights_for
from kithkin.analysis.results import Result

BUCKETS = 200
SMALLEST_WEIGHT = 1e-140


@dataclass(frozen=True, eq=False)
class Moments(Result):
    """Weighted moments of drivers and outcome; the moments of parts sum to the moments of the whole.

    `names` are the drivers; in the arrays of `complete` and `pairwise` the outcome follows them as the last column.
    `rows` counts all rows seen, `complete` rests on the rows without a missing answer, `pairwise` for each pair of
    columns on the rows that answered both (and the outcome). Rows of zero weight count in `rows` only.
    """

    names: tuple[str, ...]
    rows: int
    complete: PairMoments
    pairwise: PairMoments

    @classmethod
    def from_data(cls, X: Any, y: Any, weights: Any = None, names: Sequence[str] | None = None) -> Moments:
        """Moments of the drivers X (n × p), the outcome y (n) and non-negative weights (n).

        X is a NumPy array (n, p), a pandas frame, an Arrow table or a mapping of columns; None and NaN are missing.
        `names` labels the columns of an array, and picks columns of a frame. Each chunk of rows is centred on its own
        mean and merged by the pairwise update of Chan, Golub and LeVeque (1983), so no digits are lost to large scores.

        Raises BadShape for columns that do not fit, NotNumeric for text, NotFinite for infinities, BadWeights.

        >>> first = Moments.from_data([[1, 5], [2, 3]], [1, 2], names=["speed", "price"])
        >>> both = first + Moments.from_data([[4, 4]], [3], names=["speed", "price"])
        >>> both.n, both.sums
        (3, array([ 7., 12.,  6.]))
        """
        rows = Rows.of(X, y, weights, names)
        rows.check_weights()
        return rows.moments()

    @property
    def n(self) -> int:
        """Complete rows of positive weight."""
        return int(self.complete.n[-1, -1])

    @property
    def sum_w(self) -> float:
        """Σw over the complete rows."""
        return float(self.complete.weight[-1, -1])

    @property
    def sum_w2(self) -> float:
        """Σw² over the complete rows."""
        return float(self.complete.weight2[-1, -1])

    @property
    def sums(self) -> Numbers:
        """Σwx of the drivers and, last, the outcome, over the complete rows."""
        return self.complete.mean[:, 0] * self.sum_w

    @property
    def products(self) -> Numbers:
        """Σwxxᵀ of the drivers and, last, the outcome, over the complete rows, about zero."""
        mean = self.complete.mean[:, 0]
        return self.complete.scatter + self.sum_w * np.outer(mean, mean)

    def __add__(self, other: Moments) -> Moments:
        if self.names != other.names:
            raise BadShape(f"moments of other drivers: {', '.join(self.names)} and {', '.join(other.names)}.")
        complete = self.complete + other.complete
        same = self.pairwise is self.complete and other.pairwise is other.complete
        pairwise = complete if same else self.pairwise + other.pairwise
        return Moments(self.names, self.rows + other.rows, read_only(complete), read_only(pairwise))

    def __radd__(self, other: object) -> Moments:
        if other == 0:  # the start of sum()
            return self
        return NotImplemented

    def __str__(self) -> str:
        return f"Moments of {len(self.names)} drivers over {self.rows:,} rows, {self.n:,} of them complete"


def bucket_moments(
    X: Any,
    y: Any,
    weights: Any = None,
    names: Sequence[str] | None = None,
    *,
    keys: Any = None,
    buckets: int = BUCKETS,
    first_row: int = 0,
) -> tuple[Moments, ...]:
    """Moments of each of `buckets` hash buckets of respondents, for bootstraps on files too large to hold.

    A bucket is a hash of `keys` (respondent ids: several answers of one person stay together) or, without keys, of the
    row's number from `first_row` on. Read a file in batches, and add the batches' buckets one by one: same key, same
    bucket, in every batch and on every machine.

    >>> a, b = bucket_moments([[1.0], [2.0], [4.0]], [1, 2, 3], keys=["Ann", "Bob", "Ann"], buckets=2)
    >>> sorted([a.n, b.n])
    [1, 2]
    """
    if buckets < 2:
        raise BadParameter(f"buckets: {buckets} given; resampling needs 2 or more.")
    rows = Rows.of(X, y, weights, names)
    rows.check_weights()
    bucket = _hashed(keys, rows.count, first_row) % np.uint64(buckets)
    order = np.argsort(bucket, kind="stable")
    ends = np.searchsorted(bucket[order], np.arange(buckets + 1, dtype=np.uint64))
    return tuple(rows.taken(order[ends[b] : ends[b + 1]]).moments() for b in range(buckets))


@dataclass(frozen=True, eq=False)
class Rows:
    """Drivers (n, p), outcome (n) and weights (n, or None) as checked floats with NaN for a missing answer."""

    names: tuple[str, ...]
    X: Numbers
    y: Numbers
    weights: Numbers | None

    @classmethod
    def of(cls, X: Any, y: Any, weights: Any, names: Sequence[str] | None) -> Rows:
        """Raises what `Moments.from_data` raises."""
        matrix, labelled = _drivers(X, names)
        outcome = numbers(y, "outcome")
        if outcome.size != len(matrix):
            raise BadShape(f"{len(matrix)} rows of drivers for {outcome.size} outcomes. Give one outcome per row.")
        return cls(labelled, matrix, outcome, None if weights is None else weights_for(weights, outcome.size))

    @property
    def count(self) -> int:
        """All rows, answered or not."""
        return self.y.size

    def check_weights(self) -> None:
        """Raise BadWeights where the squares of weights vanish or overflow.

        Parts that will be added share one unit of weight, so a part cannot choose a better one by itself.
        """
        largest = 1.0 if self.weights is None else float(self.weights.max(initial=0.0))
        if largest > 0 and not SMALLEST_WEIGHT < largest < 1 / SMALLEST_WEIGHT:
            raise BadWeights(
                f"weights: the largest is {largest:g}, whose square cannot be told from 0 or from infinity. "
                "Divide all weights by one number, such as their mean."
            )

    def rescaled(self) -> Rows:
        """The same rows with their weights in a safe unit; for all rows of an analysis together."""
        return self if self.weights is None else replace(self, weights=scaled(self.weights))

    def taken(self, index: NDArray[Any]) -> Rows:
        """The rows at `index`."""
        weights = None if self.weights is None else self.weights[index]
        return replace(self, X=self.X[index], y=self.y[index], weights=weights)

    def moments(self) -> Moments:
        """Gathered in chunks that fit the processor's cache."""
        total = Moments(self.names, 0, *2 * (PairMoments.empty(len(self.names) + 1),))
        for start in range(0, self.count, CHUNK_ROWS):
            part = slice(start, start + CHUNK_ROWS)
            joined = np.column_stack([self.X[part], self.y[part]])
            with np.errstate(over="ignore", invalid="ignore"):  # judged below, once
                pairs = gather(joined, None if self.weights is None else self.weights[part])
                total += Moments(self.names, len(joined), *pairs)
        if not np.isfinite(total.pairwise.scatter).all():
            raise NotFinite("drivers: values so large that their squares overflow. Divide them by a round number.")
        return total


def _drivers(X: Any, names: Sequence[str] | None) -> tuple[Numbers, tuple[str, ...]]:
    if isinstance(X, Mapping) or hasattr(X, "column_names") or hasattr(X, "columns"):
        held = list(X) if isinstance(X, Mapping) else list(getattr(X, "column_names", None) or X.columns)
        keys = held if names is None else list(names)
        chosen = tuple(map(str, keys))
        _check_names(chosen)
        wanted = dict(zip(chosen, keys, strict=True))
        picked = columns(X, "drivers", wanted.values())
        return np.column_stack([numbers(picked[key], name) for name, key in wanted.items()]), chosen
    matrix = _matrix(X)
    labelled = tuple(map(str, names)) if names is not None else tuple(f"x{i + 1}" for i in range(matrix.shape[1]))
    if len(labelled) != matrix.shape[1]:
        raise BadShape(f"{len(labelled)} names for {matrix.shape[1]} drivers. Give one name per column.")
    _check_names(labelled)
    return matrix, labelled


def _matrix(X: Any) -> Numbers:
    array = np.asarray(X)
    if array.ndim != 2:
        raise BadShape(f"drivers: expected a table of rows × drivers, got {array.ndim} dimension(s) {array.shape}.")
    if array.dtype == np.float64:
        if np.isinf(array.sum()) and np.isinf(array).any():
            raise NotFinite(f"drivers: {int(np.isinf(array).sum())} infinite value(s). Remove them.")
        return array
    return np.column_stack([numbers(array[:, i], f"driver {i + 1}") for i in range(array.shape[1])])


def _check_names(names: tuple[str, ...]) -> None:
    if not names:
        raise BadShape("drivers: no column given. Name at least one driver.")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise BadShape(f"drivers: named more than once: {', '.join(doubled)}. Give every driver once, by its own name.")


def buckets_of(ids: Any, buckets: int = BUCKETS) -> NDArray[np.uint64]:
    """The hash bucket of each respondent by a whole number that is theirs; the same on every machine.

    >>> buckets_of([1, 2, 1]).tolist()
    [100, 79, 100]
    """
    return _mixed(np.asarray(ids, dtype=np.uint64)) % np.uint64(buckets)


def _hashed(keys: Any, count: int, first_row: int) -> NDArray[np.uint64]:
    """splitmix64 (Steele, Lea, Flood 2014) of row numbers, or of the text of each key."""
    if keys is None:
        return _mixed(np.arange(first_row, first_row + count, dtype=np.uint64))
    texts = labels(keys, "keys")
    if texts.size != count:
        raise BadShape(f"keys: {texts.size} for {count} rows. Give one key per row.")
    missing = sum(text is None for text in texts)
    if missing:
        raise BadShape(f"keys: {missing} of {count} missing. Give every row the id of its respondent.")
    return _mixed(np.array([crc32(text.encode()) for text in texts], np.uint64))


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    state = (state + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))
