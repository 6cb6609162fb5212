"""Who reads a page: always somebody logged in, as `@allowed` has seen to."""

from __future__ import annotations

from django.http import HttpRequest

from kithkin.platform.models import User


def reader(request: HttpRequest) -> User:
    """The user of the request."""
    assert isinstance(request.user, User)
    return request.user
