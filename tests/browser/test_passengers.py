"""The tutorial docs/tutorials/passengers-in-the-product.md, step by step, on the real surveys."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from kithkin.analysis import metrics
from kithkin.platform.models import Import
from kithkin.surveys.facts import table_of
from kithkin.surveys.models import Program
from tests.browser.conftest import Seat
from tests.browser.importing import real, work

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
TUTORIAL = Path(__file__).parents[2] / "docs/tutorials/passengers-in-the-product.md"
TABLE = re.compile(r"^\| (\d{4}) \| ([\d,]+) \| ([\d.]+) \|$", re.MULTILINE)
CODEBOOK = re.compile(r"```text\n(.*?)```", re.DOTALL)


@pytest.fixture
def years(data_folder: Path) -> tuple[Path, Path]:
    return real(data_folder, "sfo_airport_2017.csv"), real(data_folder, "sfo_airport_2018.csv")


def look_everywhere(seat: Seat) -> None:
    for width in (1280, 390):
        seat.look("light", width)
        assert seat.sideways == 0
        assert seat.findings() == []
    seat.look("light", 1280)


def checked_and_run(seat: Seat, lines: str) -> None:
    seat.page.get_by_role("button", name="Check every line").click()
    work()
    page = seat.open(f"/settings/imports/{Import.objects.latest('pk').pk}/")
    assert page.inner_text("h1") == f"{lines} lines can come in, none is refused"
    page.get_by_role("button", name=f"Bring {lines} lines in").click()
    work()
    page = seat.open(f"/settings/imports/{Import.objects.latest('pk').pk}/")
    assert page.inner_text("h1") == f"{lines} lines came in"
    page.get_by_role("link", name="Open the program").click()


def sent(seat: Seat, file: Path) -> None:
    page = seat.open("/programs/")
    page.get_by_role("link", name="Bring in a file").first.click()
    assert page.locator("#kind-responses").is_checked()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at it").click()


def test_both_years_come_in_as_two_waves_and_the_figures_are_those_of_the_tutorial(
    seat: Seat, years: tuple[Path, Path]
):
    first, second = years
    text = TUTORIAL.read_text("utf-8")
    sent(seat, first)
    page = seat.page
    assert "97 columns" in page.inner_text("main")
    page.get_by_label("Name", exact=True).fill("Passengers")
    found = CODEBOOK.search(text)
    assert found
    page.get_by_role("textbox", name="Codebook").fill(found[1])
    page.get_by_role("button", name="Take it over").click()
    look_everywhere(seat)
    page.get_by_role("link", name="Q7ALL", exact=True).click()
    assert page.get_by_label("What was asked").input_value() == "The airport as a whole"
    look_everywhere(seat)
    page.go_back()
    checked_and_run(seat, "2,831")

    sent(seat, second)
    assert "Are these 11 the same questions?" in page.inner_text("main")
    assert page.get_by_label("Name of the new wave").input_value() == "2018"
    checked_and_run(seat, "2,809")
    assert page.inner_text("h1") == "“Passengers” has 5,640 responses in 2 waves"
    look_everywhere(seat)
    assert weighted_scores() == TABLE.findall(text)


def weighted_scores() -> list[tuple[str, str, str]]:
    """By wave: how many answered, and the weighted NPS, from the rows that the warehouse is given."""
    program = Program.objects.get()
    assert program.headline
    rows = table_of(program).rows(0, 2**31).to_pandas()
    found = []
    for wave in program.waves.all():
        own = rows[(rows["wave"] == wave.pk) & rows[program.headline.column].notna()]
        score = metrics.nps(np.asarray(own[program.headline.column], float), weights=np.asarray(own["weight"], float))
        found.append((wave.name, f"{len(own):,}", f"{score.value:.1f}"))
    return found
