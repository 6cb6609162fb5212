"""A dashboard of one's own: tiles that are fetched one by one, moved and taken off."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kithkin.insights.models import SavedView, Tile
from kithkin.insights.queries.views import tiles_of
from kithkin.insights.services.views import MOST_TILES, ViewRefused, add_tile, keep_view, move_tile
from kithkin.insights.studies.chain import study_chain

DASHBOARD = reverse("dashboard")


def put(cast, *names, page="scores", asked=""):
    views = [keep_view(owner=cast.anna, name=name, page=page, asked=asked) for name in names]
    return [add_tile(user=cast.anna, view=view) for view in views]


def order(cast):
    return [tile.view.name for tile in tiles_of(cast.anna)]


def test_an_empty_dashboard_says_how_it_is_filled(visit):
    assert "Keep a view first" in visit("anna").get(DASHBOARD).content.decode()


def test_a_view_is_put_on_it_once(visit, cast):
    view = keep_view(owner=cast.anna, name="A", page="scores", asked="")
    for _again in range(2):
        visit("anna").post(reverse("add_tile"), {"view": view.pk})
    assert order(cast) == ["A"]


@pytest.mark.parametrize("crafted", ["", "x", "999999", "9" * 40])
def test_a_view_that_is_not_there_is_not_put_on_it(visit, crafted):
    assert visit("anna").post(reverse("add_tile"), {"view": crafted}).status_code == 404


def test_tiles_are_moved_and_stop_at_the_ends(visit, cast):
    tiles = put(cast, "A", "B", "C")
    visit("anna").post(reverse("move_tile", args=[tiles[0].pk]), {"do": "later"})
    assert order(cast) == ["B", "A", "C"]
    move_tile(tile=tiles[1], step=-5)
    assert order(cast) == ["B", "A", "C"]
    visit("anna").post(reverse("take_tile", args=[tiles[1].pk]))
    assert order(cast) == ["A", "C"]
    assert SavedView.objects.count() == 3


def test_a_dashboard_holds_so_many_and_no_more(cast):
    put(cast, *(str(n) for n in range(MOST_TILES)))
    with pytest.raises(ViewRefused, match="A dashboard holds 24 tiles"):
        put(cast, "one more")


def test_the_page_waits_for_no_tile(visit, cast, branches, django_assert_max_num_queries):
    put(cast, "A")
    browser = visit("anna")
    browser.get(DASHBOARD)
    with django_assert_max_num_queries(20) as few:
        page = browser.get(DASHBOARD).content.decode()
    assert 'hx-trigger="load"' in page
    put(cast, *(str(n) for n in range(MOST_TILES - 1)))
    with django_assert_max_num_queries(len(few)):
        browser.get(DASHBOARD)


def test_a_tile_says_what_its_page_would_say_with_one_picture(visit, cast, branches):
    study_chain(branches.program)
    asked = f"program={branches.program.pk}&by=touchpoint&from=2026-01&to=2026-08"
    tiles = [*put(cast, "Touchpoints", asked=asked), *put(cast, "Chain", page="chain")]
    browser = visit("anna")
    for tile, page in zip(tiles, ("scores", "chain"), strict=True):
        shown = browser.get(reverse("tile", args=[tile.pk])).context
        full = browser.get(f"{reverse(page)}?{tile.view.asked}").context
        assert shown["found"].finding == full["finding"]
        assert shown["chart"].key == f"tile-{tile.pk}"


def test_a_tile_that_cannot_be_answered_says_why(visit, cast, branches):
    (scores,) = put(cast, "A", asked=f"program={branches.program.pk}&by=nothing")
    (links,) = put(cast, "B", page="weak_link")
    pages = [visit("anna").get(reverse("tile", args=[tile.pk])) for tile in (scores, links)]
    assert [page.status_code for page in pages] == [200, 200]
    assert [page.context["refused"] for page in pages] == [
        "This program cannot be cut by “nothing”.",
        "Which department lets your customers down cannot be told yet",
    ]


def test_a_tile_asks_the_database_a_bounded_number_of_times(visit, cast, branches, django_assert_max_num_queries):
    (tile,) = put(cast, "A", asked=f"program={branches.program.pk}&by=unit-site")
    browser = visit("anna")
    url = reverse("tile", args=[tile.pk])
    browser.get(url)
    with django_assert_max_num_queries(30):
        browser.get(url)


def test_a_tile_whose_view_is_shared_no_longer_is_gone(cast):
    view = keep_view(owner=cast.percy, name="A", page="scores", asked="")
    Tile.objects.create(user=cast.dora, view=view, position=1)
    assert list(tiles_of(cast.dora)) == []
