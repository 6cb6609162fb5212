"""Bringing figures in by file: per unit and period, one value a line or a column for each figure."""
