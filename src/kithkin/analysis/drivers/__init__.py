"""What drives satisfaction: each driver's share of the explained variance, with its interval."""

from kithkin.analysis.drivers.correlation import Missing
from kithkin.analysis.drivers.gaps import Gap, Kano, KanoCategory, gap, kano, kano_categories
from kithkin.analysis.drivers.moments import BUCKETS, Moments, bucket_moments, buckets_of
from kithkin.analysis.drivers.quadrants import Ellipse, Map, Placed, Quadrant
from kithkin.analysis.drivers.report_table import DriverReport, DriverShare
from kithkin.analysis.drivers.reporting import importance_performance, report, report_from_buckets
from kithkin.analysis.drivers.resampling import Bootstrap, bootstrap, bootstrap_buckets
from kithkin.analysis.drivers.shares import LMG_LIMIT, Importance, Method, importance, lmg, relative_weights
from kithkin.analysis.drivers.units import Resampled

__all__ = [
    "BUCKETS",
    "LMG_LIMIT",
    "Bootstrap",
    "DriverReport",
    "DriverShare",
    "Ellipse",
    "Gap",
    "Importance",
    "Kano",
    "KanoCategory",
    "Map",
    "Method",
    "Missing",
    "Moments",
    "Placed",
    "Quadrant",
    "Resampled",
    "bootstrap",
    "bootstrap_buckets",
    "bucket_moments",
    "buckets_of",
    "gap",
    "importance",
    "importance_performance",
    "kano",
    "kano_categories",
    "lmg",
    "relative_weights",
    "report",
    "report_from_buckets",
]
