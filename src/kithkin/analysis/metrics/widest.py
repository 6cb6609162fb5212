"""What n and the mean alone tell of a score, where no more of its answers may be known."""

from __future__ import annotations

from dataclasses import replace

from kithkin.analysis.metrics.counts import Scale
from kithkin.analysis.metrics.estimates import Mean, Metric
from kithkin.analysis.metrics.scores import mean_from_totals


def widest_from_mean(metric: Metric, n: float, total: float, scale: Scale) -> Mean:
    """NPS, CES or a mean out of n and the unweighted sum of what the metric averages, with the widest interval.

    Of all answers on the scale with this mean, those that stand at its two ends lie farthest apart: a share
    (x̄ − low)/(high − low) at the upper one, the rest at the lower one. Their spread gives Student's t interval, which
    no other answers with this mean exceed. A net promoter score is summed as −1, 0 and 1, whatever the scale, and told
    in points. Of a share of satisfied the mean tells all: that has an interval of its own (`csat_from_counts`).

    >>> print(widest_from_mean(Metric.MEAN, 10, 29.0, (1, 5)))
    Mean 2.9 [1.394, 4.406], n = 10
    >>> print(widest_from_mean(Metric.NPS, 100, 45.0, (0, 10)))
    NPS 45 [27.19, 62.81], n = 100
    """
    low, high = (-1.0, 1.0) if metric is Metric.NPS else scale
    unit = 100.0 if metric is Metric.NPS else 1.0
    upper = (total - n * low) / (high - low)
    squares = upper * high**2 + (n - upper) * low**2
    found = mean_from_totals(int(n), n, n, unit * total, unit**2 * squares, scale=(unit * low, unit * high))
    return replace(found, metric=metric)
