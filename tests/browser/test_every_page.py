"""Every page that an administrator may open: nothing for axe to find, nothing wider than the window, no complaint.

The pages are those of the access table, so a page without a row there fails elsewhere, and one with a row is here.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.table import rows
from tests.browser.conftest import EVERY_RULE, RULES_OF_COLOUR, SCHEMES, WIDTHS, Seat
from tests.cast import Cast

pytestmark = pytest.mark.chromium
LARGEST_PAGE = 100_000
TABLE = rows()
PAGES = sorted(name for name, row in TABLE.items() if row.post is None and row.status == 200 and "alice" in row.allowed)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_accessible_fits_and_is_quiet(name: str, cast: Cast, seat: Seat):
    path = reverse(name, kwargs=TABLE[name].kwargs(cast))
    size = size_of_html(path, cast)
    if size is None:
        return
    seat.open(path)
    found = {}
    for scheme in SCHEMES:
        for width in WIDTHS:
            seat.look(scheme, width)
            rules = EVERY_RULE if scheme == SCHEMES[0] else RULES_OF_COLOUR  # the structure is the same in the dark
            found[scheme, width] = (seat.findings(rules), seat.sideways)
    assert found == {(scheme, width): ([], 0) for scheme in SCHEMES for width in WIDTHS}
    assert seat.complaints == []
    assert size < LARGEST_PAGE


def size_of_html(path: str, cast: Cast) -> int | None:
    """Bytes of the page; None for what is no page: health, parts of pages, files to take home."""
    client = Client()
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(path)
    is_page = not response.streaming and response.content.lstrip()[:15].lower() == b"<!doctype html>"
    return len(response.content) if is_page and "Content-Disposition" not in response.headers else None
