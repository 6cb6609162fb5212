"""The home page: rooms bring the sentences at its top, the picture, and what waits for the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kithkin.platform.models import User


@dataclass(frozen=True)
class Panel:
    """A part of the home page: a template and what fills it, or None where it has nothing to say to this reader.

    It is built anew when something that the trail or a `State` follows has changed; of the request it may use the user.
    """

    template: str
    build: Callable[[HttpRequest], dict[str, Any] | None]
    position: int = 100
    styles: Sequence[str] = ()
    """Static files that the panel needs in the page's head: style sheets,"""
    scripts: Sequence[str] = ()
    """and scripts."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person: what to do, a line about it, and where."""

    title: str
    line: str
    url: str


@dataclass(frozen=True)
class WaitingSource:
    """`find(user)` returns what waits for this user, the most urgent first, ten at most.

    It is asked each time, unless all it reads is `followed` by the trail or a `State`, as what panels read has to be.
    """

    find: Callable[[User], Sequence[Waiting]]
    position: int = 100
    followed: bool = False


panels: Registry[Panel] = Registry(lambda panel: panel.position)
waiting: Registry[WaitingSource] = Registry(lambda source: source.position)
