"""The API: each room brings its router, under its own name, which is also the name of its scopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise
    from ninja import NinjaAPI, Router


@dataclass(frozen=True)
class Refusal:
    """How a program is told that something cannot be done: the status, and the cause's name in `type`."""

    status: int
    kind: str


@dataclass(frozen=True)
class ApiRoom:
    """A room's part of the API, under /api/v1/<its routes>; a token may be given "<name>:read" and "<name>:write".

    `module` is the path of its package: in it stand `router` and, where the room's services say no by exceptions,
    `REFUSALS`, so that none of them becomes a 500. It is loaded when the API is put together.
    """

    name: str
    label: str | Promise
    module: str

    @property
    def router(self) -> Router:
        """Its operations."""
        return cast("Router", self._part("router"))

    @property
    def refusals(self) -> Mapping[type[Exception], Refusal]:
        """How each of its exceptions is told."""
        return cast("Mapping[type[Exception], Refusal]", self._part("REFUSALS", {}))

    def _part(self, name: str, *default: Any) -> Any:
        return getattr(import_module(self.module), name, *default)


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
