"""Make a sample look like its population: raking to known margins, and what it costs in precision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import BadParameter, BadShape, BadWeights, EmptyInput, NotEnoughData
from kithkin.analysis.inputs import Numbers, columns, labels, numbers, weights_for
from kithkin.analysis.results import Result

Targets = Mapping[str, Mapping[Any, float]]


@dataclass(frozen=True)
class Margin(Result):
    """One category: its share of the population, and of the sample before and after weighting (0…1)."""

    column: str
    category: str
    target: float
    before: float
    after: float
    n: int


@dataclass(frozen=True)
class Raked(Result):
    """Weights of mean 1 (zeros apart) for n respondents, in the order of the sample.

    `converged` is True when every margin is met within the tolerance; `worst_gap` is the largest difference that is
    left, as a share. `deff` is n·Σw²/(Σw)², `n_effective` n/deff; `at_bounds` weights were trimmed.
    """

    weights: tuple[float, ...]
    converged: bool
    rounds: int
    worst_gap: float
    deff: float
    n: int
    n_effective: float
    at_bounds: int
    margins: tuple[Margin, ...]

    def __str__(self) -> str:
        met = "met" if self.converged else f"NOT met, worst gap {self.worst_gap:.2%}"
        head = (
            f"Raked n = {self.n:,} in {self.rounds} rounds: margins {met}; deff {self.deff:.3f}, "
            f"effective n = {self.n_effective:,.1f}, weights {min(self.weights):.3g} to {max(self.weights):.3g}"
            f" ({self.at_bounds:,} trimmed)"
        )
        names = [f"{margin.column} {margin.category}" for margin in self.margins]
        wide = max(map(len, names))
        rows = [
            f"{name:<{wide}}  n {m.n:>6,}  {m.before:>6.1%} → {m.after:>6.1%}  target {m.target:.1%}"
            for name, m in zip(names, self.margins, strict=True)
        ]
        return "\n".join([head, *rows])


def deff(weights: Any) -> float:
    """Kish's (1965) design effect of weighting, n·Σw²/(Σw)²: by how much it inflates the variance of a mean.

    Assumes weights unrelated to the answers. Raises EmptyInput, BadWeights (below zero, missing, all zero),
    NotNumeric, NotFinite.

    >>> deff([1, 1, 2, 4])
    1.375
    """
    given = numbers(weights, "weights")
    if not given.size:
        raise EmptyInput("weights: none was given.")
    checked = weights_for(given, given.size)
    if not checked.max() > 0:
        raise BadWeights("weights: all are zero, so no answer counts. Leave weights out, or mend them.")
    scaled = checked / checked.max()
    return float(scaled.size * (scaled**2).sum() / scaled.sum() ** 2)


def rake(
    sample: Any,
    targets: Targets,
    *,
    weights: Any = None,
    trim: float | None = None,
    tolerance: float = 1e-6,
    rounds: int = 1000,
) -> Raked:
    """Raking, or iterative proportional fitting, of weights to margins (Deming and Stephan 1940).

    `sample` is a frame, an Arrow table or a mapping of columns; `targets` gives for each column the share (or the
    number) of each category in the population, so `{"sex": {"f": 51, "m": 49}}`. `weights` are those to start from.
    With `trim`, every weight is kept within 1/trim to trim times their mean, again after each round, so that the
    margins are met by the others where they can be; `converged` says whether they were.

    Assumes that people within a category answer alike whether or not they took part. Raises EmptyInput, BadShape (no
    such column, missing categories), BadParameter (targets, trim), NotEnoughData (a target category without
    respondents, named), BadWeights.

    >>> raked = rake({"sex": ["f", "m", "m", "m"]}, {"sex": {"f": 50, "m": 50}})
    >>> [round(weight, 3) for weight in raked.weights], raked.converged, round(raked.deff, 3)
    ([2.0, 0.667, 0.667, 0.667], True, 1.333)
    """
    if trim is not None and not trim > 1:
        raise BadParameter(f"trim: must be above 1 (times the mean weight), got {trim}.")
    if rounds < 1 or not tolerance > 0:
        raise BadParameter("rounds must be at least 1 and tolerance above 0.")
    sides = _sides(sample, targets)
    start = _start(weights, sides[0].place.size)
    _check_peopled(sides, start)
    fitted, used, gap = _fit(sides, start, trim, tolerance, rounds)
    spread = deff(fitted)
    return Raked(
        weights=tuple(fitted.tolist()),
        converged=gap <= tolerance,
        rounds=used,
        worst_gap=gap,
        deff=spread,
        n=fitted.size,
        n_effective=fitted.size / spread,
        at_bounds=_at_bounds(fitted, trim),
        margins=tuple(margin for side in sides for margin in side.margins(start, fitted)),
    )


@dataclass(frozen=True)
class _Side:
    """One column: each respondent's category as a number, and the target share of each category."""

    column: str
    categories: tuple[str, ...]
    place: NDArray[np.intp]
    target: Numbers

    def shares(self, weights: Numbers) -> Numbers:
        sums: Numbers = np.bincount(self.place, weights, minlength=self.target.size) / weights.sum()
        return sums

    def margins(self, before: Numbers, after: Numbers) -> list[Margin]:
        n = np.bincount(self.place, minlength=self.target.size)
        rows = zip(self.categories, self.target, self.shares(before), self.shares(after), n, strict=True)
        return [Margin(self.column, c, float(t), float(b), float(a), int(k)) for c, t, b, a, k in rows]


