"""Asking people to join, for those who administer; and joining, for those who were asked."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kithkin.platform.access import allowed, user_of
from kithkin.platform.forms.users import Invite, Join
from kithkin.platform.jobs import enqueue
from kithkin.platform.models import Invitation
from kithkin.platform.queries.users import in_words, invitation_with, invitations_reached_by, scope_names
from kithkin.platform.rules.mail import letters_stay_in
from kithkin.platform.rules.users import BeyondReach, may_manage_users
from kithkin.platform.services import invitations
from kithkin.platform.tasks.invitations import send_invitation

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@allowed(may_manage_users)
def invite(request: HttpRequest) -> HttpResponse:
    """Whom to ask; and who was asked and has not come yet."""
    user = user_of(request)
    form = Invite(request.POST or None, by=user, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        people, language = form.cleaned_data["people"], form.cleaned_data["language"]
        try:
            asked = invitations.invite(by=user, people=people, grants=form.grants(), language=language)
        except BeyondReach as refused:
            form.add_error("over", str(refused))
        else:
            _send(request, *asked.invited)
            _tell(request, asked)
            return redirect("invite")
    names = scope_names()
    waiting = [
        (one, [in_words(role, scope_id, names) for role, scope_id in one.grants])
        for one in invitations_reached_by(user)
    ]
    context = {"form": form, "waiting": waiting, "letters_stay": bool(letters_stay_in())}
    return render(request, "platform/users/invite.html", context)


@require_POST
@allowed(may_manage_users)
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """A new letter with a new link."""
    invitation = _reached(request, pk)
    _send(request, invitation)
    messages.success(request, _("Another letter goes to %(email)s.") % {"email": invitation.email})
    return redirect("invite")


@require_POST
@allowed(may_manage_users)
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The link works no more."""
    invitation = _reached(request, pk)
    invitations.withdraw(invitation=invitation)
    messages.success(request, _("%(email)s can no longer join by that link.") % {"email": invitation.email})
    return redirect("invite")


@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the letter's link opens: choose a name and a password, and be in."""
    found = invitation_with(token)
    if found is None:
        return render(request, "platform/users/gone.html", status=410)
    with translation.override(found.language):
        form = Join(request.POST or None, email=found.email, initial={"name": found.name})
        if request.method == "POST" and form.is_valid():
            name, password = form.cleaned_data["name"], form.cleaned_data["password1"]
            try:
                user = invitations.join(token=token, name=name, password=password)
            except invitations.InvitationGone:
                return render(request, "platform/users/gone.html", status=410)
            login(request, user, backend=_BACKEND)
            messages.success(
                request, _("Welcome. Set your time zone in your profile, where you find a second factor too.")
            )
            return redirect(settings.LOGIN_REDIRECT_URL)
        return render(request, "platform/users/join.html", {"form": form, "invitation": found})


def _reached(request: HttpRequest, pk: int) -> Invitation:
    for one in invitations_reached_by(user_of(request)):
        if one.pk == pk:
            return one
    raise Http404


def _send(request: HttpRequest, *asked: Invitation) -> None:
    base = settings.PUBLIC_URL or request.build_absolute_uri("/")
    for one in asked:
        enqueue(send_invitation, one.pk, base)


def _tell(request: HttpRequest, asked: invitations.Asked) -> None:
    if asked.invited:
        text = ngettext("One letter goes out.", "%(n)s letters go out.", len(asked.invited))
        messages.success(request, text % {"n": len(asked.invited)})
    if asked.known:
        text = ngettext("Has a log-in already: %(who)s.", "Have log-ins already: %(who)s.", len(asked.known))
        messages.success(request, text % {"who": ", ".join(user.email for user in asked.known)})
    if asked.waiting:
        text = ngettext("Was asked already: %(who)s.", "Were asked already: %(who)s.", len(asked.waiting))
        messages.warning(request, text % {"who": ", ".join(asked.waiting)})
