"""Who asks: a token within its scopes, or somebody who is logged in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from kithkin.platform.acting import sign_in
from kithkin.platform.api.problems import Refused
from kithkin.platform.models import User
from kithkin.platform.services.tokens import token_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class _ByToken(HttpBearer):
    """`Authorization: Bearer kk_…`, with the room's read scope to read and its write scope for the rest."""

    def __init__(self, room: str) -> None:
        super().__init__()
        self._room = room

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token's user, who from here on is at work."""
        found = token_of(token)
        if found is None:
            return None
        scope = f"{self._room}:{'read' if request.method in SAFE else 'write'}"
        if scope not in found.scopes:
            raise Refused(403, "scope-missing", f"This token has no scope “{scope}”.")
        request.user = found.user
        sign_in(found.user)
        return found.user


class _BySession(SessionAuth):
    """A logged-in browser; whatever is no mere reading needs the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002 (ninja's signature)
        """The user of the session."""
        return request.user if isinstance(request.user, User) and request.user.is_active else None


def access(room: str) -> list[Any]:
    """What a room's router is opened with: `Router(auth=access("directory"))`."""
    return [_ByToken(room), _BySession(csrf=True)]
