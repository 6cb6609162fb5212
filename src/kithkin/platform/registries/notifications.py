"""Of what people can be told: each room names its topics, each person says how soon they want a mail of it.

A room tells somebody by `services.notifications.notify` in a receiver of its event. What is kept are ids; the topic's
`tell` makes sentences of them, whenever they are read or mailed:

    def tell(user, told):                            # of this topic only, for one reader
        found = needs_visible_to(user).in_bulk([one.facts["need"] for one in told])
        return {one.pk: Told(_("A need is yours"), reverse(…)) for one in told if one.facts["need"] in found}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.platform.models import Notification, User


class Frequency(models.TextChoices):
    """How soon somebody is mailed."""

    NOW = "now", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("never")


@dataclass(frozen=True)
class Told:
    """What a notification says to its reader, and the path of the page where it is."""

    sentence: str
    address: str
    still: bool = True
    """Whether it still is as it says: what was settled meanwhile is not mailed any more."""


def _nothing(_user: User, _told: Sequence[Notification]) -> dict[int, Told]:
    return {}


@dataclass(frozen=True)
class Topic:
    """One thing of which people are told; `concerns(user)` says who can choose it at all.

    `tell(user, notifications)` says by id what they tell this user, in the active language, in a number of statements
    that does not depend on how many there are. It leaves out what the user may not see, or not any more.
    """

    key: str
    label: str | Promise
    default: Frequency
    concerns: Callable[[User], bool] = lambda user: user.is_active
    position: int = 100
    tell: Callable[[User, Sequence[Notification]], Mapping[int, Told]] = _nothing


topics: Registry[Topic] = Registry(lambda topic: (topic.position, topic.key))


def frequency(user: User, topic: Topic) -> Frequency:
    """How soon this user wants to be mailed: as they chose, else as the topic does by itself."""
    chosen = user.notifications.get(topic.key) if isinstance(user.notifications, dict) else None
    return Frequency(chosen) if chosen in Frequency.values else topic.default
