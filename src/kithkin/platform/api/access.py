"""Who asks: a token within its scopes, or somebody who is logged in. Both are counted against the rate of the user."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from kithkin.platform.acting import sign_in
from kithkin.platform.api.limits import count_request
from kithkin.platform.api.problems import Refused
from kithkin.platform.models import User
from kithkin.platform.services.tokens import token_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def scope_for(room: str, method: str | None) -> str:
    """What a token must hold for a request of this method: "directory:read"; "" where any token will do."""
    return f"{room}:{'read' if method in SAFE else 'write'}" if room else ""


class ByToken(HttpBearer):
    """`Authorization: Bearer kk_…`, with the room's read scope to read and its write scope for the rest."""

    openapi_description = "A personal or service token, made under Settings → Tokens."

    def __init__(self, room: str) -> None:
        super().__init__()
        self.room = room

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token's user, who from here on is at work."""
        found = token_of(token)
        if found is None:
            return None
        count_request(found.user)
        scope = scope_for(self.room, request.method)
        if scope and scope not in found.scopes:
            raise Refused(403, "scope-missing", _("This token has no scope “%(scope)s”.") % {"scope": scope})
        request.user = found.user
        sign_in(found.user)
        return found.user


class BySession(APIKeyCookie):
    """A logged-in browser; whatever is no mere reading needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME
    openapi_description = "The session of a logged-in browser; requests that write need the header X-CSRFToken."

    def __init__(self) -> None:
        super().__init__(csrf=False)  # looked at below, when it is known that there is a session at all

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002 (ninja's signature)
        """The user of the session."""
        if not isinstance(request.user, User) or not request.user.is_active:
            return None
        count_request(request.user)
        if check_csrf(request) is not None:
            raise Refused(403, "csrf-missing", _("Send the CSRF token of the session in the header X-CSRFToken."))
        return request.user


def access(room: str = "") -> list[Any]:
    """What a room's router is opened with: `Router(auth=access("directory"))`; without a room any token will do."""
    return [ByToken(room), BySession()]


def asker(request: HttpRequest) -> User:
    """Who asks, in an operation: nobody else gets that far."""
    assert isinstance(request.user, User)
    return request.user
