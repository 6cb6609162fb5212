"""What administrators look after: the queue, what failed, the schedules, and who gave a sign of life."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.platform.access import allowed, is_administrator
from kithkin.platform.queries.operations import operations as state
from kithkin.platform.rules.mail import letters_stay_in
from kithkin.platform.services import operations as services


@allowed(is_administrator)
def operations(request: HttpRequest) -> HttpResponse:
    """How it runs, and what to do about what does not."""
    return render(request, "platform/operations.html", {"state": state(), "letters_stay": letters_stay_in()})


@require_POST
@allowed(is_administrator)
def retry_job(request: HttpRequest, pk: str) -> HttpResponse:
    """Run a failed job again."""
    return _answer(request, done=services.retry_job(task_id=pk), said=_("The job runs again."))


@require_POST
@allowed(is_administrator)
def forget_job(request: HttpRequest, pk: str) -> HttpResponse:
    """Let a failed job be."""
    return _answer(request, done=services.forget_job(task_id=pk), said=_("The job is given up."))


@require_POST
@allowed(is_administrator)
def retry_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed delivery again."""
    return _answer(request, done=services.retry_delivery(failure_id=pk), said=_("The event is handed over again."))


@require_POST
@allowed(is_administrator)
def give_up_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Never hand this event to this subscriber."""
    return _answer(request, done=services.give_up_delivery(failure_id=pk), said=_("The delivery is given up."))


def _answer(request: HttpRequest, *, done: bool, said: str) -> HttpResponse:
    """Back to the page; what was done by somebody else, or by itself, is no error."""
    if done:
        messages.success(request, said)
    else:
        messages.info(request, _("Nothing was left to do: it ran meanwhile, or somebody else saw to it."))
    return redirect("operations")
