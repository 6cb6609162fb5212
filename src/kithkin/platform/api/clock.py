"""What the API does by the clock."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kithkin.platform.jobs import Scheduled, schedules

schedules.add(
    Scheduled(
        gettext_noop("API: forget what was answered"), "kithkin.platform.api.once.forget_old_answers", "40 2 * * *"
    )
)
