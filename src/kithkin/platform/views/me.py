"""The reader about themselves."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.forms.me import Notifications, Profile
from kithkin.platform.services import profile, sessions


@allowed(anybody)
def me(request: HttpRequest) -> HttpResponse:
    """Name, language, zone, and of what to be told."""
    user = user_of(request)
    told = Notifications(user=user)
    form = Profile(
        request.POST or None, initial={"name": user.name, "language": user.language, "time_zone": user.time_zone}
    )
    if request.method == "POST" and form.is_valid():
        profile.change_profile(user=user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your profile is changed."))
        return redirect("me")
    return render(request, "platform/me/profile.html", {"form": form, "told": told})


@require_POST
@allowed(anybody)
def choose_notifications(request: HttpRequest) -> HttpResponse:
    """Keep of what, and how soon, the reader wants to be told."""
    user = user_of(request)
    told = Notifications(request.POST, user=user)
    if told.is_valid():
        profile.choose_notifications(user=user, choices=told.choices())
        messages.success(request, _("You will be told as you chose."))
    else:
        messages.error(request, _("That could not be read. Choose again."))
    return redirect("me")


@require_POST
@allowed(anybody)
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Log out there."""
    session = get_object_or_404(UserSession, pk=pk, user_id=request.user.pk)
    sessions.end_session(session=session)
    messages.success(request, _("You are logged out there."))
    return redirect("usersessions_list")
