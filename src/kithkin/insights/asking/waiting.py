"""Questions that take long: each bears its asker's ticket, by which whoever waits can stop it, from any process."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kithkin.insights.engines import engine
from kithkin.platform.models import User

HEADER = "X-Question-Ticket"
_TICKET = re.compile(r"[A-Za-z0-9_-]{16,40}")
_asked: ContextVar[str] = ContextVar("ticket", default="")


def new_ticket() -> str:
    """For the next question of a page."""
    return secrets.token_urlsafe(16)


@contextmanager
def stoppable(user: User, ticket: str) -> Iterator[None]:
    """What is counted inside can be stopped by this user with this ticket; without a proper one it cannot."""
    token = _asked.set(_of(user, ticket))
    try:
        yield
    finally:
        _asked.reset(token)


def ticket_now() -> str:
    """The ticket of the question that is being answered; "" where it bears none."""
    return _asked.get()


def stop(user: User, ticket: str) -> None:
    """Stop what this user asked with this ticket; another one's question is never touched."""
    if known := _of(user, ticket):
        engine().cancel(known)


def _of(user: User, ticket: str) -> str:
    return f"{user.pk}-{ticket}" if _TICKET.fullmatch(ticket) else ""
