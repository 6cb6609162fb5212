"""How likely two estimates lie so far apart if both were drawn from the same answers: for few against many.

A few answers tell little of their own spread. Where they happen to agree, a test that takes the spread of each from
itself calls them apart; over forty groups against their rest it did so in up to 60 % of tables where nothing differed.
The spread of all answers together does not depend on the few.
"""

from __future__ import annotations

import math

from scipy.special import ndtr, stdtr
from scipy.stats import hypergeom

from kithkin.analysis.metrics.estimates import Mean, NetPromoter, Share
from kithkin.analysis.results import Estimate


def p_if_alike(a: Estimate, b: Estimate) -> float:
    """Two-sided p of "no difference", with the spread of both together; effective n where answers were weighted.

    NPS: z = (a − b) / √(v (1/nₐ + 1/n_b)), v = p + d − (p − d)² of all answers. Means: Student's (1908) t with one
    variance. Shares: Fisher's exact test, of what is exactly observed one half (Lancaster 1961). Both are taken to be
    of one metric, as `compare` makes sure. 1 where nobody differs from anybody.
    """
    if isinstance(a, NetPromoter) and isinstance(b, NetPromoter):
        return 2 * float(ndtr(-_distance(a, b, _net_variance(a, b))))
    if isinstance(a, Share) and isinstance(b, Share):
        return _mid_p(a, b)
    if isinstance(a, Mean) and isinstance(b, Mean):
        squares = sum(one.df * one.n_effective * one.standard_error**2 for one in (a, b))
        return 2 * float(stdtr(a.df + b.df, -_distance(a, b, squares / (a.df + b.df))))
    return 1.0


def _distance(a: Estimate, b: Estimate, variance: float) -> float:
    """How many standard errors apart."""
    error = math.sqrt(max(variance, 0.0) * (1 / a.n_effective + 1 / b.n_effective))
    return abs(a.value - b.value) / error if error > 0 else 0.0


def _net_variance(a: NetPromoter, b: NetPromoter) -> float:
    """Of one answer in points, over both together."""
    n = a.n_effective + b.n_effective
    promoters = (a.promoters * a.n_effective + b.promoters * b.n_effective) / n
    detractors = (a.detractors * a.n_effective + b.detractors * b.n_effective) / n
    return 100**2 * (promoters + detractors - (promoters - detractors) ** 2)


def _mid_p(a: Share, b: Share) -> float:
    of_a, of_b = (max(round(one.n_effective), 1) for one in (a, b))
    best, others = round(a.value * of_a), round(b.value * of_b)
    drawn = hypergeom(of_a + of_b, best + others, of_a)
    half = float(drawn.pmf(best)) / 2
    return min(1.0, 2 * min(float(drawn.cdf(best)) - half, float(drawn.sf(best)) + half))
