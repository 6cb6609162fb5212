"""What the frame around every page needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse

from kithkin.platform.access import is_administrator
from kithkin.platform.models import User
from kithkin.platform.queries.notifications import unread
from kithkin.platform.registries.navigation import Verb, navigation, reader_links

MOST_UNFOLDED = 2


@dataclass(frozen=True)
class Link:
    """One entry of the navigation, for one reader on one page."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class Group:
    """A verb with its entries; open where the reader is in it."""

    verb: str
    label: str
    links: tuple[Link, ...]

    @property
    def here(self) -> bool:
        """Whether the page shown belongs here."""
        return any(link.here for link in self.links)

    @property
    def folded(self) -> bool:
        """Whether it opens only when asked: settings are seldom looked for, and would push the reader off the page."""
        return self.verb == Verb.SETTINGS.value and len(self.links) > MOST_UNFOLDED


def frame(request: HttpRequest) -> dict[str, Any]:
    """The navigation for this reader, and the organisation's name."""
    user = getattr(request, "user", None)
    return {
        "navigation": groups(user, request.path) if isinstance(user, User) else (),
        "unread": partial(_new_to, user) if isinstance(user, User) else 0,
        "reader_links": [(link.label, reverse(link.url_name)) for link in reader_links],
        "organisation": settings.ORGANISATION,
        "is_simulated": settings.SIMULATED.exists(),
        "administers": partial(is_administrator, user) if isinstance(user, User) else False,
    }


def _new_to(user: User) -> int:
    """How many notifications the user has not read: one small statement, where a whole page is drawn."""
    try:
        return unread(user)
    except DatabaseError:  # the page that says what broke has a frame as well
        return 0


def groups(user: User, path: str) -> tuple[Group, ...]:
    """The verbs that have something for this user; the entry whose address is the longest start of `path` is here."""
    shown = [(entry, reverse(entry.url_name)) for entry in navigation if entry.allowed(user)]
    here = max((url for _, url in shown if path.startswith(url)), key=len, default=None)
    made = (
        Group(
            verb.value,
            verb.label,
            tuple(Link(str(entry.label), url, url == here) for entry, url in shown if entry.verb is verb),
        )
        for verb in Verb
    )
    return tuple(group for group in made if group.links)
