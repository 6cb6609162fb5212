"""The list of people, and suggestions out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kithkin.directory.forms.pickers import as_picked
from kithkin.directory.models import Person
from kithkin.directory.queries.accounts import accounts_visible_to
from kithkin.directory.queries.people import people_visible_to, profiles_visible_to
from kithkin.directory.queries.people_brought import brought_by, import_choices
from kithkin.directory.queries.people_found import search_people
from kithkin.directory.queries.people_list import of_side, rows_for, tied_to, with_places, working_in
from kithkin.directory.rules.people import can_add_person, sees_profiles
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.asked import as_id, typed
from kithkin.platform.listing import Choice, Column, Listing, declare
from kithkin.platform.models import User
from kithkin.platform.registries.scopes import scopes

MOST_ACCOUNTS = 100
MOST_SUGGESTED = 8
SIDES = (("kith", _("kith")), ("kin", _("kin")), ("both", _("both")))
NAME, PLACE = Column("name", _("Name"), sort="name_folded"), Column("unit", _("Unit or account"))
EMAIL, TITLE = Column("email", _("E-mail"), sort="email_normal"), Column("title", _("Title"))
OF_PEOPLE = (
    NAME,
    Column("side", _("Side")),
    PLACE,
    TITLE,
    EMAIL,
    Column("phone", _("Phone"), shown=False),
    Column("number", _("Number"), shown=False),
    Column("language", _("Language"), shown=False),
    Column("country", _("Country"), shown=False),
    Column("changed", _("Last change"), sort="changed_at"),
)
OF_COLLEAGUES = (NAME, TITLE, Column("unit", _("Unit")), EMAIL)
declare("people", OF_PEOPLE)
declare("colleagues", OF_COLLEAGUES)


def listing_for(user: User, imported: Sequence[tuple[str, str]] = ()) -> Listing[Person]:
    """The list as this reader works with it: who has no role sees colleagues, and of them what colleagues see."""
    profiles = profiles_visible_to(user)
    brought = Choice[Person]("import", _("Import"), imported, brought_by)
    in_unit = Choice[Person]("unit", _("Unit"), _units, lambda rows, value: working_in(rows, int(value)))
    if not sees_profiles(user):
        return Listing(
            "colleagues",
            columns=OF_COLLEAGUES,
            sort="name",
            search=lambda rows, text: search_people(rows, text, profiles),
        )
    return Listing(
        "people",
        columns=OF_PEOPLE,
        sort="name",
        filters=(
            Choice("side", _("Side"), SIDES, lambda rows, value: of_side(rows, value, user)),
            in_unit,
            Choice("account", _("Account"), _accounts, lambda rows, value: tied_to(rows, int(value))),
            *((brought,) if imported else ()),
        ),
        search=lambda rows, text: search_people(rows, text, profiles),
    )


@allowed(anybody)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whom the reader sees."""
    user = user_of(request)
    page = listing_for(user, import_choices(user, request.GET)).page(with_places(people_visible_to(user)), request)
    context = {
        "page": replace(page, rows=rows_for(user, page.rows)),  # type: ignore[arg-type]
        "may_add": can_add_person(user),
        "all": sees_profiles(user),
    }
    return render(request, "directory/people/list.html", context)


@allowed(anybody)
def me(request: HttpRequest) -> HttpResponse:
    """The reader's own page; who stands nowhere in the directory is told so."""
    person = people_visible_to(user_of(request)).filter(user=user_of(request)).first()
    if person is None:
        return render(request, "directory/people/not_listed.html", {"may_add": can_add_person(user_of(request))})
    return redirect("person", pk=person.pk)


@allowed(anybody)
def suggest_people(request: HttpRequest) -> HttpResponse:
    """What a picker suggests while somebody types: a few people whom the reader sees."""
    user, text = user_of(request), typed(request.GET, "q")
    found: Iterable[Person] = ()
    if len(text) > 1:
        rows = search_people(people_visible_to(user), text, profiles_visible_to(user))
        found = rows.order_by("name_folded", "pk")[:MOST_SUGGESTED]
    options = [(as_picked(person), person.email) for person in found]
    return render(request, "directory/suggestions.html", {"options": options})


def _units(_request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in scopes().names().items()]


def _accounts(request: HttpRequest) -> list[tuple[str, str]]:
    """The first by name, and the one that the address names, wherever it stands."""
    accounts = accounts_visible_to(user_of(request)).order_by("name_folded", "pk")
    found = list(accounts[:MOST_ACCOUNTS])
    asked = as_id(request.GET.get("account", ""))
    if all(account.pk != asked for account in found):
        found += accounts.filter(pk=asked)
    return [(str(account.pk), account.name) for account in found]
