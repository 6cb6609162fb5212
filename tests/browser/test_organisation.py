"""Units are moved by hand, with a mouse, a finger or the keyboard: always through the form, never silently."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from kithkin.directory.models import UnitChange
from kithkin.directory.models.days import today
from kithkin.directory.queries.organisation import tree_on
from tests.browser.conftest import Seat
from tests.cast import Cast

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def row(page: Page, name: str) -> Locator:
    return page.locator(".unit-row", has=page.get_by_role("link", name=name, exact=True))


def middle(found: Locator) -> tuple[float, float]:
    box = found.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def is_filled_in(page: Page, cast: Cast) -> None:
    page.wait_for_url("**/move/?to=*")
    expect(page.get_by_label("Where does it go?")).to_have_value(str(cast.logistics.pk))


def test_a_unit_dragged_onto_another_opens_the_form_and_moves_only_when_it_is_sent(seat: Seat, cast: Cast):
    page = seat.open("/organisation/")
    page.mouse.move(*middle(row(page, "Support").get_by_role("link", name="Support", exact=True)))
    page.mouse.down()
    page.mouse.move(*middle(row(page, "Logistics")), steps=5)
    page.mouse.up()
    is_filled_in(page, cast)
    assert UnitChange.objects.count() == 0
    page.get_by_label("From when?").fill(today().isoformat())
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("“Support” stands below “Logistics” from")).to_be_visible()
    assert tree_on(today()).parent(cast.support.pk).id == cast.logistics.pk  # type: ignore[union-attr]
    assert seat.complaints == []


def test_a_finger_moves_a_unit_by_its_handle(seat: Seat, cast: Cast):
    page = seat.open("/organisation/")
    device: Any = seat.context.new_cdp_session(page)
    x, y = middle(row(page, "Support").locator(".grip"))
    to_x, to_y = middle(row(page, "Logistics"))
    device.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 6):
        point = {"x": x + (to_x - x) * part / 5, "y": y + (to_y - y) * part / 5}
        device.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    is_filled_in(page, cast)


def test_escape_puts_a_unit_back(seat: Seat):
    page = seat.open("/organisation/")
    page.mouse.move(*middle(row(page, "Support").get_by_role("link", name="Support", exact=True)))
    page.mouse.down()
    page.mouse.move(*middle(row(page, "Logistics")), steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".held-name")).to_have_count(0)
    assert page.url.endswith("/organisation/")


def test_a_unit_is_moved_without_a_mouse(seat: Seat, cast: Cast):
    page = seat.open("/organisation/")
    page.get_by_role("link", name="Move… Support").press("Enter")
    page.get_by_label("Where does it go?").select_option(str(cast.logistics.pk))
    page.get_by_label("From when?").press("Enter")
    expect(page.get_by_text("“Support” stands below “Logistics” from")).to_be_visible()
