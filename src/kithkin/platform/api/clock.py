"""What the API does by the clock."""

from __future__ import annotations

from kithkin.platform.jobs import Scheduled, schedules

schedules.add(Scheduled("API: forget what was answered", "kithkin.platform.api.once.forget_old_answers", "40 2 * * *"))
