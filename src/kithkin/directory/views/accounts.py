"""Accounts: the list, one account's page, and the forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.forms.accounts import AccountForm
from kithkin.directory.forms.pickers import as_picked
from kithkin.directory.models import Account, Purchase, Unit
from kithkin.directory.queries.accounts import accounts_visible_to, counted, looked_after_by, search_accounts
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.queries.people_list import rows_for, tied_to, with_places
from kithkin.directory.queries.profile import purchases_of
from kithkin.directory.rules.accounts import can_add_account, can_edit_account, can_see_accounts
from kithkin.directory.rules.people import can_add_into
from kithkin.directory.services.accounts import AccountNumberTaken, add_account, change_account
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.asked import typed
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import ChangedMeanwhile, User
from kithkin.platform.registries.scopes import scopes
from kithkin.platform.views.meanwhile import differences

FIELDS = ("name", "number", "industry", "country", "unit")
MOST_PEOPLE = 25
MOST_SUGGESTED = 8
ACCOUNTS = Listing[Account](
    "accounts",
    columns=(
        Column("name", gettext_lazy("Name"), sort="name_folded"),
        Column("number", gettext_lazy("Number")),
        Column("unit", gettext_lazy("Looked after by")),
        Column("industry", gettext_lazy("Industry")),
        Column("country", gettext_lazy("Country")),
        Column("people", gettext_lazy("People"), figure=True),
    ),
    sort="name",
    filters=(
        Choice(
            "unit",
            gettext_lazy("Looked after by"),
            lambda _request: [(str(pk), name) for pk, name in scopes().names().items()],
            lambda rows, value: looked_after_by(rows, int(value)),
        ),
    ),
    search=search_accounts,
)


@allowed(can_see_accounts)
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts that the reader sees."""
    user = user_of(request)
    page = ACCOUNTS.page(counted(accounts_visible_to(user)), request)
    context = {"page": page, "may_add": can_add_account(user)}
    return render(request, "directory/accounts/list.html", context)


@allowed(anybody)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Who belongs to it, what was bought, who looks after it."""
    user = user_of(request)
    shown = get_object_or_404(accounts_visible_to(user).select_related("unit"), pk=pk)
    people = with_places(tied_to(people_visible_to(user), pk)).order_by("name_folded", "pk")
    found = list(people[: MOST_PEOPLE + 1])
    latest, sums = purchases_of(Purchase.objects.filter(account=shown))
    context = {
        "account": shown,
        "people": rows_for(user, found[:MOST_PEOPLE]),
        "more": len(found) > MOST_PEOPLE,
        "purchases": latest,
        "sums": sums,
        "may_edit": can_edit_account(user, shown),
    }
    return render(request, "directory/accounts/account.html", context)


@allowed(can_add_account)
def add(request: HttpRequest) -> HttpResponse:
    """Write an account down."""
    user = user_of(request)
    form = AccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            _check_place(user, form.cleaned_data["unit"])
            made = add_account(**{name: form.cleaned_data[name] for name in FIELDS})
        except (AccountNumberTaken, ValidationError) as error:
            form.add_error(None, error.messages if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, _("%(account)s is in the directory.") % {"account": made})
            return redirect("account", pk=made.pk)
    context = {"form": form, "title": _("A new account"), "verb": _("Add"), "back": reverse("accounts")}
    return render(request, "directory/accounts/form.html", context)


@allowed(can_add_account)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an account."""
    user = user_of(request)
    shown = get_object_or_404(accounts_visible_to(user), pk=pk)
    if not can_edit_account(user, shown):
        raise PermissionDenied
    form = AccountForm(request.POST or None, user=user, initial=_initial(shown), keep=shown.unit_id)
    context: dict[str, Any] = {"form": form, "version": shown.version, "verb": _("Save")}
    context["title"] = _("Change “%(name)s”") % {"name": shown.name}
    context["back"] = reverse("account", args=[pk])
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            shown.expect(request.POST.get("version"))
            _check_place(user, form.cleaned_data["unit"])
            change_account(account=shown, **{name: form.cleaned_data[name] for name in FIELDS})
        except ChangedMeanwhile:
            now = Account.objects.get(pk=pk)
            fresh = AccountForm(user=user, initial=_initial(now))
            context |= {"version": now.version, "differences": differences(form, fresh)}
            status = 409
        except (AccountNumberTaken, ValidationError) as error:
            form.add_error(None, error.messages if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("account", pk=pk)
    return render(request, "directory/accounts/form.html", context, status=status)


@allowed(can_see_accounts)
def suggest_accounts(request: HttpRequest) -> HttpResponse:
    """What a picker suggests while somebody types."""
    text = typed(request.GET, "q")
    found = search_accounts(accounts_visible_to(user_of(request)), text) if len(text) > 1 else Account.objects.none()
    options = [(as_picked(one), one.number) for one in found.order_by("name_folded", "pk")[:MOST_SUGGESTED]]
    return render(request, "directory/suggestions.html", {"options": options})


def _check_place(user: User, unit: Unit | None) -> None:
    if not can_add_into(user, {unit.pk} if unit else ()):
        raise ValidationError(_("Your role is over a part of the organisation: choose a unit of it."))


def _initial(account: Account) -> dict[str, Any]:
    return {**{name: getattr(account, name) for name in FIELDS}, "unit": account.unit_id}
