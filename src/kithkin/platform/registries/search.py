"""Search over everything one may see: each room says how its things are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.platform.models import User


@dataclass(frozen=True)
class Hit:
    """One thing found: its title, a line about it, and where it is. `side` is "kith", "kin" or ""."""

    title: str
    line: str
    url: str
    side: str = ""


@dataclass(frozen=True)
class Finder:
    """How one kind of thing is found; `find(user, text, limit)` returns only what the user may see, the best first."""

    label: str | Promise
    find: Callable[[User, str, int], Sequence[Hit]]
    position: int = 100


finders: Registry[Finder] = Registry(lambda finder: finder.position)
