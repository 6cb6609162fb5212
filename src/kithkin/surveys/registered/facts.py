"""What the warehouse counts of this room."""

from __future__ import annotations

from kithkin.platform.registries.facts import FactSource, fact_sources
from kithkin.platform.registries.later import Later

fact_sources.add(FactSource(room="surveys", tables=Later("kithkin.surveys.facts.tables")))
