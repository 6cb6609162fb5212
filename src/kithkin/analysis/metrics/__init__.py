"""Scores with honest uncertainty: NPS, CSAT, CES, mean and top box, raw or from counts, and whether they changed."""

from kithkin.analysis.metrics.comparison import Difference, compare
from kithkin.analysis.metrics.counts import Counts, Scale
from kithkin.analysis.metrics.estimates import EffortScore, Mean, Metric, NetPromoter, Share
from kithkin.analysis.metrics.scores import (
    answer_values,
    ces,
    ces_from_counts,
    csat,
    csat_from_counts,
    mean,
    mean_from_counts,
    mean_from_totals,
    nps,
    nps_from_counts,
    top_box,
    top_box_from_counts,
)
from kithkin.analysis.metrics.several import (
    ComparedPair,
    Comparisons,
    benjamini_hochberg,
    compare_many,
    compare_pairs,
    compare_with_rest,
    holm,
)
from kithkin.analysis.metrics.widest import widest_from_mean
from kithkin.analysis.results import Estimate

__all__ = [
    "ComparedPair",
    "Comparisons",
    "Counts",
    "Difference",
    "EffortScore",
    "Estimate",
    "Mean",
    "Metric",
    "NetPromoter",
    "Scale",
    "Share",
    "answer_values",
    "benjamini_hochberg",
    "ces",
    "ces_from_counts",
    "compare",
    "compare_many",
    "compare_pairs",
    "compare_with_rest",
    "csat",
    "csat_from_counts",
    "holm",
    "mean",
    "mean_from_counts",
    "mean_from_totals",
    "nps",
    "nps_from_counts",
    "top_box",
    "top_box_from_counts",
    "widest_from_mean",
]
