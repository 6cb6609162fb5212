"""The service map under a hand, a wheel and the keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Seat
from tests.cast import Cast
from tests.directory.relations.making import everybody_outside, serves

pytestmark = pytest.mark.chromium


@pytest.fixture
def the_map(cast: Cast, seat: Seat) -> Page:
    """Support serves IT, IT serves Logistics, Logistics delivers; Company reports to nobody connected with IT."""
    serves(cast.support, cast.it, "staffing")
    serves(cast.it, cast.logistics, "till support")
    serves(cast.logistics, everybody_outside(), at="Delivery")
    serves(cast.company, everybody_outside(), at="Annual report")
    seat.look("light", 1280)
    return seat.open("/serve/")


def box(page: Page, name: str) -> Any:
    return page.locator(".map .box", has_text=name)


def dimmed(page: Page) -> set[str]:
    """The boxes that stand back, as soon as any does."""
    page.locator(".map.dimmed").wait_for()
    return set(
        page.eval_on_selector_all(".map.dimmed .box:not(.lit)", "found => found.map(one => one.textContent.trim())")
    )


def width(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.map').getBoundingClientRect().width"))


def test_pointing_at_a_department_dims_what_is_not_connected(the_map: Page):
    box(the_map, "IT").hover()
    assert dimmed(the_map) == {"Company", "Delivery", "Annual report"}


def test_the_keyboard_reaches_boxes_and_lines_and_enter_opens_them(the_map: Page, cast: Cast):
    box(the_map, "IT").focus()
    the_map.keyboard.press("Tab")
    assert the_map.evaluate("document.activeElement.textContent.trim()") == "IT → Logistics: till support"
    the_map.keyboard.press("Enter")
    expect(the_map.locator("h1")).to_have_text("IT serves Logistics: till support")


def test_plus_and_minus_and_zero_zoom(the_map: Page):
    before = width(the_map)
    the_map.locator("[data-map]").focus()
    the_map.keyboard.press("+")
    larger = width(the_map)
    the_map.keyboard.press("-")
    the_map.keyboard.press("-")
    smaller = width(the_map)
    the_map.keyboard.press("0")
    assert (larger > before > smaller, width(the_map) > smaller) == (True, True)


def test_moving_the_map_by_hand_opens_nothing_and_a_click_does(the_map: Page):
    at = box(the_map, "IT").bounding_box()
    assert at is not None
    the_map.mouse.move(at["x"] + 20, at["y"] + 20)
    the_map.mouse.down()
    the_map.mouse.move(at["x"] + 70, at["y"] + 40, steps=4)
    the_map.mouse.up()
    expect(the_map).to_have_url(re.compile(r"/serve/$"))
    box(the_map, "IT").click()
    expect(the_map.locator("h1")).to_have_text("IT")


def test_on_a_phone_the_own_neighbourhood_stands_from_top_to_bottom(the_map: Page, seat: Seat, cast: Cast):
    seat.log_in(cast.bob)
    seat.look("light", 390)
    page = seat.open("/serve/")
    tops = [page.locator(f".map-narrow {part}").bounding_box()["y"] for part in (".near-by", ".near-me", ".near-to")]
    assert tops == sorted(tops)
    assert (page.locator(".map").is_visible(), page.locator(".near-me").inner_text()) == (False, "IT")


def test_a_relation_that_is_added_stands_on_the_map(the_map: Page, seat: Seat, cast: Cast):
    page = seat.open("/serve/relations/add/")
    page.select_option("[name=provider]", f"unit-{cast.company.pk}")
    page.select_option("[name=receiver]", f"unit-{cast.support.pk}")
    page.fill("[name=service]", "budget")
    page.click("main form.form button")
    expect(page.locator("h1")).to_have_text("Company serves Support: budget")
    page = seat.open("/serve/")
    assert page.locator(".map .way title", has_text="Company → Support: budget").count() == 1
