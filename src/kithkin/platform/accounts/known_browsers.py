"""Browsers in which somebody logged in before: strangers who guess at an address cannot lock its owner out of them.

A browser is known by a signed cookie: a name of its own, and the marks of the addresses that logged in there. It opens
nothing; wrong passwords that come from it are merely counted apart from everybody else's.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "kithkin_browser"
LASTS = 365 * 24 * 3600
MOST = 10
"""Addresses that one browser is known for: the latest."""
_SALT = "kithkin.platform.accounts.known_browsers"


def name_where_known(request: HttpRequest, address: str) -> str:
    """The browser's name if this address logged in there before, else ""."""
    name, marks = _read(request)
    return name if _mark(address) in marks else ""


def remember(request: HttpRequest, response: HttpResponse, address: str) -> None:
    """This address has logged in here: for a year the browser is known for it."""
    name, marks = _read(request)
    marks = [*(one for one in marks if one != _mark(address)), _mark(address)][-MOST:]
    response.set_cookie(
        COOKIE,
        signing.dumps({"name": name or secrets.token_urlsafe(12), "for": marks}, salt=_SALT),
        max_age=LASTS,
        path="/log-in/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return "", []
    return kept["name"], kept["for"]


def _mark(address: str) -> str:
    return salted_hmac(_SALT, address.lower(), algorithm="sha256").hexdigest()[:24]
