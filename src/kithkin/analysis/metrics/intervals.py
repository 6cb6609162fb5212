"""The three intervals behind every score: adjusted Wald, Wilson, and t, with their honest edges."""

from __future__ import annotations

import math

from scipy.special import ndtri, stdtrit

from kithkin.analysis.errors import BadParameter

Interval = tuple[float, float]


def check_confidence(confidence: float) -> None:
    """Raise BadParameter unless the confidence lies between 0 and 1."""
    if not 0 < confidence < 1:
        raise BadParameter(f"confidence: must lie between 0 and 1, got {confidence}.")


def normal_quantile(confidence: float) -> float:
    """z with `confidence` of the standard normal between −z and z. Raises BadParameter outside 0…1."""
    check_confidence(confidence)
    return float(ndtri(0.5 + confidence / 2))


def t_quantile(df: float, confidence: float) -> float:
    """t with `confidence` of Student's distribution between −t and t; infinite above a million."""
    check_confidence(confidence)
    quantile = float(stdtrit(df, 0.5 + confidence / 2)) if df > 0 else math.inf
    return quantile if quantile < 1e6 else math.inf


def net_variance(promoters: float, detractors: float, n: float) -> float:
    """Variance of a net share p − d of n answers: (p + d − (p − d)²)/n."""
    return max(promoters + detractors - (promoters - detractors) ** 2, 0.0) / n


def adjusted_net(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    """Net share and its variance after Rocks (2016): three answers more, ¾ of them promoters and ¾ detractors."""
    p, d = (n * promoters + 0.75) / (n + 3), (n * detractors + 0.75) / (n + 3)
    return p - d, net_variance(p, d, n + 3)


def adjusted_wald(promoters: float, detractors: float, n: float, confidence: float) -> Interval:
    """Interval of a net share in −1…1 (Rocks 2016, "Interval estimation for the Net Promoter Score").

    Widened to hold the observed share where a low confidence would leave it outside.
    """
    centre, variance = adjusted_net(promoters, detractors, n)
    half = normal_quantile(confidence) * math.sqrt(variance)
    observed = promoters - detractors
    return max(min(centre - half, observed), -1.0), min(max(centre + half, observed), 1.0)


def wilson(share: float, n: float, confidence: float) -> Interval:
    """Score interval of a share in 0…1 (Wilson 1927)."""
    z = normal_quantile(confidence)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
    return max(min(centre - half, share), 0.0), min(max(centre + half, share), 1.0)


def constant_on_scale(value: float, scale: Interval, n: float, confidence: float) -> Interval:
    """Interval of a mean when all n answers on a bounded scale are equal (one answer included).

    If more than q = 1 − (1 − confidence)^(1/n) of everybody would answer otherwise, n equal answers had a chance below
    1 − confidence. So at most q differ, at worst at the ends of the scale (the bound behind the "rule of three").
    """
    check_confidence(confidence)
    differing = -math.expm1(math.log1p(-confidence) / n)
    return value - differing * (value - scale[0]), value + differing * (scale[1] - value)


def square_and_add(a: float, interval_a: Interval, b: float, interval_b: Interval) -> Interval:
    """Interval of a − b from the interval of each (Newcombe 1998, method 10; Zou and Donner 2008)."""
    low = a - b - math.hypot(a - interval_a[0], interval_b[1] - b)
    high = a - b + math.hypot(interval_a[1] - a, b - interval_b[0])
    return low, high
