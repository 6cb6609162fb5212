"""What an address, a name or a head may not bring about: an error page, a figure that is not what it says."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from kithkin.directory.models import Side
from kithkin.forms.services import publish_version
from kithkin.insights.studies.links import touchpoint_counts
from kithkin.insights.warehouse import load_pending
from kithkin.surveys.models import Identity
from kithkin.surveys.services import NewResponse, ProgramDraft, create_program, launch_program, record_responses
from tests.insights.listening import heard, inside, outside, said

GIANT = ["9" * 30, "9" * 5000, "18446744073709551616", "-1", "²", "٣", "\0"]


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("page", ["scores", "drivers"])
@pytest.mark.parametrize("key", ["in.touchpoint", "in.unit"])
def test_an_id_that_is_none_asks_for_nobody(visit, branches, page, key):
    client = visit("anna")
    for value in GIANT:
        answer = client.get(reverse(page), {"program": branches.program.pk, key: value})
        assert answer.status_code == {"scores": 200, "drivers": 422}[page]


@pytest.mark.parametrize("name", ["score", "n", "note", "low"])
def test_a_question_that_is_called_like_a_column_has_its_own(visit, cast, name):
    body = {
        "format": "kithkin.questionnaire", "version": 1,
        "body": {"elements": [
            {"type": "rating", "name": "mark", "rateMin": 1, "rateMax": 5},
            {"type": "dropdown", "name": "kind", "title": name, "choices": ["new", "old"]},
        ]},
        "kithkin": {"metrics": []},
    }  # fmt: skip
    made = create_program(draft=ProgramDraft("Marks", Side.KITH, Identity.IDENTIFIED))
    publish_version(questionnaire=made.questionnaire, body=body, by=None)
    launch_program(program=made, headline=made.questionnaire.fields.get(name="mark"))
    at = said("2026-05", 1, None).at
    record_responses(program=made, rows=[NewResponse(at=at, answers={"mark": 4, "kind": "new"}) for _ in range(9)])
    load_pending()
    file = reverse("understand_file", kwargs={"page": "scores", "part": "groups", "kind": "csv"})
    kind = made.questionnaire.fields.get(name="kind").column
    rows = rows_of(visit("anna").get(file, {"program": made.pk, "by": kind}))
    assert [(row[f"{name} (1)"], row["n"]) for row in rows] == [("new", "9")]


def test_drivers_are_of_the_unit_that_stands_above_them(visit, branches):
    file = reverse("understand_file", kwargs={"page": "drivers", "part": "shares", "kind": "csv"})
    asked = {"program": branches.program.pk, "in.unit": branches.units[0].pk}
    assert [row["n"] for row in rows_of(visit("anna").get(file, asked))] == ["96"]
    assert [row["n"] for row in rows_of(visit("donald").get(file, asked))] == ["96"]
    assert visit("dora").get(file, asked).status_code == 422
    assert [row["n"] for row in rows_of(visit("anna").get(file, {**asked, "in.quarter": "2026-Q1"}))] == ["36"]
    assert visit("anna").get(file, {**asked, "in.weather": "rain"}).status_code == 422


def test_a_month_that_is_asked_for_is_the_month_that_is_told(visit, cast):
    made = inside()
    heard(made, [said(month, 3, cast.it.pk) for month in ("2026-05", "2026-06", "2026-07") for _ in range(12)])
    file = reverse("understand_file", kwargs={"page": "scores", "part": "groups", "kind": "csv"})
    for asked, n in (({"in.month": "2026-06"}, 12), ({"in.quarter": "2026-Q2"}, 24), ({"in.year": "2026"}, 36)):
        rows = rows_of(visit("anna").get(file, {"program": made.pk, "by": "unit", **asked}))
        assert sum(int(row["n"]) for row in rows if row["n"]) == n


def test_how_many_met_a_touchpoint_under_a_promise_is_what_was_told(cast, branches):
    made = outside(identity="confidential", dimensions=("touchpoint", "month"))
    visit, delivery = branches.touchpoints
    met = [(visit, "2026-05", 12), (delivery, "2026-05", 11), (visit, "2026-06", 20), (delivery, "2026-06", 3)]
    heard(made, [said(month, 8, None, touchpoint=place.pk) for place, month, n in met for _ in range(n)])
    assert touchpoint_counts(made) == {str(visit.pk): 12.0, str(delivery.pk): 11.0}
