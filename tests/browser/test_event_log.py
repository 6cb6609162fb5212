"""The tutorial docs/tutorials/it-desk-in-the-product.md, step by step, on the real log."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kithkin.platform.models import Import
from tests.browser.conftest import Seat
from tests.browser.importing import real, work

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
TUTORIAL = Path(__file__).parents[2] / "docs/tutorials/it-desk-in-the-product.md"
TABLE = re.compile(r"^\| (\d\+?) \| (\d+) % \|$", re.MULTILINE)


@pytest.fixture
def log(data_folder: Path) -> Path:
    return real(data_folder, "it_incident_events.csv")


def test_the_log_of_the_desk_comes_in_and_the_figures_are_those_of_the_tutorial(seat: Seat, log: Path) -> None:
    page = seat.open("/settings/imports/new/")
    page.check("#kind-requests")
    page.set_input_files("input[type=file]", log)
    page.get_by_role("button", name="Look at it").click()
    matched = {
        name: page.get_by_label(name, exact=True).input_value()
        for name in ("number", "sys_updated_at", "assignment_group", "incident_state", "made_sla", "caller_id")
    }
    assert matched == {
        "number": "number", "sys_updated_at": "at", "assignment_group": "queue", "incident_state": "state",
        "made_sla": "kept", "caller_id": "",
    }  # fmt: skip
    assert page.locator("#option-order").input_value() == "day"
    page.get_by_role("button", name="Check every line").click()
    work()
    page = seat.open(f"/settings/imports/{Import.objects.latest('pk').pk}/")
    assert page.inner_text("h1") == "5,998 lines can come in, none is refused"
    page.get_by_role("button", name="Bring 5,998 lines in").click()
    work()
    page = seat.open(f"/settings/imports/{Import.objects.latest('pk').pk}/")
    assert page.inner_text("h1") == "5,998 lines came in"

    page = seat.open("/serve/requests/flow/")
    page.get_by_role("link", name="all time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The more hands a request passes, the more often its promise breaks: 38 % → 80 %"
    )
    rows = page.locator("table.bars tbody tr").all()
    found = [(row.locator("th").inner_text(), row.locator("b").inner_text()) for row in rows]
    told = [(groups, f"{share} %") for groups, share in TABLE.findall(TUTORIAL.read_text("utf-8"))]
    assert found == told == [("1", "38 %"), ("2", "43 %"), ("3", "62 %"), ("4+", "80 %")]

    page = seat.open("/serve/requests/?q=INC0000990")
    page.get_by_role("link", name="INC0000990").click()
    expect(page.locator("figure.path svg")).to_be_visible()
    for width in (1280, 390):
        seat.look("light", width)
        assert seat.sideways == 0
        assert seat.findings() == []
