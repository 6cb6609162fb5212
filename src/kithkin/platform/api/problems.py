"""Problem documents (RFC 9457): what went wrong, for programs and for the people who read their logs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as InvalidRecord
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from kithkin.platform.models import ChangedMeanwhile

log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"


class Fault(Schema):
    """One thing that was wrong with what was sent: where, and what."""

    where: str
    what: str


class Problem(Schema):
    """RFC 9457, with the request's number, and the faults where there are several."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault] = Field(default_factory=list)


class Refused(Exception):
    """An operation says no: `kind` names the cause for programs, `detail` says it to people."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail = status, kind, detail


_TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    422: "Not valid",
    429: "Too many requests",
    500: "Broken",
}


def problem(request: HttpRequest, status: int, kind: str, detail: str, errors: Sequence[Fault] = ()) -> JsonResponse:
    """A response that says what is wrong."""
    document = Problem(
        type=f"urn:kithkin:problem:{kind}",
        title=_TITLES.get(status, "Problem"),
        status=status,
        detail=detail,
        instance=f"urn:kithkin:request:{request.META.get('kithkin.request_id', '')}",
        errors=list(errors),
    )
    response = JsonResponse(document.model_dump(), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="kithkin"'
    return response


def answer_with_problems(api: NinjaAPI) -> None:
    """Have `api` answer every error with a problem document."""
    plain: dict[type[Exception], tuple[int, str]] = {
        ChangedMeanwhile: (409, "changed-meanwhile"),
        PermissionDenied: (403, "not-allowed"),
    }
    for cause, (status, kind) in plain.items():
        api.exception_handler(cause)(_saying(status, kind))

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001
        return problem(request, 404, "not-found", _("There is nothing here, or it is not open to you."))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001
        return problem(request, 401, "not-authenticated", _("Send a valid token: Authorization: Bearer kk_…"))

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, exception: Refused) -> JsonResponse:
        return problem(request, exception.status, exception.kind, exception.detail)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, exception: ValidationError) -> JsonResponse:
        faults = [
            Fault(where=_place(error.get("loc", ())), what=str(error.get("msg", ""))) for error in exception.errors
        ]
        return problem(request, 422, "not-valid", _("Some of what was sent is not valid."), faults)

    @api.exception_handler(InvalidRecord)
    def invalid_record(request: HttpRequest, exception: InvalidRecord) -> JsonResponse:
        named = exception.message_dict if hasattr(exception, "error_dict") else {"": exception.messages}
        faults = [
            Fault(where=name.removeprefix("__all__"), what=text) for name, texts in named.items() for text in texts
        ]
        return problem(request, 422, "not-valid", _("Some of what was sent is not valid."), faults)

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, exception: Throttled) -> JsonResponse:
        response = problem(request, 429, "too-many-requests", _("Slow down, and try again a little later."))
        response.headers["Retry-After"] = str(int(exception.wait or 60))
        return response

    @api.exception_handler(Exception)
    def broken(request: HttpRequest, exception: Exception) -> JsonResponse:
        log.error("request failed", exc_info=exception)
        return problem(
            request, 500, "broken", _("The fault is ours, and it is in the log. Nothing half done was kept.")
        )

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, exception: HttpError) -> JsonResponse:
        return problem(request, exception.status_code, "bad-request", str(exception))


def _saying(status: int, kind: str) -> Any:
    def handler(request: HttpRequest, exception: Exception) -> JsonResponse:
        return problem(request, status, kind, str(exception) or _("You may not do this."))

    return handler


def _place(parts: Sequence[Any]) -> str:
    """ "body.payload.email" → "email": where the caller wrote it."""
    kept = [str(part) for part in parts if part not in {"body", "query", "path", "payload"}]
    return ".".join(kept)
