"""What drives satisfaction: each driver's share of the explained variance, with its interval."""

from kithkin.analysis.drivers.correlation import Missing
from kithkin.analysis.drivers.moments import BUCKETS, Moments, bucket_moments
from kithkin.analysis.drivers.shares import LMG_LIMIT, Importance, Method, importance, lmg, relative_weights

__all__ = [
    "BUCKETS",
    "LMG_LIMIT",
    "Importance",
    "Method",
    "Missing",
    "Moments",
    "bucket_moments",
    "importance",
    "lmg",
    "relative_weights",
]
