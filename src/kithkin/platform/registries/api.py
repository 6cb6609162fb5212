"""The API: each room brings its router, under its own name, which is also the name of its scopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise
    from ninja import NinjaAPI, Router


@dataclass(frozen=True)
class ApiRoom:
    """A room's part of the API, under /api/v1/<its routes>; a token may be given "<name>:read" and "<name>:write"."""

    name: str
    label: str | Promise
    router: Router


api_rooms: Registry[ApiRoom] = Registry(lambda room: room.name)


def scopes_offered() -> tuple[str, ...]:
    """Every scope a token can have."""
    return tuple(f"{room.name}:{kind}" for room in api_rooms for kind in ("read", "write"))


_made: list[NinjaAPI] = []


def provide_api(api: NinjaAPI) -> None:
    """Called once, by whoever puts the rooms' routers together."""
    _made[:] = [api]


def the_api() -> NinjaAPI:
    """The whole API."""
    return _made[0]
