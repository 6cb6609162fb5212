"""Around every request: an id for the logs, who is at work, their language and their time zone, and a door."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import structlog
from allauth.core.internal.httpkit import get_client_ip
from allauth.usersessions.models import UserSession
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from kithkin.platform.acting import Path, acting
from kithkin.platform.models import User

Handler = Callable[[HttpRequest], HttpResponse]
_ID = re.compile(r"[0-9a-zA-Z-]{8,36}")
_OPEN = (
    "/log-in/",
    "/static/",
    "/api/",
    "/healthz",
    "/readyz",
    "/language/",
    "/invitation/",
    "/first-start/",
    "/favicon.ico",
)
SEEN_EVERY = 300
_SEEN = "seen"
_HELD_BACK = re.compile(r"^(/invitation/|/first-start/|/log-in/password/reset/key/)(?!set-password|done/).+")
"""Addresses that let in whoever knows them: the log keeps only their beginning."""
log = structlog.get_logger("kithkin.request")


def request_id(handle: Handler) -> Handler:
    """Give the request an id (a proxy's, where it sent a good one), log its end, and answer with the id."""

    def handled(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        identity = given if _ID.fullmatch(given) else uuid.uuid4().hex
        request.META["kithkin.request_id"] = identity
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=identity)
        started = time.perf_counter()
        response = handle(request)
        if not request.path.startswith(("/static/", "/healthz", "/readyz")):
            took = round(1000 * (time.perf_counter() - started))
            log.info(
                "request",
                method=request.method,
                path=_HELD_BACK.sub(r"\1…", request.path),
                status=response.status_code,
                ms=took,
            )
        response.headers["X-Request-Id"] = identity
        return response

    return handled


def last_seen(handle: Handler) -> Handler:
    """Note in the list of sessions when and from where each was last at work.

    allauth's own middleware writes at every request, and on SQLite a write makes all others wait. What was noted last
    stands in the session, which is read anyway, so that most requests cost no statement.
    """

    def handled(request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            where = [get_client_ip(request) or "", request.headers.get("User-Agent", "")[:200]]
            noted = request.session.get(_SEEN, {})
            if noted.get("where") != where or time.time() - noted.get("at", 0) > SEEN_EVERY:
                request.session[_SEEN] = {"where": where, "at": int(time.time())}
                UserSession.objects.create_from_request(request)
        return handle(request)

    return handled


def acting_person(handle: Handler) -> Handler:
    """What is written in this request is written by its user; pages are in their language and zone."""

    def handled(request: HttpRequest) -> HttpResponse:
        path = Path.API if request.path.startswith("/api/") else Path.PAGE
        user = request.user if isinstance(request.user, User) else None
        with acting(user, path, request.META["kithkin.request_id"]):
            if user is None:
                return handle(request)
            with translation.override(user.language), timezone.override(user.zone):
                response = handle(request)
                response.headers.setdefault("Content-Language", user.language)
                response.headers.setdefault("Cache-Control", "private, no-cache")  # nor behind "back" after log-out
                return response

    return handled


def signed_in(handle: Handler) -> Handler:
    """Nothing but log-in, health, invitations and the API is shown to somebody unknown."""

    def handled(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated and not request.path.startswith(_OPEN):
            return redirect_to_login(request.get_full_path())
        return handle(request)

    return handled
