"""What the warehouse holds of this room."""

from __future__ import annotations

from kithkin.platform.registries.facts import fact_sources
from kithkin.servicedesk.facts import SOURCE

fact_sources.add(SOURCE)
