"""What somebody is told, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kithkin.platform.models import Notification, User
from kithkin.platform.registries.notifications import Told, Topic, topics

MOST_NEW = 50
EARLIER = 25


@dataclass(frozen=True)
class InWords:
    """A notification with what it says; None where that is gone, or not for its reader's eyes any more."""

    notification: Notification
    topic: Topic | None
    told: Told | None


@dataclass(frozen=True)
class Page:
    """What is new, the latest first, `MOST_NEW` of it at most, and some of what was read."""

    new: Sequence[InWords]
    count: int
    earlier: Sequence[InWords]
    before: int | None
    """Behind which notification the next page of the earlier ones begins."""


def in_words(user: User, told: Sequence[Notification]) -> list[InWords]:
    """In this order; each topic is asked once."""
    known = {topic.key: topic for topic in topics}
    of_topic: Mapping[str, list[Notification]] = defaultdict(list)
    for one in told:
        of_topic[one.topic].append(one)
    said = {
        pk: words for key, rows in of_topic.items() if key in known for pk, words in known[key].tell(user, rows).items()
    }
    return [InWords(one, known.get(one.topic), said.get(one.pk)) for one in told]


def told_to(user: User) -> QuerySet[Notification]:
    """All of a user's, the latest first."""
    return Notification.objects.filter(user=user).order_by("-pk")


def unread(user: User) -> int:
    """How many the user has not read."""
    return told_to(user).filter(read_at__isnull=True).count()


def page_of(user: User, before: int = 0) -> Page:
    """The new ones, and the earlier ones behind `before`."""
    new = list(told_to(user).filter(read_at__isnull=True)[:MOST_NEW])
    read = told_to(user).filter(read_at__isnull=False)
    earlier = list((read.filter(pk__lt=before) if before else read)[: EARLIER + 1])
    more = len(earlier) > EARLIER
    earlier = earlier[:EARLIER]
    words = in_words(user, [*new, *earlier])
    return Page(words[: len(new)], unread(user), words[len(new) :], earlier[-1].pk if more else None)
