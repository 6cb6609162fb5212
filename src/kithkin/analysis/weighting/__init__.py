"""Weights and weighted tables: raking with trimming, the design effect, crosstabs with significance letters."""

from kithkin.analysis.weighting.raking import Margin, Raked, deff, rake
from kithkin.analysis.weighting.tables import Cell, CrossTable, TableColumn, TableRow, crosstab

__all__ = ["Cell", "CrossTable", "Margin", "Raked", "TableColumn", "TableRow", "crosstab", "deff", "rake"]
