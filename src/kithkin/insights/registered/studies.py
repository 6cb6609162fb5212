"""What is released and worked out every night."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kithkin.platform.jobs import Scheduled, schedules

_TASKS = "kithkin.insights.tasks.studies"
schedules.add(
    Scheduled(gettext_noop("Release what has ended"), f"{_TASKS}.release_all", "10 2 * * *"),
    Scheduled(gettext_noop("Work out the weak link"), f"{_TASKS}.work_out_links", "40 2 * * *"),
)
