"""The scores themselves: net promoter, satisfaction, effort, mean and top box, from raw answers or from counts.

All take None and NaN as missing, count n after leaving them out, and use Kish's effective n in the interval where
answers are weighted. All assume that answers are independent of one another (one per respondent).
"""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import (
    BadParameter,
    BadWeights,
    Degenerate,
    EmptyInput,
    NotEnoughData,
    NotFinite,
    OutOfScale,
)
from kithkin.analysis.inputs import Numbers, numbers
from kithkin.analysis.metrics.counts import Counts, Scale, check_on_scale, check_scale
from kithkin.analysis.metrics.estimates import EffortScore, Mean, Metric, NetPromoter, Share
from kithkin.analysis.metrics.intervals import (
    adjusted_wald,
    constant_on_scale,
    normal_quantile,
    t_quantile,
    wilson,
)

PROMOTERS = (9, 10)
DETRACTORS = (0, 6)
TOP_BOXES = 2


class _Size(NamedTuple):
    n: int
    n_effective: float


def nps(scores: Any, weights: Any = None, confidence: float = 0.95) -> NetPromoter:
    """Net promoter score in points −100…100 of answers 0…10: share of 9–10 minus share of 0–6, times 100.

    Interval: adjusted Wald (Rocks 2016), which covers where plain Wald does not (small n, extreme shares); defined
    for a single answer and for answers that are all alike. Net Promoter Score is a registered mark of Bain, Fred
    Reichheld and NICE; the method (Reichheld 2003) is free.

    Raises EmptyInput, OutOfScale (answers other than whole numbers 0…10), NotNumeric, NotFinite, BadWeights.

    >>> print(nps([10] * 60 + [8] * 25 + [3] * 15))
    NPS +45.0 [+29.3, +58.0], n = 100 (60% promoters, 25% passives, 15% detractors)
    """
    return nps_from_counts(Counts.of(scores, weights), confidence)


def nps_from_counts(counts: Any, confidence: float = 0.95) -> NetPromoter:
    """`nps` from counts: a mapping from score to n, or `Counts`.

    >>> round(nps_from_counts({10: 5, 8: 4, 3: 1}).low, 1)
    -7.0
    """
    cells = Counts.from_any(counts)
    check_on_scale(cells, (0, 10), whole=True)
    p, d = cells.share(*PROMOTERS), cells.share(*DETRACTORS)
    low, high = adjusted_wald(p, d, cells.n_effective, confidence)
    return NetPromoter(
        value=100 * (p - d),
        low=100 * low,
        high=100 * high,
        n=cells.total,
        n_effective=cells.n_effective,
        confidence=confidence,
        promoters=p,
        passives=cells.share(7, 8),
        detractors=d,
    )


def answer_values(scores: Any, metric: Metric, scale: Scale | None = None, *, boxes: int = TOP_BOXES) -> Numbers:
    """What each answer adds to a score: the score is the mean of these values (times 100 for NPS).

    NPS: +1 for a promoter, −1 for a detractor, else 0. CSAT and top box: 1 in the top boxes of the scale (the
    metric's usual one where none is named), else 0. CES and mean: the answer itself. A missing answer has no value:
    NaN. Answers are not held against the scale; the scores do that.

    >>> answer_values([10, 8, 6, 0], Metric.NPS).tolist()
    [1.0, 0.0, -1.0, -1.0]
    """
    answers = numbers(scores)
    scale = scale or metric.usual_scale
    if metric is Metric.NPS:
        values = 1.0 * _between(answers, *PROMOTERS) - _between(answers, *DETRACTORS)
    elif metric in (Metric.CSAT, Metric.TOP_BOX) and scale is not None:
        values = 1.0 * _between(answers, scale[1] - boxes + 1, scale[1])
    else:
        values = answers
    return np.where(np.isnan(answers), np.nan, values)


def _between(answers: Numbers, low: float, high: float) -> NDArray[np.bool_]:
    return (answers >= low) & (answers <= high)


def top_box(
    scores: Any, weights: Any = None, confidence: float = 0.95, *, boxes: int = 2, scale: Scale = (1, 5)
) -> Share:
    """Share (0…1) of answers in the top `boxes` points of a scale of whole numbers; Wilson (1927) interval.

    Raises EmptyInput, OutOfScale, NotNumeric, NotFinite, BadWeights, and BadParameter for impossible boxes.

    >>> print(top_box([5] * 81 + [3] * 182, boxes=1))
    Top box 30.8% [25.5%, 36.6%], n = 263
    """
    return top_box_from_counts(Counts.of(scores, weights), confidence, boxes=boxes, scale=scale)


