"""What this room does by the clock: every night what has ended is released, then the weak link and the chain."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kithkin.platform.jobs import Scheduled, schedules

schedules.add(
    Scheduled(
        gettext_noop("Understanding: work out the weak link"),
        "kithkin.insights.tasks.studies.work_out_links",
        "10 3 * * *",
    ),
    Scheduled(
        gettext_noop("Understanding: work out the chain"),
        "kithkin.insights.tasks.studies.work_out_chains",
        "40 3 * * *",
    ),
)
