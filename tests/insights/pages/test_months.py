"""Months are read as people say them; addresses and files keep the form that programs read."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from django.urls import reverse

from kithkin.insights.wording import month_name
from kithkin.platform.services.profile import change_profile
from tests.cast import make_unit
from tests.insights.listening import heard, outside, said


@pytest.fixture
def customers(cast):
    made = outside()
    heard(made, [said(f"2026-0{month}", score, cast.it.pk) for month in (2, 3) for score in (9, 10, 0, 8)])
    return made


@pytest.fixture
def page(visit, customers):
    def shown(**asked: str | list[str]) -> str:
        return visit("anna").get(reverse("scores"), {"program": customers.pk, **asked}).content.decode()

    return shown


def test_a_month_is_chosen_by_its_name_and_asked_for_by_its_number(page):
    assert '<option value="2026-03" selected>March 2026</option>' in page()


def test_a_month_is_named_in_the_readers_language(cast, page):
    change_profile(user=cast.anna, name="Anna", language="de", time_zone="")
    assert '<option value="2026-03" selected>März 2026</option>' in page()


def test_a_chart_that_was_drawn_for_another_speaks_the_readers_language(cast, page):
    assert "March 2026" in page(by="month")
    change_profile(user=cast.anna, name="Anna", language="de", time_zone="")
    text = page(by="month")
    assert r'"period": "M\u00e4rz 2026"' in text
    assert "March 2026" not in text


def test_no_page_shows_a_months_number_to_people(page):
    for asked in ({"by": "month"}, {"in.month": "2026-03"}, {"by": "unit-department"}):
        text = page(**asked).split('<script type="application/json"')[0]
        assert "March 2026" in text
        assert ">2026-03" not in text


def test_the_table_as_a_file_keeps_the_numbers(visit, customers):
    asked = f"?program={customers.pk}&by=month"
    for part in ("groups", "trend"):
        file = visit("anna").get(reverse("understand_file", args=["scores", part, "csv"]) + asked)
        assert [row[0] for row in csv.reader(StringIO(file.content.decode()))] == ["month", "2026-02", "2026-03"]


def test_what_is_no_month_is_called_as_it_is():
    assert [month_name(text) for text in ("2026-Q1", "2026", "2026-13", "", "\0")] == [
        "2026-Q1", "2026", "2026-13", "", "\0",
    ]  # fmt: skip


def test_on_a_map_of_heat_months_are_short_for_room(page):
    text = page(by=["unit", "month"])
    assert [name for name in ("Feb 2026", "Mar 2026") if f'<th scope="col" class="figure">{name}</th>' in text] == [
        "Feb 2026",
        "Mar 2026",
    ]


def test_a_map_of_heat_begins_no_line_that_it_cannot_end(visit, cast):
    made, units = outside(), [make_unit(f"Branch {number:02}", cast.company) for number in range(17)]
    months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    heard(made, [said(month, 9, unit.pk) for unit in units for month in months])
    asked = {"program": made.pk, "by": ["unit", "month"], "from": months[0], "to": months[-1]}
    page = visit("anna").get(reverse("scores"), asked).content.decode()
    lines = re.findall(r'<tr><th scope="row">(Branch \d\d)</th>(.*?)</tr>', page)
    assert [name for name, _cells in lines] == [f"Branch {number:02}" for number in range(16)]
    assert {cells.count("<td></td>") for _name, cells in lines} == {0}
    assert "24 more groups have no room here" in page
