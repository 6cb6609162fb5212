"""Figures, brought to the warehouse; and by what it is loaded and looked after."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kithkin.platform.jobs import Scheduled, schedules
from kithkin.platform.registries.facts import FactLoader, FactSource, fact_loaders, fact_sources
from kithkin.platform.registries.later import Later

_TASKS = "kithkin.insights.tasks.loading"

fact_sources.add(FactSource("insights", Later("kithkin.insights.facts.tables")))
fact_loaders.add(FactLoader(f"{_TASKS}.load"))
schedules.add(
    Scheduled(gettext_noop("Warehouse: load what changed"), f"{_TASKS}.load", "* * * * *"),
    Scheduled(gettext_noop("Warehouse: keep files few"), f"{_TASKS}.look_after", "15 * * * *"),
)
