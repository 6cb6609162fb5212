"""The first page of a fresh installation, behind a link that `kithkin up` printed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kithkin.platform.forms.first_start import FirstAdministrator
from kithkin.platform.services.first_start import LinkIsSpent, is_open, make_first_administrator

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_start(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first administrator and let them in; a spent link says so."""
    if not is_open(token):
        return _spent(request)
    form = FirstAdministrator(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = make_first_administrator(token=token, **form.cleaned_data)
        except (LinkIsSpent, IntegrityError):
            return _spent(request)
        login(request, user, backend=BACKEND)
        messages.success(request, _("Welcome. You administer this installation."))
        return redirect("home")
    return render(request, "platform/first_start.html", {"form": form}, status=422 if form.errors else 200)


def _spent(request: HttpRequest) -> HttpResponse:
    return render(request, "platform/first_start_spent.html", {"what": str(LinkIsSpent())}, status=410)
