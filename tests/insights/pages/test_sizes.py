"""The smallest company and the largest: pages stand, stay light, and say how little they know."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kithkin.directory.models import Unit, UnitPeriod
from tests.insights.listening import heard, inside, outside, said

LARGEST_PAGE = 100_000
PAGES = ("scores", "drivers", "weak_link", "chain", "figures", "dashboard", "home")


def departments(company: Unit, count: int) -> list[Unit]:
    """So many below the company, five below each."""
    units = Unit.objects.bulk_create(Unit(name=f"Department {number:04}") for number in range(count))
    UnitPeriod.objects.bulk_create(
        UnitPeriod(
            unit=unit,
            name=unit.name,
            kind="department",
            parent=units[(number - 1) // 5] if number else company,
            since=date(2020, 1, 1),
        )
        for number, unit in enumerate(units)
    )
    return units


@pytest.mark.parametrize("make", [outside, inside])
@pytest.mark.parametrize("answers", [0, 3])
def test_a_program_with_next_to_nothing_has_pages_that_say_so(make, answers, cast, visit):
    made = make()
    heard(made, [said("2026-05", 3, cast.it.pk) for _ in range(answers)])
    for page in PAGES:
        answer = visit("anna").get(reverse(page), {"program": made.pk} if page not in {"home", "dashboard"} else {})
        assert answer.status_code in {200, 422}, page
        assert len(answer.content) < LARGEST_PAGE
    scores = visit("anna").get(reverse("scores"), {"program": made.pk, "by": "unit"}).content.decode()
    assert ("n = 3" in scores or "3 answers" in scores) == (answers == 3 and make is outside)


def test_two_thousand_departments_stand_on_light_pages(cast, visit, django_assert_max_num_queries):
    units = departments(cast.company, 2_000)
    made, browser = outside(), visit("anna")
    heard(made, [said("2026-05", number % 11, unit.pk) for number, unit in enumerate(units) for _ in range(3)])
    file = reverse("understand_file", kwargs={"page": "scores", "part": "groups", "kind": "csv"})
    assert browser.get(file, {"program": made.pk, "by": "unit"}).content.count(b"Department") == 2_000
    page = browser.get(reverse("scores"), {"program": made.pk, "by": "unit"}).content.decode()
    assert (page.count("Department "), "1850 more groups have no room here" in page) == (150, True)
    for asked in ({"by": "unit"}, {"by": "unit-department"}, {"by": ["unit", "month"]}, {"in.unit": units[3].pk}):
        with django_assert_max_num_queries(30):
            answer = browser.get(reverse("scores"), {"program": made.pk, **asked})
        assert (answer.status_code, len(answer.content) < LARGEST_PAGE) == (200, True), asked