def top_box_from_counts(counts: Any, confidence: float = 0.95, *, boxes: int = 2, scale: Scale = (1, 5)) -> Share:
    """`top_box` from counts: a mapping from score to n, or `Counts`."""
    return _share(Counts.from_any(counts), boxes, scale, confidence, Metric.TOP_BOX)


def csat(scores: Any, weights: Any = None, confidence: float = 0.95, scale: Scale = (1, 5)) -> Share:
    """Customer satisfaction: the share (0…1) of answers in the top two boxes, with Wilson's interval.

    Raises as `top_box`.

    >>> print(csat([5, 4, 3, 2, 5, None]))
    CSAT 60.0% [23.1%, 88.2%], n = 5
    """
    return csat_from_counts(Counts.of(scores, weights), confidence, scale)


def csat_from_counts(counts: Any, confidence: float = 0.95, scale: Scale = (1, 5)) -> Share:
    """`csat` from counts: a mapping from score to n, or `Counts`."""
    return _share(Counts.from_any(counts), TOP_BOXES, scale, confidence, Metric.CSAT)


def ces(scores: Any, weights: Any = None, confidence: float = 0.95, scale: Scale = (1, 7)) -> EffortScore:
    """Customer effort (Dixon, Freeman, Toman 2010): mean with t interval, top two with Wilson's, and the histogram.

    The highest point is read as the best ("it was made easy for me"). Interval and edges of the mean as in `mean`
    with a scale. Raises EmptyInput, OutOfScale, NotNumeric, NotFinite, BadWeights.

    >>> score = ces([7, 6, 6, 5, 2])
    >>> print(score)
    CES 5.2 [2.812, 7], n = 5; top two 60.0% [23.1%, 88.2%]
    >>> score.histogram[6]
    2
    """
    return ces_from_counts(Counts.of(scores, weights), confidence, scale)


def ces_from_counts(counts: Any, confidence: float = 0.95, scale: Scale = (1, 7)) -> EffortScore:
    """`ces` from counts: a mapping from score to n, or `Counts`."""
    cells = Counts.from_any(counts)
    top2 = _share(cells, TOP_BOXES, scale, confidence, Metric.CES)
    average = mean_from_counts(cells, confidence, scale=scale)
    points = range(int(top2.scale[0]), int(top2.scale[1]) + 1)
    inherited = {field.name: getattr(average, field.name) for field in fields(Mean) if field.name != "metric"}
    return EffortScore(
        **inherited,
        top2=top2,
        histogram={point: cells.answers(point) for point in points},
        shares={point: cells.share(point, point) for point in points},
    )


def mean(scores: Any, weights: Any = None, confidence: float = 0.95, *, scale: Scale | None = None) -> Mean:
    """Mean Σwx/Σw with Student's t interval: variance Σw(x − m)²/Σw/(n − 1), n − 1 degrees of freedom, n effective.

    Assumes roughly normal means (many answers, or answers without long tails). With a `scale`, answers off it are
    refused and the interval is cut at its ends. Answers that are all equal, or a single one, say nothing about their
    spread, so a t interval would be absent or of no width: with a scale the interval is then the bound given in
    `intervals.constant_on_scale`; without one the call is refused.

    Raises EmptyInput, NotNumeric, NotFinite, BadWeights, OutOfScale; without a scale also NotEnoughData (one answer)
    and Degenerate (all equal).

    >>> print(mean([2, 4, 4, 6]))
    Mean 4 [1.402, 6.598], n = 4
    >>> print(mean([5, 5, 5], scale=(1, 5)))
    Mean 5 [2.474, 5], n = 3
    """
    return mean_from_counts(Counts.of(scores, weights), confidence, scale=scale)


def mean_from_counts(counts: Any, confidence: float = 0.95, *, scale: Scale | None = None) -> Mean:
    """`mean` from counts: a mapping from score to n, or `Counts`."""
    cells = Counts.from_any(counts)
    if scale is not None:
        check_on_scale(cells, scale, whole=False)
    weighing = cells.sum_w > 0
    scores, share = cells.scores[weighing], cells.sum_w[weighing] / cells.sum_w.sum()
    with np.errstate(over="ignore", invalid="ignore"):
        value = float(np.sum(share * scores))
        spread = float(np.sum(share * (scores - value) ** 2))
    if scores.min() == scores.max():
        value, spread = float(scores[0]), 0.0
    return _mean(value, spread, _Size(cells.total, cells.n_effective), confidence, scale)


