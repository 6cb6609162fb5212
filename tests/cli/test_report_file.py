"""The report's file: self-contained, guarded by its own policy, in order for whoever cannot see it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.cli import report_cases

from kithkin.cli import report

MADE = date(2026, 3, 9)
VOID = {"meta", "img", "br"}


class Elements(HTMLParser):
    """Every element with its attributes and the text directly in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.found:
            tag, attributes, text = self.found[-1]
            self.found[-1] = tag, attributes, text + data

    def of(self, *tags: str) -> list[tuple[str, dict[str, str | None], str]]:
        return [one for one in self.found if one[0] in tags]


@pytest.fixture(scope="module")
def text() -> str:
    return report.html(report_cases.weak_link(), made=MADE)


@pytest.fixture(scope="module")
def elements(text: str) -> Elements:
    return Elements(text)


def hashed(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def between(text: str, start: str, end: str) -> str:
    found = re.search(f"{re.escape(start)}(.*?){re.escape(end)}", text, re.DOTALL)
    assert found is not None
    return found.group(1)


def charts(text: str) -> dict[str, Any]:
    return dict(json.loads(between(text, '<script type="application/json" id="charts">', "</script>")))


def test_the_policy_allows_its_own_script_and_style_and_nothing_else(text: str, elements: Elements) -> None:
    policy = next(one[1]["content"] for one in elements.of("meta") if one[1].get("http-equiv"))
    script = hashed(between(text, '<script type="module">', "</script>"))
    style = hashed(between(text, "<style>", "</style>"))
    assert policy == (
        f"default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def test_nothing_in_it_points_outside(elements: Elements) -> None:
    assert elements.of("link", "iframe", "form", "a", "object") == []
    sources = [one[1]["src"] for one in elements.found if "src" in one[1]]
    assert sources
    assert all(source and source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert not [one for one in elements.found if any(name.startswith("on") or name == "style" for name in one[1])]


def test_every_chart_is_there_twice_wide_and_narrow_without_colours_of_its_own(text: str) -> None:
    found = charts(text)
    assert sorted(found["charts"]) == ["0", "1", "2"]
    for chart in found["charts"].values():
        assert chart.keys() == {"wide", "narrow"}
        assert "config" not in chart["wide"]
    assert found["theme"].keys() == {"light", "dark"}


def test_the_stills_are_pictures_of_the_same_charts_in_both_schemes(elements: Elements) -> None:
    stills = [
        (str(one[1]["class"]), base64.b64decode(str(one[1]["src"]).partition(",")[2]).decode())
        for one in elements.of("img")
    ]
    assert [kind for kind, _ in stills] == ["on-light", "on-dark"] * 3
    assert all(ET.fromstring(still).tag.endswith("svg") for _, still in stills)
    assert "#c4502f" in stills[0][1]
    assert "#f08f70" in stills[1][1]


def test_every_picture_says_in_words_what_it_shows(elements: Elements) -> None:
    descriptions = [one[1]["aria-label"] for one in elements.of("div") if one[1].get("role") == "img"]
    assert descriptions == [
        section.picture.description for section in report_cases.weak_link().sections if section.picture
    ]
    assert [one[1]["alt"] for one in elements.of("img")][::2] == descriptions


def test_headings_descend_in_order_from_one_title(elements: Elements) -> None:
    levels = [int(one[0][1]) for one in elements.of("h1", "h2", "h3", "h4")]
    assert levels == [1, 2, 2, 2, 2, 2, 3]
    assert elements.of("html")[0][1]["lang"] == "en"
    assert elements.of("title")[0][2].strip() == "Till support (IT → Branches) costs your customers most"


def test_tables_name_their_columns_and_their_rows(elements: Elements) -> None:
    scopes = [one[1].get("scope") for one in elements.of("th")]
    assert len(elements.of("table")) == 3
    assert set(scopes) == {"col", "row"}
    assert scopes.count("row") == 3 + 3 + 3
    named = {one[1]["id"] for one in elements.found if "id" in one[1]}
    assert all(one[1]["aria-labelledby"] in named for one in elements.of("table"))


def test_it_says_when_and_by_what_it_was_made_and_what_was_left_out(text: str) -> None:
    assert "on 9 March 2026." in text
    assert re.search(r"Made by kithkin \d", text)
    assert "<li>HR → IT: hiring: seen in 2 units only</li>" in text


def test_data_is_words_in_the_page_and_data_in_the_script() -> None:
    text = report.html(report_cases.hostile(), made=MADE)
    assert "<script>window" not in text
    assert "<img src=x" not in text
    assert "&lt;/script&gt;&lt;script&gt;window.hacked = 1&lt;/script&gt;" in text
    datasets = [chart["wide"]["datasets"] for chart in charts(text)["charts"].values()]
    names = {row.get("name") for dataset in datasets for rows in dataset.values() for row in rows}
    assert set(report_cases.HOSTILE[:3]) <= names


def test_a_page_without_pictures_or_lead_is_whole() -> None:
    page = report.Page("Nothing", "Nothing here", (), (report.Section("Why", "Because."),), (report.Fact("n", "0"),))
    found = Elements(report.html(page, made=MADE))
    assert found.of("figure", "table", "img") == []
    assert [one[2].strip() for one in found.of("h1", "h2")] == ["Nothing here", "Why", "How this was computed"]


def test_the_file_is_utf_8_and_small_enough_to_mail(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    report.write(target, report_cases.hostile())
    assert len(target.read_text("utf-8")) < 1_300_000


def test_the_same_page_is_the_same_file() -> None:
    assert report.html(report_cases.scores(), made=MADE) == report.html(report_cases.scores(), made=MADE)
