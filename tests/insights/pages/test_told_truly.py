"""Sentences about figures say no more than the figures allow."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kithkin.directory.models import Touchpoint
from kithkin.directory.models.days import today
from kithkin.insights.asking.months import month_of, shifted
from kithkin.insights.wording import month_name
from tests.insights.listening import heard, outside, said


@pytest.fixture
def months():
    """The month that runs, the last whole one, and the ten before it."""
    return [shifted(month_of(today()), -back) for back in range(12)]


def answers(month, scores, touchpoint, times=40):
    return [said(month, score, None, touchpoint=touchpoint.pk) for score in scores * times]


def changed(browser):
    return next(panel for panel in browser.get("/").context["panels"] if "changed" in panel)["changed"]["said"]


def test_home_compares_whole_months_and_not_the_one_that_runs(cast, visit, months, warehouse):
    made, visit_ = outside(), Touchpoint.objects.create(name="Visit")
    running, last, before, *_earlier = months
    heard(made, [*answers(before, [0, 10], visit_), *answers(last, [0, 10], visit_), *answers(running, [0], visit_)])
    assert f"In {month_name(last)} no touchpoint moved beyond chance." in visit("anna").get("/").content.decode()


def test_home_calls_nothing_unmoved_that_it_had_nothing_to_compare_with(cast, visit, months, warehouse):
    made, visit_ = outside(), Touchpoint.objects.create(name="Visit")
    heard(made, [*answers(months[6], [0, 10], visit_), *answers(months[1], [10], visit_)])
    page = visit("anna").get("/").content.decode()
    assert "moved beyond chance" not in page
    assert "NPS 100.0" in page


def test_scores_say_what_the_rest_and_the_usual_range_are(cast, visit, months, warehouse):
    made = outside()
    visits = [Touchpoint.objects.create(name=name) for name in ("Visit", "Call")]
    heard(made, [
        row for back, month in enumerate(months) for one in visits
        for row in answers(month, [0, 9, 10, 10 * (back % 2)], one, times=3)
    ])  # fmt: skip
    asked = {"program": made.pk, "by": "touchpoint"}
    names = [name for name, _said in visit("anna").get(reverse("scores"), asked).context["method"]]
    assert names == [
        "Method", "Question", "Source", "As of", "Changes", "Against the rest", "Month by month",
    ]  # fmt: skip
    plain = visit("anna").get(reverse("scores"), asked | {"by": "month", "from": months[3], "to": months[1]})
    assert [name for name, _said in plain.context["method"]] == ["Method", "Question", "Source", "As of", "Changes"]
