"""What another department asks is not read off menus, addresses, files or pages of relations."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kithkin.directory.models import Side, Touchpoint
from kithkin.insights.services.views import add_tile, keep_view, share_view
from tests.directory.relations.making import serves
from tests.insights.listening import heard, outside, program, said

PAGES = ("scores", "drivers")


@pytest.fixture
def own_of_it(cast):
    """IT asks its own people, and Logistics about a relation."""
    link = serves(cast.it, cast.logistics, "tills")
    made = program("Mood of IT", Side.KIN, measures="service", high=5, identity="identified", unit=cast.it)
    rows = [said("2026-05", 1 + n % 5, cast.logistics.pk, link=link.pk, speed=1 + n % 4) for n in range(30)]
    heard(made, [*rows, *(said("2026-05", 3, cast.it.pk, speed=2) for _ in range(20))])
    return made, link


@pytest.mark.parametrize("page", PAGES)
def test_the_menu_names_the_programs_within_reach(visit, own_of_it, page):
    made, _link = own_of_it
    told = {
        name: "Mood of IT" in visit(name).get(reverse(page), {"program": made.pk}).content.decode()
        for name in ("percy", "anna", "dora", "donald")
    }
    assert told == {"percy": True, "anna": True, "dora": True, "donald": False}


@pytest.mark.parametrize(("page", "part"), [("scores", "trend"), ("drivers", "shares")])
def test_a_file_of_it_is_refused(visit, own_of_it, page, part):
    made, _link = own_of_it
    file = reverse("understand_file", kwargs={"page": page, "part": part, "kind": "csv"})
    assert visit("anna").get(file, {"program": made.pk}).status_code == 200
    answer = visit("donald").get(file, {"program": made.pk})
    assert answer.status_code == 422
    assert "IT" not in answer.content.decode()


def test_the_page_of_a_relation_tells_its_scores_to_those_who_see_the_program(visit, own_of_it):
    _made, link = own_of_it
    address = f"{reverse('scores')}?program="
    page = reverse("relation", args=[link.pk])
    assert address in visit("anna").get(page).content.decode()
    assert address not in visit("donald").get(page).content.decode()


def test_a_shared_view_of_it_shows_whoever_does_not_see_it_no_other_program_in_its_place(visit, cast, own_of_it):
    made, _link = own_of_it
    heard(outside(), [said("2026-05", 9, cast.logistics.pk) for _ in range(10)])
    view = keep_view(owner=cast.percy, name="Mood", page="scores", asked=f"program={made.pk}")
    share_view(view=view, by=cast.percy, everybody=True)
    shown = {}
    for name in ("anna", "donald"):
        tile = add_tile(user=cast.users[name], view=view)
        shown[name] = visit(name).get(reverse("tile", args=[tile.pk])).content.decode()
    assert "from 50 answers" in shown["anna"]
    assert "from 10 answers" not in shown["donald"]
    assert "it is not open to you" in shown["donald"]


def test_home_tells_no_head_what_customers_said_in_a_program_of_another_department(visit, cast):
    made, place = outside(unit=cast.it), Touchpoint.objects.create(name="Visit")
    rows = [
        said(month, score, unit.pk, touchpoint=place.pk)
        for month in ("2026-05", "2026-06")
        for unit in (cast.it, cast.logistics)
        for score in (0, 10) * 5
    ]
    heard(made, rows)
    address = f"{reverse('scores')}?program={made.pk}"
    assert {name: address in visit(name).get("/").content.decode() for name in ("anna", "dora", "donald")} == {
        "anna": True,
        "dora": True,
        "donald": False,
    }