def _fit(
    sides: list[_Side], start: Numbers, trim: float | None, tolerance: float, rounds: int
) -> tuple[Numbers, int, float]:
    weights, used = start, 0
    while used < rounds and (not used or _worst_gap(sides, weights) > tolerance):
        for side in sides:
            weights = weights * (side.target / side.shares(weights))[side.place]
        weights = _bounded(_mean_one(weights), trim)
        used += 1
    return weights, used, _worst_gap(sides, weights)


def _worst_gap(sides: list[_Side], weights: Numbers) -> float:
    return max(float(np.abs(side.shares(weights) - side.target).max()) for side in sides)


def _mean_one(weights: Numbers) -> Numbers:
    """Weights whose mean is 1, those of zero apart: they stay zero and are never trimmed."""
    shared: Numbers = weights / weights[weights > 0].mean()
    return shared


def _bounded(weights: Numbers, trim: float | None) -> Numbers:
    """Trimmed weights of mean 1: dividing by the mean pushes some beyond the bounds again, less each time."""
    if trim is None:
        return weights
    counting = weights > 0
    while weights[counting].min() < 1 / trim - 1e-9 or weights.max() > trim + 1e-9:
        weights = _mean_one(np.where(counting, np.clip(weights, 1 / trim, trim), 0.0))
    return weights


def _at_bounds(weights: Numbers, trim: float | None) -> int:
    if trim is None:
        return 0
    return int(((weights > 0) & ((weights <= 1 / trim + 1e-6) | (weights >= trim - 1e-6))).sum())


def _sides(sample: Any, targets: Targets) -> list[_Side]:
    if not targets:
        raise BadParameter("targets: none was given. Name at least one column with its categories.")
    picked = columns(sample, "sample", list(targets))
    return [_side(column, labels(picked[column], column), targets[column]) for column in targets]


def _side(column: str, given: NDArray[np.object_], target: Mapping[Any, float]) -> _Side:
    if not given.size:
        raise EmptyInput("sample: it has no respondents.")
    missing = int((given == np.array(None)).sum())
    if missing:
        raise BadShape(f"sample.{column}: {missing} missing. Give them a category with a target, or leave them out.")
    shares = numbers(list(target.values()), f"targets.{column}")
    if not shares.size or np.isnan(shares).any() or (shares <= 0).any():
        raise BadParameter(f"targets.{column}: every share must be above 0. Leave out people whom nobody stands for.")
    categories = tuple(map(str, target))
    if len(set(categories)) < len(categories):
        raise BadParameter(f"targets.{column}: a category is named twice.")
    unknown = sorted(set(given.tolist()) - set(categories))
    if unknown:
        raise BadParameter(f"targets.{column}: no target for {', '.join(map(repr, unknown[:5]))}.")
    number = {category: i for i, category in enumerate(categories)}
    place = np.array([number[category] for category in given], dtype=np.intp)
    return _Side(column, categories, place, shares / shares.sum())


def _start(weights: Any, n: int) -> Numbers:
    start = weights_for(weights, n)
    if not start.max() > 0:
        raise BadWeights("weights: all are zero, so no answer counts. Leave weights out, or mend them.")
    return _mean_one(start)


def _check_peopled(sides: list[_Side], start: Numbers) -> None:
    for side in sides:
        empty = [c for c, share in zip(side.categories, side.shares(start), strict=True) if share == 0]
        if empty:
            raise NotEnoughData(
                f"sample.{side.column}: nobody in {', '.join(map(repr, empty))}, so nobody stands for it. Merge it."
            )
