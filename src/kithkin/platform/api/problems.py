"""Problem documents (RFC 9457): what went wrong, for programs and for the people who read their logs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as InvalidRecord
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.registries.api import Refusal, api_rooms

log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"
MOST_FAULTS = 50


class Fault(Schema):
    """One thing that was wrong with what was sent: where, and what."""

    where: str = Field(description="The field, as the caller wrote it; empty for the whole.")
    what: str


class Problem(Schema):
    """What went wrong (RFC 9457): `type` names the cause for programs, `detail` says it to people."""

    type: str = Field(examples=["urn:kithkin:problem:changed-meanwhile"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="The request's number, which is in the log and in the header X-Request-Id.")
    errors: list[Fault] = Field(default_factory=list, description="The faults, where there are several.")


class Refused(Exception):
    """An operation says no: `kind` names the cause for programs, `detail` says it to people."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.faults, self.headers = status, kind, detail, faults, headers or {}


TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    405: "No such method here",
    409: "Conflict",
    413: "Too large",
    415: "Unknown media type",
    422: "Not valid",
    429: "Too many requests",
    500: "Broken",
}
PLAIN: dict[type[Exception], Refusal] = {
    ChangedMeanwhile: Refusal(409, "changed-meanwhile"),
    PermissionDenied: Refusal(403, "not-allowed"),
    RequestDataTooBig: Refusal(413, "too-large"),
    SuspiciousOperation: Refusal(400, "bad-request"),
    UnreadablePostError: Refusal(400, "bad-request"),
}
"""What Django and the platform raise. What a room's services raise stands in the room's own table."""


def problem(
    request: HttpRequest,
    status: int,
    kind: str,
    detail: str,
    *,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """A response that says what is wrong."""
    document = Problem(
        type=f"urn:kithkin:problem:{kind}",
        title=TITLES.get(status, "Problem"),
        status=status,
        detail=_readable(detail),
        instance=f"urn:kithkin:request:{request.META.get('kithkin.request_id', '')}",
        errors=list(faults)[:MOST_FAULTS],
    )
    response = JsonResponse(document.model_dump(), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="kithkin"'
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def answer_with_problems(api: NinjaAPI) -> None:
    """Have `api` answer every error with a problem document."""
    for cause, refusal in _refusals():
        api.add_exception_handler(cause, _saying(refusal))

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
        return nothing_here(request)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
        return problem(request, 401, "not-authenticated", _("Send a valid token: Authorization: Bearer kk_…"))

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, exception: Refused) -> HttpResponse:
        kind, said = exception.kind, exception.detail
        return problem(request, exception.status, kind, said, faults=exception.faults, headers=exception.headers)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, exception: ValidationError) -> HttpResponse:
        return _invalid(request, [_fault(error) for error in exception.errors[:MOST_FAULTS]])

    @api.exception_handler(InvalidRecord)
    def invalid_record(request: HttpRequest, exception: InvalidRecord) -> HttpResponse:
        named = exception.message_dict if hasattr(exception, "error_dict") else {"": exception.messages}
        return _invalid(request, [fault(name, text) for name, texts in named.items() for text in texts])

    @api.exception_handler(Exception)
    def broken(request: HttpRequest, exception: Exception) -> HttpResponse:
        log.error("request failed", exc_info=exception)
        return it_broke(request)

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, exception: HttpError) -> HttpResponse:
        if isinstance(exception.__cause__, Refused):  # from our parser, which ninja wraps
            return refused(request, exception.__cause__)
        return problem(request, exception.status_code, "bad-request", str(exception))


def nothing_here(request: HttpRequest) -> HttpResponse:
    """404: not there, or not for this reader; the two look alike."""
    return problem(request, 404, "not-found", _("There is nothing here, or it is not open to you."))


def it_broke(request: HttpRequest) -> HttpResponse:
    """500: the fault is ours."""
    return problem(request, 500, "broken", _("The fault is ours, and it is in the log. Nothing half done was kept."))


def fault(where: str, what: str) -> Fault:
    """One fault, at a field as the caller calls it."""
    return Fault(where=_readable(where.removeprefix("__all__")), what=_readable(what))


def _refusals() -> Iterator[tuple[type[Exception], Refusal]]:
    yield from PLAIN.items()
    for room in api_rooms:
        yield from room.refusals.items()


def _saying(refusal: Refusal) -> Any:
    def handler(request: HttpRequest, exception: Exception) -> HttpResponse:
        said = str(exception) or _("You may not do this.")
        if refusal.status == 413:
            said = _("The request is larger than 1 MB. Send less at a time, or import a file.")
        return problem(request, refusal.status, refusal.kind, said)

    return handler


def _invalid(request: HttpRequest, faults: Sequence[Fault]) -> HttpResponse:
    return problem(request, 422, "not-valid", _("Some of what was sent is not valid."), faults=faults)


def _fault(error: Mapping[str, Any]) -> Fault:
    """ "body.payload.email" → "email": where the caller wrote it."""
    kept = [str(part) for part in error.get("loc", ()) if part not in {"body", "query", "path", "sent", "asked"}]
    return fault(".".join(kept), str(error.get("msg", "")).removeprefix("Value error, "))


def _readable(text: str) -> str:
    """Without what cannot be written in UTF-8, and no longer than anybody reads."""
    return text[:1000].encode(errors="replace").decode()
