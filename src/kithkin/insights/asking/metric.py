"""Which statistic a field is read with."""

from __future__ import annotations

from collections.abc import Callable

from kithkin.analysis.metrics import (
    Counts,
    Metric,
    ces_from_counts,
    csat_from_counts,
    mean_from_counts,
    nps_from_counts,
)
from kithkin.analysis.results import Estimate
from kithkin.forms.models import Field

_NPS = {"nps", "inps", "enps"}


def metric_of(field: Field) -> Metric:
    """By what the field measures; a mean where it says nothing, or its scale is not the metric's."""
    if field.measures in _NPS and (field.low, field.high) == (0, 10):
        return Metric.NPS
    if field.measures == "csat" and _scale(field):
        return Metric.CSAT
    if field.measures == "ces" and _scale(field):
        return Metric.CES
    return Metric.MEAN


def scale_of(field: Field) -> tuple[float, float]:
    """Its ends; 0 and 1 where the field does not say."""
    return 0.0 if field.low is None else field.low, 1.0 if field.high is None else field.high


def title_of(field: Field) -> str:
    """The score's name: "iNPS", "CSAT", or the question's own."""
    known = {"nps": "NPS", "inps": "iNPS", "enps": "eNPS", "csat": "CSAT", "ces": "CES"}
    return known.get(field.measures) or str(field)


def estimator(field: Field) -> Callable[[Counts], Estimate]:
    """From counts of answers to the score with its interval."""
    metric, scale = metric_of(field), _scale(field)
    if metric is Metric.NPS:
        return nps_from_counts
    if metric is Metric.CSAT and scale:
        return lambda counts: csat_from_counts(counts, scale=scale)
    if metric is Metric.CES and scale:
        return lambda counts: ces_from_counts(counts, scale=scale)
    return lambda counts: mean_from_counts(counts, scale=scale)


def _scale(field: Field) -> tuple[float, float] | None:
    return (
        (field.low, field.high) if field.low is not None and field.high is not None and field.low < field.high else None
    )
