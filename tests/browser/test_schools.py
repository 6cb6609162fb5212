"""The tutorial docs/tutorials/schools-in-the-product.md, step by step, on New York's schools."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kithkin.directory.models import Unit
from kithkin.insights.studies.figures import sided
from kithkin.insights.tasks.studies import work_out_figure
from kithkin.platform.models import Import
from tests.browser.conftest import Seat
from tests.browser.importing import real, work

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
TUTORIAL = Path(__file__).parents[2] / "docs/tutorials/schools-in-the-product.md"
TABLE = re.compile(r"^\| (\w+) \| ([\d.]+) \| ([\d.]+ to [\d.]+) \| (\d+) \|$", re.MULTILINE)
FIGURES = re.compile(r"```text\n(.*?)```", re.DOTALL)


@pytest.fixture
def schools(data_folder: Path) -> Path:
    return real(data_folder, "nyc_schools_2011.tsv")


def look_everywhere(seat: Seat) -> None:
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            seat.look(scheme, width)
            assert seat.sideways == 0
            assert seat.findings() == []
    assert seat.complaints == []
    seat.look("light", 1280)


def report(seat: Seat) -> str:
    work()
    page = seat.open(f"/settings/imports/{Import.objects.latest('pk').pk}/")
    return page.inner_text("main")


def sent(seat: Seat, file: Path) -> None:
    page = seat.open("/settings/imports/new/")
    page.get_by_label("Figures", exact=True).check()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at it").click()


def test_schools_come_in_as_units_and_the_figures_are_those_of_the_tutorial(seat: Seat, schools: Path) -> None:
    text = TUTORIAL.read_text("utf-8")
    sent(seat, schools)
    page = seat.page
    assert "1,942 columns" in page.inner_text("main")
    assert [page.get_by_label(name).input_value() for name in ("Column of the unit", "Column of their names")] == [
        "dbn",
        "schoolname",
    ]
    assert page.get_by_label("Or one period for the whole file").input_value() == "2011-12"
    found = FIGURES.search(text)
    assert found
    page.get_by_label("The figures").fill(found[1])
    page.get_by_label("Units that are not there").select_option(label="Company")
    page.get_by_label("Name holds").fill("saf_t")
    with seat.swapping():
        page.get_by_role("button", name="Find").click()
    assert page.locator("#file-columns-shown tbody th").all_inner_texts() == ["saf_t_11", "saf_tot_11"]
    assert page.get_by_label("The figures").input_value() == found[1]
    look_everywhere(seat)
    page.get_by_role("button", name="Check every line").click()
    assert "454 lines can come in, 1 refused" in (said := report(seat))
    assert "units: 454 new" in said
    assert "values of figures: 4,816 new" in said
    assert "The file ends in the middle of this line." in said
    page.get_by_role("button", name="Bring 454 lines in").click()
    assert "454 lines came in" in report(seat)
    assert Unit.objects.filter(code="01M015").exists()
    for outside in sided()[1]:
        work_out_figure(outside.pk)

    page.get_by_role("link", name="See the figures").click()
    assert page.inner_text("h1") == "Where “Safety, teachers” is higher, so is “Safety, students”"
    look_everywhere(seat)
    assert [told(seat, name) for name, *_figures in TABLE.findall(text)] == TABLE.findall(text)
    for path in ("/understand/weak-link/", "/understand/chain/"):
        seat.open(path)
        assert "What costs “Safety, parents” most is not identifiable yet" in page.inner_text("main")
        assert "It would take the same units in about 2 further periods" in page.inner_text("main")
        look_everywhere(seat)


def told(seat: Seat, name: str) -> tuple[str, str, str, str]:
    """What the title's line says of teachers against parents in this score."""
    page = seat.page
    page.get_by_label("Said by kin").select_option(label=f"{name}, teachers")
    page.get_by_label("Said by kith").select_option(label=f"{name}, parents")
    page.get_by_role("button", name="Show").click()
    line = page.locator(".after-title").inner_text()
    found = re.match(r"r = ([\d.]+) \(([\d.]+ to [\d.]+)\), n = (\d+) units", line)
    assert found, line
    return name, found[1], found[2], found[3]
