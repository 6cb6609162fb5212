"""The style page is photographed, and its dialog works by keyboard."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.conftest import SCHEMES, WIDTHS, Seat

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_is_photographed_whole(seat: Seat, tmp_path: Path, scheme: str, width: int):
    folder = Path(os.environ.get("KITHKIN_PICTURES") or tmp_path)
    seat.look(scheme, width)
    page = seat.open("/styleguide/")
    picture = page.screenshot(full_page=True, path=folder / f"styleguide-{width}-{scheme}.png")
    assert len(picture) > 50_000
    assert page.locator("main > section").count() == 13


def test_a_dialog_opens_by_keyboard_and_gives_the_focus_back(seat: Seat):
    page = seat.open("/styleguide/")
    opener = page.get_by_role("button", name="Open the dialog")
    opener.focus()
    page.keyboard.press("Enter")
    assert page.locator("#sample-dialog").is_visible()
    assert seat.findings() == []
    page.keyboard.press("Escape")
    assert not page.locator("#sample-dialog").is_visible()
    assert page.evaluate("document.activeElement.dataset.open") == "sample-dialog"
