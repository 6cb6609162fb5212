"""Do the members of a group answer alike, and do groups differ? ICC(1), ICC(2), rwg and rwg(J)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import chdtri, fdtri

from kithkin.analysis.errors import BadParameter, BadShape, Degenerate, EmptyInput, NotEnoughData
from kithkin.analysis.inputs import Labels, Numbers, labels, numbers
from kithkin.analysis.metrics.counts import Counts, check_on_scale, check_scale
from kithkin.analysis.metrics.intervals import check_confidence
from kithkin.analysis.reliability.items import complete_items
from kithkin.analysis.results import Estimate, Result


@dataclass(frozen=True, kw_only=True)
class IntraclassCorrelation(Estimate):
    """ICC(1) or ICC(2) of answers within groups, with the one-way analysis of variance behind it.

    `group_size` is the mean group size, corrected for groups of unequal size.
    """

    coefficient: str
    groups: int
    group_size: float
    ms_between: float
    ms_within: float

    def __str__(self) -> str:
        return (
            f"{self.coefficient} {self.value:.3f} [{self.low:.3f}, {self.high:.3f}], "
            f"n = {self.n:,} in {self.groups:,} groups of about {self.group_size:.1f}"
        )


@dataclass(frozen=True, kw_only=True)
class Agreement(Estimate):
    """rwg of one group: 1 for full agreement, 0 for answers as scattered as chance or more so."""

    scale: tuple[float, float]

    def __str__(self) -> str:
        return f"rwg {self.value:.3f} [{self.low:.3f}, {self.high:.3f}], n = {self.n:,}"


@dataclass(frozen=True)
class ScaleAgreement(Result):
    """rwg(J) of one group on a scale of `items` items; n people answered all of them, `dropped` did not."""

    value: float
    n: int
    items: int
    dropped: int
    mean_variance: float
    scale: tuple[float, float]

    def __str__(self) -> str:
        return f"rwg({self.items}) {self.value:.3f}, n = {self.n:,}"


def icc1(scores: Any, groups: Any, confidence: float = 0.95) -> IntraclassCorrelation:
    """ICC(1), the reliability of one answer as a measure of its group: (MSB − MSW)/(MSB + (m − 1)·MSW).

    ICC(1,1) of Shrout and Fleiss (1979), from a one-way analysis of variance of `scores` by `groups` (one label per
    answer), with their F interval. m is the group size; for unequal groups (N − Σn²/N)/(J − 1), and the interval is
    then approximate. Missing scores or labels are left out. May be negative. Assumes independent, roughly normal
    answers of equal variance within groups.

    Raises EmptyInput, BadShape, NotEnoughData (one group, or no group of two), Degenerate (no variance within groups,
    or all group means equal), NotNumeric, NotFinite.

    >>> print(icc1([9, 8, 6, 7, 2, 3, 1, 2], ["A", "A", "B", "B", "C", "C", "D", "D"]))
    ICC(1) 0.955 [0.628, 0.997], n = 8 in 4 groups of about 2.0
    """
    check_confidence(confidence)
    anova = _one_way(scores, groups)
    m = anova.group_size

    def single(f: float) -> float:
        return (f - 1) / (f + m - 1)

    return anova.correlation("ICC(1)", single, confidence)


def icc2(scores: Any, groups: Any, confidence: float = 0.95) -> IntraclassCorrelation:
    """ICC(2), the reliability of the group means: (MSB − MSW)/MSB; ICC(1,k) of Shrout and Fleiss (1979).

    Input, assumptions, interval and errors as `icc1`. Below zero where groups differ less than their members.

    >>> print(icc2([9, 8, 6, 7, 2, 3, 1, 2], ["A", "A", "B", "B", "C", "C", "D", "D"]))
    ICC(2) 0.977 [0.771, 0.998], n = 8 in 4 groups of about 2.0
    """
    check_confidence(confidence)
    return _one_way(scores, groups).correlation("ICC(2)", lambda f: 1 - 1 / f, confidence)


def rwg(scores: Any, scale: tuple[float, float] = (1, 5), confidence: float = 0.95) -> Agreement:
    """Agreement within one group (James, Demaree, Wolf 1984): 1 − s²/σ², σ² = (A² − 1)/12, floored at 0.

    σ² is the variance of answers spread evenly over the A points of the scale (uniform null). Interval: from the
    χ² interval of s², which assumes roughly normal answers. Where all n agree, at most q = 1 − (1 − confidence)^(1/n)
    of the group's like would differ, at worst by the reach d of the scale, so the lower end is 1 − q·d²/σ².

    Raises EmptyInput, NotEnoughData (one answer), OutOfScale, BadParameter (scale), NotNumeric, NotFinite.

    >>> print(rwg([4, 4, 5, 4, 3]))
    rwg 0.750 [0.000, 0.910], n = 5
    """
    check_confidence(confidence)
    low_end, high_end = _whole_scale(scale)
    check_on_scale(Counts.of(scores), scale, whole=False)
    answers = numbers(scores)
    answers = answers[~np.isnan(answers)]
    n = answers.size
    if n < 2:
        raise NotEnoughData("scores: one answer cannot agree with others. At least two are needed.")
    null = _uniform_variance(low_end, high_end)
    if answers.min() == answers.max():
        reach = max(answers[0] - low_end, high_end - answers[0])
        value, high = 1.0, 1.0
        low = 1 + math.expm1(math.log1p(-confidence) / n) * reach**2 / null
    else:
        variance = float(answers.var(ddof=1))
        tail = (1 - confidence) / 2
        low, value, high = (
            1 - variance * factor / null
            for factor in ((n - 1) / float(chdtri(n - 1, 1 - tail)), 1.0, (n - 1) / float(chdtri(n - 1, tail)))
        )
    return Agreement(max(value, 0.0), max(low, 0.0), max(high, 0.0), n, float(n), confidence, scale=(low_end, high_end))


def rwg_j(items: Any, scale: tuple[float, float] = (1, 5)) -> ScaleAgreement:
    """Agreement within one group on a scale of J parallel items (James, Demaree, Wolf 1984):

    rwg(J) = J·(1 − s̄²/σ²) / (J·(1 − s̄²/σ²) + s̄²/σ²), s̄² the mean variance of the items, σ² = (A² − 1)/12 as in `rwg`;
    0 where s̄² reaches σ² (LeBreton, James, Lindell 2005). `items`: people of the group × items, as `cronbach_alpha`
    takes them; who left out an item is dropped. Assumes that the items measure one thing (see `omega`).

    It rises with J alone: .5 on one item is .83 on five. It has no interval, since that would need the items' joint
    distribution; with few people it varies much, so read it beside n and the single items' `rwg`.

    Raises BadShape, EmptyInput, NotEnoughData (one complete answer), OutOfScale, BadParameter (scale), NotNumeric.

    >>> print(rwg_j([[4, 4], [4, 5], [5, 4], [3, 4]]))
    rwg(2) 0.871, n = 4
    """
    low_end, high_end = _whole_scale(scale)
    kept = complete_items(items)
    n, j = kept.answers.shape
    check_on_scale(Counts.of(kept.answers.ravel()), scale, whole=False)
    if n < 2:
        raise NotEnoughData("items: one complete answer cannot agree with others. At least two are needed.")
    variance = float(kept.answers.var(axis=0, ddof=1).mean())
    scatter = min(variance / _uniform_variance(low_end, high_end), 1.0)
    value = j * (1 - scatter) / (j * (1 - scatter) + scatter)
    return ScaleAgreement(value, n, j, kept.dropped, variance, (low_end, high_end))


def _whole_scale(scale: tuple[float, float]) -> tuple[float, float]:
    low_end, high_end = check_scale(scale)
    if not (low_end.is_integer() and high_end.is_integer()):
        raise BadParameter(f"scale: the uniform null needs whole numbers, got {scale}.")
    return low_end, high_end


def _uniform_variance(low_end: float, high_end: float) -> float:
    """Of answers spread evenly over the A points of a scale: (A² − 1)/12."""
    return ((high_end - low_end + 1) ** 2 - 1) / 12


def grouped(scores: Any, groups: Any) -> tuple[Numbers, Labels]:
    """Scores and group labels of equal length, without the entries where either is missing."""
    values, names = numbers(scores), labels(groups, "groups")
    if values.size != names.size:
        raise BadShape(f"groups: {names.size} labels for {values.size} scores. Give one label per score.")
    kept = ~np.isnan(values) & (names != np.array(None))
    if not kept.any():
        raise EmptyInput("scores: no score with a group is left; all are missing, or none was given.")
    return values[kept], names[kept]


@dataclass(frozen=True)
class _OneWay:
    n: int
    groups: int
    group_size: float
    ms_between: float
    ms_within: float

    def correlation(self, coefficient: str, of_f: Any, confidence: float) -> IntraclassCorrelation:
        f = self.ms_between / self.ms_within
        df_between, df_within = self.groups - 1, self.n - self.groups
        upper = (1 + confidence) / 2
        low = f / float(fdtri(df_between, df_within, upper))
        high = f * float(fdtri(df_within, df_between, upper))
        return IntraclassCorrelation(
            of_f(f),
            of_f(low),
            of_f(high),
            self.n,
            float(self.n),
            confidence,
            coefficient=coefficient,
            groups=self.groups,
            group_size=self.group_size,
            ms_between=self.ms_between,
            ms_within=self.ms_within,
        )


def _one_way(scores: Any, groups: Any) -> _OneWay:
    values, names = grouped(scores, groups)
    _, place = np.unique(names.astype(str), return_inverse=True)
    sizes = np.bincount(place)
    n, j = values.size, sizes.size
    if j < 2:
        raise NotEnoughData("groups: one group only. At least two are needed to tell groups apart.")
    if n == j:
        raise NotEnoughData("groups: each has one answer only, so their members cannot be compared.")
    centred = values - values.mean()
    means = np.bincount(place, centred) / sizes
    within = float(((centred - means[place]) ** 2).sum())
    between = float((sizes * means**2).sum())
    total = between + within
    if within <= 1e-20 * n * float(np.abs(values).max()) ** 2 or within <= 1e-12 * total:
        raise Degenerate("scores: within every group all answers are equal, so reliability cannot be told.")
    if between <= 1e-24 * total:
        raise Degenerate("scores: all group means are equal, so the groups cannot be told apart.")
    size = (n - float((sizes.astype(np.float64) ** 2).sum()) / n) / (j - 1)
    return _OneWay(n, j, size, between / (j - 1), within / (n - j))
