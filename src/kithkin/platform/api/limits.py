"""How often a program may ask: by token and user, never by the address of an office."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle

from kithkin.platform.models import User


class ByUser(SimpleRateThrottle):
    """So many requests a minute for each user, whatever token they come with; the rate is `KITHKIN_API_RATE`."""

    scope = "api"

    def __init__(self) -> None:
        super().__init__(settings.API_RATE)

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """By the user's id; nobody is counted before it is known who asks."""
        return f"api-rate-{request.user.pk}" if isinstance(request.user, User) else None
