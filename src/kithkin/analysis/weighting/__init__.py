"""Weights, weighted tables and response rates: raking, the design effect, crosstabs with letters, RR1 to RR6."""

from kithkin.analysis.weighting.raking import Margin, Raked, deff, rake
from kithkin.analysis.weighting.response_rates import (
    Dispositions,
    ResponseRate,
    estimated_eligible,
    participation_rate,
    response_rate,
)
from kithkin.analysis.weighting.tables import Cell, CrossTable, TableColumn, TableRow, crosstab

__all__ = [
    "Cell",
    "CrossTable",
    "Dispositions",
    "Margin",
    "Raked",
    "ResponseRate",
    "TableColumn",
    "TableRow",
    "crosstab",
    "deff",
    "estimated_eligible",
    "participation_rate",
    "rake",
    "response_rate",
]
