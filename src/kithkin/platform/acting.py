"""Who is at work, and by which path: known to everything that is written, without being handed through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kithkin.platform.models import User


class Path(StrEnum):
    """By which way a change came in."""

    PAGE = "page"
    API = "api"
    IMPORT = "import"
    JOB = "job"
    COMMAND = "command"


@dataclass(frozen=True)
class Acting:
    """One stretch of work: by whom (None: the system itself), by which path, under which request id."""

    user: User | None = None
    path: Path = Path.COMMAND
    request_id: str = ""


_NOBODY = Acting()
_now: ContextVar[Acting] = ContextVar("kithkin_acting", default=_NOBODY)


def now_acting() -> Acting:
    """Who is at work in this thread at this moment."""
    return _now.get()


@contextmanager
def acting(user: User | None, path: Path, request_id: str = "") -> Iterator[None]:
    """Within this block all that is written is written by `user`, by `path`."""
    token = _now.set(Acting(user, path, request_id or now_acting().request_id))
    try:
        yield
    finally:
        _now.reset(token)
