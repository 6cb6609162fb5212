"""What people set about themselves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from kithkin.platform.models import User
from kithkin.platform.registries.notifications import Frequency, topics


@transaction.atomic
def change_profile(*, user: User, name: str, language: str, time_zone: str) -> None:
    """Set how somebody is called, in which language they read and in which zone their times are."""
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])


@transaction.atomic
def choose_notifications(*, user: User, choices: Mapping[str, Frequency]) -> None:
    """Set how soon somebody is told of each topic; only what differs from the topic's default is kept."""
    usual = {topic.key: topic.default for topic in topics}
    kept = {key: value for key, value in user.notifications.items() if key not in choices}
    chosen = {key: str(value) for key, value in choices.items() if key in usual and value != usual[key]}
    user.notifications = {**kept, **chosen}
    user.save(update_fields=["notifications"])
