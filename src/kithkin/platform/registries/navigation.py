"""The way in: five verbs and settings, each with the pages that rooms bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.platform.models import User


class Verb(Enum):
    """What people come to do, in the order of the navigation."""

    LISTEN = "listen"
    SERVE = "serve"
    UNDERSTAND = "understand"
    ACT = "act"
    PEOPLE = "people"
    SETTINGS = "settings"

    @property
    def label(self) -> str:
        """As it is shown."""
        return str(_LABELS[self])


_LABELS: dict[Verb, str | Promise] = {
    Verb.LISTEN: _("Listen"),
    Verb.SERVE: _("Serve"),
    Verb.UNDERSTAND: _("Understand"),
    Verb.ACT: _("Act"),
    Verb.PEOPLE: _("People"),
    Verb.SETTINGS: _("Settings"),
}


@dataclass(frozen=True)
class Entry:
    """One page of the navigation: under which verb, its label and address name, and who is shown it."""

    verb: Verb
    label: str | Promise
    url_name: str
    allowed: Callable[[User], bool]
    position: int = 100


@dataclass(frozen=True)
class ReaderLink:
    """A page about the reader themselves, at their name."""

    label: str | Promise
    url_name: str
    position: int = 100


reader_links: Registry[ReaderLink] = Registry(lambda link: (link.position, link.url_name))
navigation: Registry[Entry] = Registry(lambda entry: (list(Verb).index(entry.verb), entry.position, entry.url_name))
