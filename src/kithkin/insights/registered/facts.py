"""Figures, brought to the warehouse."""

from __future__ import annotations

from kithkin.insights.facts import tables
from kithkin.platform.registries.facts import FactSource, fact_sources

fact_sources.add(FactSource("insights", tables))
