"""Browsers that do not know ::details-content: Firefox before 143, Safari before 18.4."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Seat
from tests.cast import Cast, make_kith

pytestmark = pytest.mark.chromium


def forgetful(route: Route) -> None:
    """The file as an older browser reads it: the name of the selector means nothing to it."""
    route.fulfill(response=(told := route.fetch()), body=told.text().replace("details-content", "not-known-yet"))


@pytest.fixture
def older(seat: Seat) -> Iterator[Seat]:
    seat.page.route("**/static/platform/*", forgetful)
    yield seat
    seat.page.unroute_all()


@pytest.fixture
def scriptless(older: Seat) -> Iterator[Seat]:
    older.page.route("**/*.js", lambda route: route.abort())
    return older


def shown(page: Page) -> dict[str, bool]:
    return {
        "navigation": page.locator(".menu > nav").is_visible(),
        "log out": page.locator(".menu > .reader").is_visible(),
        "filters": page.locator(".narrowing > div").is_visible(),
        "summaries": page.locator("[data-wide-open] > summary").first.is_visible(),
    }


ALL_OPEN = {"navigation": True, "log out": True, "filters": True, "summaries": False}
ALL_FOLDED = {"navigation": False, "log out": False, "filters": False, "summaries": True}


def test_an_older_browser_shows_navigation_and_filters_where_there_is_room(older: Seat):
    older.look("light", 1280)
    assert shown(older.open("/people/")) == ALL_OPEN
    assert older.findings() == []
    assert older.complaints == []


def test_an_older_browser_keeps_the_filters_when_the_list_was_narrowed(cast: Cast, older: Seat):
    make_kith("Kim")
    older.look("light", 1280)
    page = older.open("/people/")
    with older.swapping():
        page.locator(".narrowing").get_by_label("Side").select_option("kith")
    assert "side=kith" in page.url
    assert shown(page) == ALL_OPEN


def test_an_older_browser_folds_them_on_a_phone_and_opens_them_by_the_keyboard(older: Seat):
    older.look("light", 390)
    page = older.open("/people/")
    assert shown(page) == ALL_FOLDED
    page.locator(".menu > summary").press("Enter")
    assert shown(page) == ALL_FOLDED | {"navigation": True, "log out": True}
    page.set_viewport_size({"width": 390, "height": 500})
    assert shown(page) == ALL_FOLDED | {"navigation": True, "log out": True}, "a keyboard on the glass folds nothing"


def test_an_older_browser_follows_a_window_that_is_made_wider_and_narrower(older: Seat):
    older.look("light", 390)
    page = older.open("/people/")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".menu > nav")).to_be_visible()
    assert shown(page) == ALL_OPEN
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.locator(".menu > nav")).to_be_hidden()
    assert shown(page) == ALL_FOLDED


def test_an_older_browser_without_scripts_can_open_them(scriptless: Seat):
    scriptless.look("light", 1280)
    page = scriptless.open("/people/")
    assert shown(page) == ALL_FOLDED
    page.locator(".menu > summary").click()
    page.locator(".narrowing > summary").click()
    assert shown(page) == ALL_OPEN | {"summaries": True}


def test_todays_browser_shows_them_by_style_alone(seat: Seat):
    seat.page.route("**/*.js", lambda route: route.abort())
    seat.look("light", 1280)
    assert shown(seat.open("/people/")) == ALL_OPEN
    seat.look("light", 390)
    assert shown(seat.open("/people/")) == ALL_FOLDED
