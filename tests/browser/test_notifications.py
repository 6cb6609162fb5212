"""What one is told, under a hand: a click reads it and goes there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kithkin.directory.models import Need
from kithkin.platform.models import Notification
from tests.browser.conftest import Seat
from tests.cast import Cast

pytestmark = pytest.mark.chromium


def test_a_click_on_the_sentence_goes_there_and_the_frame_counts_one_less(cast: Cast, seat: Seat):
    for event in (1, 2):
        one = Need.objects.create(problem=f"Problem {event}", owner=cast.alice)
        Notification.objects.create(user=cast.alice, topic="needs", event_id=event, facts={"need": one.pk})
    page = seat.open("/notifications/")
    expect(page.locator("nav .count")).to_have_text("2 new")
    page.get_by_role("link", name="Problem 1").click()
    expect(page.locator("h1")).to_have_text("Problem 1")
    expect(page.locator("nav .count")).to_have_text("1 new")
    assert seat.complaints == []
    page = seat.open("/notifications/")
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator("h1")).to_have_text("Nothing is new to you")
    assert page.locator(".count").count() == 0
