"""A newcomer's first afternoon, from the first-start link to a live segment, on a whole installation."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.installation import Installation, running

pytestmark = pytest.mark.chromium
PEOPLE, WRONG = 5_000, 100
LONG = 180_000


@pytest.fixture
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running(tmp_path_factory.mktemp("home")) as started:
        yield started


@pytest.fixture
def page(chromium: Browser, installation: Installation) -> Iterator[Page]:
    context = chromium.new_context(base_url=installation.address, reduced_motion="reduce", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def write_units(folder: Path) -> Path:
    file = folder / "units.csv"
    lines = ["code,name,parent", "CO,Company,", "IT,IT,CO", "LOG,Logistics,CO", "SUP,Support,IT", "BR,Branches,CO"]
    file.write_text("\n".join(lines), "utf-8")
    return file


def write_people(folder: Path) -> Path:
    """5,000 people, encoded and parted as by an old spreadsheet; each fiftieth has no valid address."""
    chance, lines = random.Random(1), ["number;name;e-mail;phone;country;side;unit;title"]
    for number in range(PEOPLE - 1):
        inside = number % 10 == 0
        email = "no address" if number % 50 == 0 else f"person{number}@company.example"
        work = f"kin;{chance.choice(['IT', 'LOG', 'SUP', 'BR'])};Clerk" if inside else "kith;;"
        lines.append(f"N{number:05d};Jörg {number:05d};{email};+4930{1_000_000 + number};DE;{work}")
    lines.append("N90000;JÖRG 00001;PERSON1@company.example;;DE;kith;;")
    file = folder / "people.csv"
    file.write_text("\n".join(lines), "cp1252")
    return file


def bring(page: Page, file: Path, kind: str) -> str:
    """Upload, check and run; the first line of the result."""
    page.goto("/settings/imports/new/")
    page.check(f"#kind-{kind}")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Check every line").click()
    go = page.get_by_role("button", name=re.compile("Bring"))
    go.wait_for(timeout=LONG)
    go.click()
    page.get_by_text("Take it all back").wait_for(timeout=LONG)
    return page.inner_text("h1")


def the_link_makes_the_first_administrator_once(page: Page, installation: Installation) -> None:
    page.goto(installation.first_start)
    page.get_by_label("Name").fill("Alma")
    page.get_by_label("E-mail").fill("alma@company.example")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Welcome, Alma")).to_be_visible()
    page.goto(installation.first_start)
    expect(page.get_by_role("button", name="Begin")).to_have_count(0)


def the_organisation_comes_from_a_file(page: Page, folder: Path) -> None:
    assert bring(page, write_units(folder), "organisation") == "5 lines came in"
    page.goto("/organisation/")
    expect(page.get_by_role("link", name="Support", exact=True)).to_be_visible()


def five_thousand_people_come_in_and_what_is_refused_is_mended(page: Page, folder: Path) -> None:
    assert bring(page, write_people(folder), "people").startswith("4,900 lines came in")
    with page.expect_download() as download:
        page.get_by_role("link", name="Refused lines as a file").click()
    refused = download.value.path().read_text("utf-8-sig")
    assert refused.count("no address") == WRONG
    mended = folder / "mended.csv"
    mended.write_text(refused.replace("no address", ""), "utf-8")
    assert bring(page, mended, "people").startswith("100 lines came in")


def two_records_are_merged_and_it_is_taken_back(page: Page) -> None:
    page.goto("/people/duplicates/")
    page.get_by_role("link", name=re.compile("Jörg 00001")).click()
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_text("is one record now")).to_be_visible()
    page.goto("/people/?q=JÖRG+00001")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto("/people/merges/")
    page.get_by_role("button", name=re.compile("Undo")).click()
    expect(page.get_by_text("are two records again")).to_be_visible()
    page.goto("/people/?q=JÖRG+00001")
    expect(page.locator("tbody tr")).to_have_count(2)


def a_department_moves_from_next_month_on(page: Page) -> None:
    page.goto("/organisation/")
    page.get_by_role("link", name="Logistics", exact=True).click()
    page.get_by_role("link", name="Move", exact=True).click()
    page.get_by_label("Where does it go?").select_option(label=option(page, "Where does it go?", "IT"))
    first = date.fromisoformat(page.get_by_label("From when?").input_value())
    page.get_by_role("button", name="Move", exact=True).click()
    page.goto("/organisation/")
    expect(page.get_by_text(re.compile("Logistics moves under IT"))).to_be_visible()
    assert below(page, "/organisation/", "IT") == {"Support"}
    assert below(page, f"/organisation/?on={first.isoformat()}", "IT") == {"Support", "Logistics"}


def a_relation_redraws_the_map(page: Page) -> None:
    line = page.get_by_role("link", name="IT → Branches: till support")
    page.goto("/serve/")
    expect(line).to_have_count(0)
    page.goto("/serve/relations/add/")
    page.get_by_label("Who serves?").select_option(label=option(page, "Who serves?", "IT"))
    page.get_by_label("Who is served?").select_option(label=option(page, "Who is served?", "Branches"))
    page.get_by_label("Through which service?").fill("till support")
    page.get_by_role("button", name="Add the relation").click()
    page.goto("/serve/")
    expect(line).to_have_count(1)
    expect(page.get_by_role("link", name="Branches", exact=True).first).to_be_visible()


def a_live_segment_counts_while_it_is_built_and_follows_people(page: Page) -> None:
    page.goto("/understand/segments/add/")
    page.get_by_label("Field").select_option("side")
    page.get_by_label("Value").wait_for()
    page.get_by_label("Value").select_option("kin")
    expect(page.get_by_role("status").filter(has_text="of 5,000 people")).to_contain_text("500 of 5,000")
    page.get_by_label("Name").fill("Those inside")
    page.get_by_role("button", name="Save the segment").click()
    expect(page.get_by_text(re.compile("500")).first).to_be_visible()
    segment = page.url
    page.goto("/people/add/")
    page.get_by_label("Name").fill("Somebody new")
    page.get_by_label("kin: works here").check()
    page.locator("main form.form button.button").first.click()
    page.goto(segment)
    expect(page.get_by_text(re.compile("501")).first).to_be_visible()


def test_a_newcomers_first_afternoon(page: Page, installation: Installation, tmp_path: Path):
    """One story: each step stands on those before it, so they are one test."""
    the_link_makes_the_first_administrator_once(page, installation)
    the_organisation_comes_from_a_file(page, tmp_path)
    five_thousand_people_come_in_and_what_is_refused_is_mended(page, tmp_path)
    two_records_are_merged_and_it_is_taken_back(page)
    a_department_moves_from_next_month_on(page)
    a_relation_redraws_the_map(page)
    a_live_segment_counts_while_it_is_built_and_follows_people(page)


def option(page: Page, label: str, text: str) -> str:
    """The very words of the option that says `text`, whatever shows its depth in the tree."""
    said = page.get_by_label(label).locator("option").filter(has_text=re.compile(rf"^[\s\W]*{text}\s*$"))
    said.wait_for(state="attached")
    return said.inner_text()


def below(page: Page, path: str, name: str) -> set[str]:
    """The names of the units right below the one called `name`."""
    page.goto(path)
    link = page.get_by_role("link", name=name, exact=True).first
    inside = link.locator("xpath=ancestor::li[1]").locator("xpath=.//ul/li")
    return {text.splitlines()[0].strip() for text in inside.all_inner_texts() if text.strip()}
