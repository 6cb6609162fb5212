"""Is it a change? The difference of two estimates, with its interval and its test."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr, stdtr

from kithkin.analysis.errors import BadParameter, NotEnoughData
from kithkin.analysis.metrics.estimates import Mean, Metric, NetPromoter, Share
from kithkin.analysis.metrics.intervals import (
    adjusted_net,
    adjusted_wald,
    net_variance,
    square_and_add,
    t_quantile,
    wilson,
)
from kithkin.analysis.results import Estimate, Result


@dataclass(frozen=True)
class Difference(Result):
    """a − b in the unit of the metric (points for NPS, 0…1 for shares), its interval and its test.

    `z` is the test statistic: standard normal, or Student's t with `df` degrees of freedom for means (`df` is None
    otherwise) and `p` belongs to it. `p_cautious` is the p that a verdict rests on: for NPS the larger of `p` and that
    of the adjusted shares, since the plain z calls 8 % false changes at n = 10 where 5 % were asked; otherwise `p`.
    `changed` is True only when p_cautious < 1 − confidence and the interval leaves out zero.
    """

    metric: Metric
    value: float
    low: float
    high: float
    z: float
    p: float
    p_cautious: float
    df: float | None
    n_a: int
    n_b: int
    n_effective_a: float
    n_effective_b: float
    changed: bool
    confidence: float = 0.95

    def __str__(self) -> str:
        verdict = "a change" if self.changed else "no change can be told"
        return (
            f"{self.metric.label} {self.interval_text()}, z = {self.z:.2f}, p {p_text(self.p)}, "
            f"n = {self.n_a:,} against {self.n_b:,}: {verdict}"
        )

    def interval_text(self) -> str:
        """The difference and its interval in the unit people read: points, percentage points, or the answers' own."""
        if self.metric is Metric.NPS:
            return f"{self.value:+.1f} points [{self.low:+.1f}, {self.high:+.1f}]"
        if self.metric in (Metric.CSAT, Metric.TOP_BOX):
            return f"{100 * self.value:+.1f} percentage points [{100 * self.low:+.1f}, {100 * self.high:+.1f}]"
        return f"{self.value:+.3g} [{self.low:+.3g}, {self.high:+.3g}]"


def p_text(p: float) -> str:
    """A p value as people write it."""
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


def compare(a: Estimate, b: Estimate, confidence: float = 0.95) -> Difference:
    """The difference a − b of two estimates of the same metric from different people, and whether it is a change.

    NPS: z on the summed variances (p + d − (p − d)²)/n, where answers all in one class take their variance from the
    adjusted shares (Rocks 2016); interval by square-and-add of the adjusted Wald limits (Zou, Donner 2008).
    Shares: pooled z; Newcombe's (1998) hybrid score interval. Means (and CES): Welch's (1947) t.
    Effective n where answers were weighted.

    Raises BadParameter when the metrics, scales or boxes differ, or when an estimate is of no such metric.

    >>> from kithkin.analysis.metrics import nps_from_counts
    >>> spring, autumn = nps_from_counts({9: 60, 8: 25, 1: 15}), nps_from_counts({9: 60, 8: 30, 1: 30})
    >>> print(compare(spring, autumn))
    NPS +20.0 points [-1.0, +40.0], z = 1.89, p = 0.059, n = 100 against 120: no change can be told
    """
    _check_comparable(a, b)
    df: float | None = None
    cautious = math.inf
    if isinstance(a, NetPromoter) and isinstance(b, NetPromoter):
        z, cautious, interval = _compare_nps(a, b, confidence)
    elif isinstance(a, Share) and isinstance(b, Share):
        z, interval = _compare_shares(a, b, confidence)
    elif isinstance(a, Mean) and isinstance(b, Mean):
        z, df, interval = _compare_means(a, b, confidence)
    else:
        raise BadParameter("compare takes two estimates made by nps, csat, ces, mean or top_box.")
    p = 2 * float(ndtr(-abs(z)) if df is None else stdtr(df, -abs(z)))
    p_cautious = max(p, 2 * float(ndtr(-abs(cautious))))
    return Difference(
        metric=a.metric,
        value=a.value - b.value,
        low=interval[0],
        high=interval[1],
        z=z,
        p=p,
        p_cautious=p_cautious,
        df=df,
        n_a=a.n,
        n_b=b.n,
        n_effective_a=a.n_effective,
        n_effective_b=b.n_effective,
        changed=p_cautious < 1 - confidence and not interval[0] <= 0 <= interval[1],
        confidence=confidence,
    )


def _check_comparable(a: Estimate, b: Estimate) -> None:
    for what in ("metric", "scale", "boxes"):
        of_a, of_b = getattr(a, what, None), getattr(b, what, None)
        if of_a != of_b:
            names = [value.label if isinstance(value, Metric) else value for value in (of_a, of_b)]
            raise BadParameter(f"compare: the two estimates differ in {what}: {names[0]} and {names[1]}.")


def _compare_nps(a: NetPromoter, b: NetPromoter, confidence: float) -> tuple[float, float, tuple[float, float]]:
    z = _ratio(a.value - b.value, 100 * math.sqrt(_nps_variance(a) + _nps_variance(b)))
    (net_a, variance_a), (net_b, variance_b) = _adjusted(a), _adjusted(b)
    limits = [adjusted_wald(e.promoters, e.detractors, e.n_effective, confidence) for e in (a, b)]
    low, high = square_and_add(a.value / 100, limits[0], b.value / 100, limits[1])
    return z, (net_a - net_b) / math.sqrt(variance_a + variance_b), (100 * low, 100 * high)


def _adjusted(score: NetPromoter) -> tuple[float, float]:
    return adjusted_net(score.promoters, score.detractors, score.n_effective)


def _nps_variance(score: NetPromoter) -> float:
    plain = net_variance(score.promoters, score.detractors, score.n_effective)
    return plain if plain > 0 else _adjusted(score)[1]


def _compare_shares(a: Share, b: Share, confidence: float) -> tuple[float, tuple[float, float]]:
    pooled = (a.value * a.n_effective + b.value * b.n_effective) / (a.n_effective + b.n_effective)
    variance = max(pooled * (1 - pooled), 0.0) * (1 / a.n_effective + 1 / b.n_effective)
    limits = [wilson(share.value, share.n_effective, confidence) for share in (a, b)]
    return _ratio(a.value - b.value, math.sqrt(variance)), square_and_add(a.value, limits[0], b.value, limits[1])


def _compare_means(a: Mean, b: Mean, confidence: float) -> tuple[float, float, tuple[float, float]]:
    variance_a, variance_b = a.standard_error**2, b.standard_error**2
    total = variance_a + variance_b
    df = total**2 / (variance_a**2 / a.df + variance_b**2 / b.df)
    half = t_quantile(df, confidence) * math.sqrt(total)
    if not math.isfinite(half):
        raise NotEnoughData("compare: too few answers to judge a difference of means.")
    low, high = a.value - b.value - half, a.value - b.value + half
    if a.scale is not None:
        reach = a.scale[1] - a.scale[0]
        low, high = max(low, -reach), min(high, reach)
    return (a.value - b.value) / math.sqrt(total), df, (low, high)


def _ratio(difference: float, standard_error: float) -> float:
    """Difference over its standard error; 0 where both vanish (all answers of both alike)."""
    return 0.0 if standard_error == 0 else difference / standard_error
