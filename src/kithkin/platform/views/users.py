"""Log-ins, for those who administer."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kithkin.platform.access import allowed, is_administrator, user_of
from kithkin.platform.forms.users import GIVEN_ROLES, GiveRole, scope_of
from kithkin.platform.forms.users import ChangeUser as ChangeUserForm
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import Role, RoleGrant, User
from kithkin.platform.queries.history import history_of
from kithkin.platform.queries.users import (
    invitations_reached_by,
    scope_names,
    users_reached_by,
    users_with_role,
)
from kithkin.platform.rules.users import BeyondReach, LastAdministrator, may_manage_users
from kithkin.platform.services import profile, sessions, users

USERS = Listing[User](
    "users",
    columns=(
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("email", gettext_lazy("E-mail"), sort="email"),
        Column("roles", gettext_lazy("Roles")),
        Column("joined", gettext_lazy("Joined"), sort="joined_at"),
        Column("last_login", gettext_lazy("Last log-in")),
        Column("language", gettext_lazy("Language"), sort="language", shown=False),
        Column("time_zone", gettext_lazy("Time zone"), sort="time_zone", shown=False),
    ),
    filters=(
        Choice("role", gettext_lazy("Role"), GIVEN_ROLES, users_with_role),
        Choice(
            "state",
            gettext_lazy("State"),
            (("on", gettext_lazy("may log in")), ("off", gettext_lazy("switched off"))),
            lambda rows, value: rows.filter(is_active=value == "on"),
        ),
    ),
    search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(email__icontains=text)),
    sort="name",
)


@allowed(may_manage_users)
def user_list(request: HttpRequest) -> HttpResponse:
    """Everybody whom the reader administers."""
    page = USERS.page(users_reached_by(user_of(request)), request)
    reader = user_of(request)
    asked = len(invitations_reached_by(reader))
    context = {"page": page, "names": scope_names(), "everything": is_administrator(reader), "asked": asked}
    return render(request, "platform/users/list.html", context)


@allowed(may_manage_users)
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One log-in: who, which roles, and what an administrator can do for them."""
    shown = _reached(request, pk)
    form = ChangeUserForm(
        request.POST or None, initial={"name": shown.name, "language": shown.language, "time_zone": shown.time_zone}
    )
    if request.method == "POST":
        if not is_administrator(user_of(request)):
            return _refused(request, shown, str(BeyondReach()))
        if form.is_valid():
            profile.change_profile(user=shown, **form.cleaned_data)
            messages.success(request, _("The log-in is changed."))
            return redirect("user", pk)
    return _page(request, shown, form=form)


@require_POST
@allowed(may_manage_users)
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role over what the reader administers."""
    shown = _reached(request, pk)
    form = GiveRole(request.POST, by=user_of(request))
    if not form.is_valid():
        return _page(request, shown, give=form, status=422)
    role, scope_id = Role(form.cleaned_data["role"]), scope_of(form.cleaned_data["over"])
    users.give_role(by=user_of(request), user=shown, role=role, scope_id=scope_id)
    messages.success(request, _("%(user)s has the role now.") % {"user": shown})
    return redirect("user", pk)


@require_POST
@allowed(may_manage_users)
def take_role(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    """Take a role."""
    shown = _reached(request, pk)
    grant = get_object_or_404(RoleGrant, pk=grant_pk, user=shown)
    try:
        users.take_role(by=user_of(request), grant=grant)
    except (BeyondReach, LastAdministrator) as refused:
        return _refused(request, shown, str(refused))
    messages.success(request, _("%(user)s no longer has the role.") % {"user": shown})
    # who took from themselves what opened this page goes home
    return redirect("user", pk) if shown.pk != request.user.pk else redirect("home")


@require_POST
@allowed(is_administrator)
def switch_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a log-in off, or on again."""
    shown = _reached(request, pk)
    if request.POST.get("on") == "yes":
        users.switch_on(user=shown)
        messages.success(request, _("%(user)s may log in again.") % {"user": shown})
        return redirect("user", pk)
    try:
        users.switch_off(user=shown)
    except LastAdministrator as refused:
        shown.refresh_from_db(fields=["is_active"])
        return _refused(request, shown, str(refused))
    messages.success(request, _("%(user)s may log in no more.") % {"user": shown})
    return redirect("user", pk)


@require_POST
@allowed(is_administrator)
def log_out_user(request: HttpRequest, pk: int) -> HttpResponse:
    """End all their sessions."""
    shown = _reached(request, pk)
    sessions.log_out_everywhere(user=shown)
    messages.success(request, _("%(user)s is logged out everywhere.") % {"user": shown})
    return redirect("user", pk)


@require_POST
@allowed(is_administrator)
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take lost factors away, so that the password is enough once more."""
    shown = _reached(request, pk)
    users.reset_second_factor(user=shown)
    messages.success(request, _("%(user)s logs in with the password alone now.") % {"user": shown})
    return redirect("user", pk)


def _reached(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(users_reached_by(user_of(request)), pk=pk)


def _refused(request: HttpRequest, shown: User, why: str) -> HttpResponse:
    messages.error(request, why)
    return _page(request, shown, status=422)


def _page(request: HttpRequest, shown: User, status: int = 200, **forms: Any) -> HttpResponse:
    everything = is_administrator(user_of(request))
    first = {"name": shown.name, "language": shown.language, "time_zone": shown.time_zone}
    context = {
        "shown": shown,
        "names": scope_names(),
        "everything": everything,
        "form": ChangeUserForm(initial=first) if everything else None,
        "give": GiveRole(by=user_of(request)),
        "factors": Authenticator.objects.filter(user=shown).count() if everything else 0,
        "history": history_of(shown) if everything else (),
        **forms,
    }
    return render(request, "platform/users/user.html", context, status=status)
