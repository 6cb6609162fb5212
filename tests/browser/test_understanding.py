"""Segments and journeys in a browser: counted while they are built, dragged with a pointer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kithkin.directory.models import Segment, Stage, StageTouchpoint, Touchpoint
from kithkin.directory.services.journeys import Start, add_journey, place_touchpoint
from tests.browser.conftest import Seat
from tests.cast import Cast, make_kith

pytestmark = pytest.mark.chromium


def test_a_rule_is_counted_while_it_is_built_and_kept(cast: Cast, seat: Seat):
    make_kith("Kim", country="DE")
    make_kith("Lee", country="AT")
    page = seat.open("/understand/segments/add/")
    with seat.swapping():
        page.get_by_label("Value", exact=True).select_option("kith")
    count = page.locator(".rule-count strong")
    expect(count).to_have_text("2 of 10 people")
    with seat.swapping():
        page.get_by_role("button", name="Add a condition").click()
    row = page.locator(".rule-row").nth(1)
    with seat.swapping():
        row.get_by_label("Field").select_option("country")
    row.locator("input").fill("DE")
    with seat.swapping():
        row.locator("input").press("Tab")
    expect(count).to_have_text("1 of 10 people")
    page.get_by_label("Name", exact=True).fill("Germans")
    page.get_by_role("button", name="Save the segment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Germans: 1 of 10 people")
    assert Segment.objects.get().rule == {
        "all": [
            {"field": "side", "operator": "is", "value": "kith"},
            {"field": "country", "operator": "is", "value": "DE"},
        ]
    }
    assert seat.complaints == []


def test_a_touchpoint_is_dragged_to_another_stage(cast: Cast, seat: Seat):
    journey = add_journey(name="Lamp", side="kith", start=Start.CUSTOMER)
    place_touchpoint(stage=Stage.objects.get(name="Need"), touchpoint=Touchpoint.objects.create(name="Shop"))
    page = seat.open(f"/understand/journeys/{journey.pk}/")
    with page.expect_navigation():
        page.locator("[data-place]").drag_to(page.locator("[data-stage]", has_text="Purchase").locator(".places"))
    expect(page.locator("[data-stage]", has_text="Purchase").locator(".place")).to_contain_text("Shop")
    assert StageTouchpoint.objects.get().stage.name == "Purchase"
    assert seat.complaints == []
