"""Lists page by key."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, QueryDict

from kithkin.directory.models import Person
from kithkin.platform.listing import Column, Listing
from kithkin.platform.models import User
from tests.cast import make_kith

NAMES = Listing[Person]("names", columns=(Column("name", "Name", sort="name_folded"),), sort="name", sizes=(3,))


def ask(query: str = "") -> HttpRequest:
    request = HttpRequest()
    request.GET = QueryDict(query)
    request.user = type("Nobody", (), {"is_authenticated": False})()
    return request


def names(page) -> list[str]:
    return [row.name for row in page.rows]


@pytest.fixture
def seven(db):
    for name in ("Eva", "Ada", "Gil", "Bo", "Cy", "Dot", "Fay"):
        make_kith(name)


@pytest.mark.parametrize(("sign", "expected"), [("", "Ada Bo Cy|Dot Eva Fay|Gil"), ("-", "Gil Fay Eva|Dot Cy Bo|Ada")])
def test_pages_follow_one_another_and_lead_back(seven, sign, expected):
    pages, query = [], f"sort={sign}name"
    page = NAMES.page(Person.objects.all(), ask(query))
    while True:
        pages.append(page)
        if page.after is None:
            break
        page = NAMES.page(Person.objects.all(), ask(f"{query}&after={page.after}"))
    assert "|".join(" ".join(names(one)) for one in pages) == expected
    back = NAMES.page(Person.objects.all(), ask(f"{query}&before={pages[-1].before}"))
    assert names(back) == names(pages[1])
    first = NAMES.page(Person.objects.all(), ask(f"{query}&before={back.before}"))
    assert (names(first), first.before) == (names(pages[0]), None)


def test_people_of_one_name_are_all_seen_once(db):
    for _ in range(8):
        make_kith("Kim")
    seen, query = [], ""
    while True:
        page = NAMES.page(Person.objects.all(), ask(query))
        seen += [row.pk for row in page.rows]
        if page.after is None:
            break
        query = f"after={page.after}"
    assert seen == sorted(Person.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "nonsense",
    [
        "after=!!",
        "after=WzEsMl0",
        "after=WyJcdTAwMDAiLCAxXQ",  # ["\\u0000", 1]
        "before=bnVsbA",
        "sort=password",
        "size=1e9",
        "size=" + "9" * 5000,
        "q=%00",
    ],
)
def test_nonsense_in_the_address_is_left_aside(seven, nonsense):
    assert names(NAMES.page(Person.objects.all(), ask(nonsense)))


def test_a_choice_of_columns_is_kept_of_lists_and_columns_that_there_are(cast, visit):
    bob = visit("bob")
    assert bob.post("/columns/people/", {"column": ["name", "email", "nonsense", "x" * 10_000]}).status_code == 302
    assert User.objects.get(pk=cast.bob.pk).listings == {"people": ["email", "name"]}
    assert bob.post("/columns/nonsense/", {"column": ["name"]}).status_code == 404
    assert User.objects.get(pk=cast.bob.pk).listings == {"people": ["email", "name"]}


def test_what_was_kept_of_lists_that_are_gone_goes_with_the_next_choice(cast, visit):
    User.objects.filter(pk=cast.bob.pk).update(listings={"gone": ["name"] * 1000, "accounts": ["name", "gone"]})
    visit("bob").post("/columns/people/", {"column": ["name"]})
    assert User.objects.get(pk=cast.bob.pk).listings == {"accounts": ["name"], "people": ["name"]}


def test_a_choice_can_be_handed_to_a_process_that_drew_no_list_yet(fresh):
    asked = "from django.urls import get_resolver; get_resolver().url_patterns\n"
    known = set(fresh().python(f"{asked}from kithkin.platform.listing import listings; print(*listings)").split())
    assert {"people", "colleagues", "services", "touchpoints", "audiences", "partners", "needs"} - known == set()
