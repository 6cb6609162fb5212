"""Keys for programs: one's own, and those of services."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from kithkin.platform.access import allowed, anybody, is_administrator, user_of
from kithkin.platform.forms.tokens import ServiceTokenForm, TokenForm
from kithkin.platform.queries.tokens import tokens_visible_to
from kithkin.platform.services.tokens import NewToken, make_service_token, make_token, revoke_token


@allowed(anybody)
def tokens(request: HttpRequest) -> HttpResponse:
    """What there is, and where a new one is made."""
    user = user_of(request)
    shown = list(tokens_visible_to(user)[:200])
    return render(request, "platform/tokens.html", {"tokens": shown, "may_serve": is_administrator(user)})


@allowed(anybody)
def add_token(request: HttpRequest) -> HttpResponse:
    """A token of one's own."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = user_of(request)
        return _once_shown(request, make_token(user=user, made_by=user, **form.cleaned_data))
    return render(request, "platform/token_form.html", {"form": form, "title": _("A token for a program of yours")})


@allowed(is_administrator)
def add_service_token(request: HttpRequest) -> HttpResponse:
    """A token that belongs to a program rather than to a person."""
    form = ServiceTokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _once_shown(request, make_service_token(made_by=user_of(request), **form.cleaned_data))
    return render(request, "platform/token_form.html", {"form": form, "title": _("A token for a service")})


@require_POST
@allowed(anybody)
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token now."""
    token = get_object_or_404(tokens_visible_to(user_of(request)), pk=pk)
    revoke_token(token=token)
    messages.success(request, _("“%(token)s” opens nothing any more.") % {"token": token.name})
    return redirect("tokens")


@sensitive_variables("made")
def _once_shown(request: HttpRequest, made: NewToken) -> HttpResponse:
    """The text, on a page that no cache keeps."""
    response = render(request, "platform/token_made.html", {"token": made.token, "text_once": made.text})
    response.headers["Cache-Control"] = "no-store"
    return response
