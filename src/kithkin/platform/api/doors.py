"""Whatever goes wrong under /api/ before or beside an operation is a problem document, too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kithkin.platform.api.problems import MEDIA_TYPE, it_broke, nothing_here, problem

Handler = Callable[[HttpRequest], HttpResponse]


def speak_in_problems(handle: Handler) -> Handler:
    """An address that is not there, a method it has not, a request that Django itself refuses."""

    def handled(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        if not request.path.startswith("/api/"):
            return response
        response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code < 400 or response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        return _said(request, response)

    return handled


def _said(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    status = response.status_code
    if status == 404:
        return nothing_here(request)
    if status >= 500:
        return it_broke(request)
    if status == 405:
        allowed = ", ".join(sorted(response.headers.get("Allow", "").split(", ")))
        said = _("Here one can %(allowed)s.") % {"allowed": allowed}
        return problem(request, 405, "no-such-method", said, headers={"Allow": allowed})
    return problem(request, status, "bad-request", _("The request was not understood."))
