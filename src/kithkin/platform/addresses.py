"""Addresses for letters, which are written where there is no request."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a page: under the installation's own where it is known, else on this machine."""
    return (settings.PUBLIC_URL or settings.SERVED_AT).rstrip("/") + path


def host() -> str:
    """The name under which people reach the installation."""
    return urlsplit(settings.PUBLIC_URL or settings.SERVED_AT).hostname or "localhost"