def mean_from_totals(
    n: int,
    sum_w: float,
    sum_w2: float,
    sum_wx: float,
    sum_wx2: float,
    *,
    confidence: float = 0.95,
    scale: Scale | None = None,
) -> Mean:
    """`mean` from n, Σw, Σw², Σwx and Σwx² alone, as an engine adds them up (unweighted: Σw = Σw² = n).

    Totals lose a spread below a millionth of the answers' size; such answers count as all equal. With a `scale` only
    the mean can be held against it. Raises as `mean`.

    >>> print(mean_from_totals(4, 4, 4, 16, 72))
    Mean 4 [1.402, 6.598], n = 4
    """
    if n <= 0:
        raise EmptyInput("scores: no answer is left to measure; all are missing, or none was given.")
    if not all(map(math.isfinite, (sum_w, sum_w2, sum_wx, sum_wx2))):
        raise NotFinite("totals: each of Σw, Σw², Σwx and Σwx² must be a finite number.")
    if not (sum_w > 0 and sum_w2 > 0) or sum_w / n > sum_w2 / sum_w * (1 + 1e-9):
        raise BadWeights("totals: Σw and Σw² must be above zero and (Σw)² at most n·Σw².")
    value, square = sum_wx / sum_w, sum_wx2 / sum_w
    spread = square - value**2
    if scale is not None and not check_scale(scale)[0] <= value <= check_scale(scale)[1]:
        raise OutOfScale(f"totals: the mean {value:g} lies outside {scale[0]:g} to {scale[1]:g}. Name the right scale.")
    if spread < -1e-9 * square:
        raise BadParameter("totals: Σwx² is less than (Σwx)²/Σw, which no answers can do. Were the sums swapped?")
    spread = 0.0 if spread <= 1e-12 * square else spread
    return _mean(value, spread, _Size(n, min(sum_w / (sum_w2 / sum_w), float(n))), confidence, scale)


def _mean(value: float, spread: float, cells: _Size, confidence: float, scale: Scale | None) -> Mean:
    if not math.isfinite(value + spread):
        raise NotFinite("scores: too large to average. Measure them in a larger unit.")
    z = normal_quantile(confidence)
    limits = check_scale(scale) if scale is not None else None
    df = cells.n_effective - 1
    half = t_quantile(df, confidence) * math.sqrt(spread / df) if spread > 0 and df > 0 else math.inf
    if spread == 0:
        low, high = _without_spread(value, cells, confidence, limits)
    elif math.isfinite(half):
        low, high = value - half, value + half
    elif limits is not None:
        low, high = limits
    else:
        raise NotEnoughData(f"scores: {cells.n:,} answers weigh like {cells.n_effective:.3g}, too few for an interval.")
    told = spread > 0 and math.isfinite(half)
    error = math.sqrt(spread / df) if told else (high - low) / (2 * z)
    if limits is not None:
        low, high = max(low, limits[0]), min(high, limits[1])
    return Mean(
        value,
        low,
        high,
        cells.n,
        cells.n_effective,
        confidence,
        standard_error=error,
        df=df if told else max(df, 1.0),
        scale=limits,
    )


def _without_spread(value: float, cells: _Size, confidence: float, scale: Scale | None) -> tuple[float, float]:
    if scale is not None:
        return constant_on_scale(value, scale, cells.n_effective, confidence)
    if cells.n == 1:
        raise NotEnoughData("scores: one answer has no spread to judge a mean by. Give its scale, or more answers.")
    raise Degenerate(
        f"scores: all {cells.n:,} answers equal {value:g}, so their spread cannot be told. Give their scale."
    )


def _share(cells: Counts, boxes: int, scale: Scale, confidence: float, metric: Metric) -> Share:
    low_end, high_end = check_scale(scale)
    if not (low_end.is_integer() and high_end.is_integer()):
        raise BadParameter(f"scale: boxes need a scale between whole numbers, got {scale}.")
    if boxes != int(boxes) or not 1 <= boxes <= high_end - low_end:
        raise BadParameter(f"boxes: must be 1 to {high_end - low_end:g} on a scale {low_end:g} to {high_end:g}.")
    check_on_scale(cells, scale, whole=True)
    share = cells.share(high_end - boxes + 1, high_end)
    low, high = wilson(share, cells.n_effective, confidence)
    return Share(
        share,
        low,
        high,
        cells.total,
        cells.n_effective,
        confidence,
        boxes=int(boxes),
        scale=(low_end, high_end),
        metric=metric,
    )
