"""Who is at work, and by which path: known to everything that is written, without being handed through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kithkin.platform.models import User


class Path(StrEnum):
    """By which way a change came in."""

    PAGE = "page"
    API = "api"
    IMPORT = "import"
    JOB = "job"
    COMMAND = "command"


class Memory:
    """What was read once and holds for one stretch of work. Only a request has one: longer work reads again."""

    def __init__(self, *, keeps: bool) -> None:
        self._keeps = keeps
        self._known: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """What is remembered under this name, else None."""
        return self._known.get(name)

    def remember(self, name: str, value: Any) -> None:
        """Keep it until the request ends."""
        if self._keeps:
            self._known[name] = value

    def forget(self, name: str) -> None:
        """It is no longer true."""
        self._known.pop(name, None)


@dataclass(frozen=True)
class Acting:
    """One stretch of work: by whom (None: the system itself), by which path, under which request id."""

    user: User | None = None
    path: Path = Path.COMMAND
    request_id: str = ""
    memory: Memory = field(default_factory=lambda: Memory(keeps=False), compare=False, repr=False)


_NOBODY = Acting()
_now: ContextVar[Acting] = ContextVar("kithkin_acting", default=_NOBODY)


def now_acting() -> Acting:
    """Who is at work in this thread at this moment."""
    return _now.get()


def sign_in(user: User) -> None:
    """From here to the end of the surrounding `acting` block it is this user who is at work."""
    _now.set(replace(_now.get(), user=user))


@contextmanager
def acting(user: User | None, path: Path, request_id: str = "") -> Iterator[None]:
    """Within this block all that is written is written by `user`, by `path`."""
    memory = Memory(keeps=path in {Path.PAGE, Path.API})
    token = _now.set(Acting(user, path, request_id or now_acting().request_id, memory))
    try:
        yield
    finally:
        _now.reset(token)
