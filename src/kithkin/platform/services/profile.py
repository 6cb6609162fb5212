"""What people set about themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from kithkin.platform.listing import listings
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


@transaction.atomic
def choose_columns(*, user: User, listing: str, columns: Collection[str]) -> None:
    """Set which columns somebody sees of a list; KeyError where there is none of this name.

    Only lists and columns that there are stay, so that what is kept cannot grow.
    """
    chosen = {**user.listings, listing: [key for key in columns if key in listings[listing]]}
    user.listings = {key: sorted(listings[key].intersection(kept)) for key, kept in chosen.items() if key in listings}
    user.save(update_fields=["listings"])
