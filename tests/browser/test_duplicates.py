"""Two records of one person beside each other, in a browser."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Seat
from tests.cast import make_kith

pytestmark = pytest.mark.chromium


def test_both_records_are_seen_on_a_phone_without_scrolling(seat: Seat):
    first = make_kith("Olga Maria Lopez de la Fuente", phone="+49 30 9000004")
    second = make_kith("Lopez de la Fuente Olga M", phone="+49 30 9000004")
    seat.look("light", 390)
    page = seat.open(f"/people/duplicates/{first.pk}/{second.pk}/")
    room = "(wide) => [wide.scrollWidth - wide.clientWidth, wide.querySelectorAll('th[scope=col]').length]"
    assert page.locator(".both").evaluate(room) == [0, 3]
