"""Of what people can be told: each room names its topics, each person says how soon they want to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.platform.models import User


class Frequency(models.TextChoices):
    """How soon somebody is told."""

    NOW = "now", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("never")


@dataclass(frozen=True)
class Topic:
    """One thing of which people are told; `concerns(user)` says who can choose it at all."""

    key: str
    label: str | Promise
    default: Frequency
    concerns: Callable[[User], bool] = lambda user: user.is_active
    position: int = 100


topics: Registry[Topic] = Registry(lambda topic: (topic.position, topic.key))


def frequency(user: User, topic: Topic) -> Frequency:
    """How soon this user wants to be told: as they chose, else as the topic does by itself."""
    chosen = user.notifications.get(topic.key) if isinstance(user.notifications, dict) else None
    return Frequency(chosen) if chosen in Frequency.values else topic.default
