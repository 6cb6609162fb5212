"""A program without a floor: every group equals what is counted by hand from the raw answers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from django.http import QueryDict
from django.urls import reverse

from kithkin.analysis import metrics
from kithkin.analysis.charts.picture import Form
from kithkin.directory.models import Touchpoint
from kithkin.directory.services.organisation import move_unit, rename_unit
from kithkin.insights.asking import CannotAnswer, Question, Span, answer
from kithkin.insights.pictures import groups_picture
from kithkin.insights.views.tables import rows_of
from kithkin.surveys.services import record_responses
from tests.cast import make_unit
from tests.insights.listening import heard, outside, said

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")


@pytest.fixture
def customers(cast):
    """600 answers over three units and four months, some weighted, some of nobody's unit."""
    rng = np.random.default_rng(4)
    made = outside()
    units = [cast.it.pk, cast.support.pk, cast.logistics.pk, None]
    rows = [
        said(
            MONTHS[i % 4],
            int(rng.integers(0, 11)),
            units[int(rng.integers(0, 4))],
            weight=float(rng.choice([0.5, 1, 2])),
            kind=str(rng.choice(["new", "old"])),
        )
        for i in range(600)
    ]
    heard(made, rows)
    return made, rows


def close(one, other):
    return (round(one.value, 9), round(one.low, 9), round(one.high, 9), one.n) == (
        round(other.value, 9), round(other.low, 9), round(other.high, 9), other.n,
    )  # fmt: skip


def twin(rows):
    return metrics.nps([row.answers["score"] for row in rows], [row.weight for row in rows])


def test_everybody_together(customers, cast):
    made, rows = customers
    assert close(answer(Question(made.pk), made, cast.anna).overall.estimate, twin(rows))


@pytest.mark.parametrize("key", ["kind", "month"])
def test_every_group_of_a_dimension(customers, cast, key):
    made, rows = customers
    column = key if key == "month" else made.questionnaire.fields.get(name=key).column
    of = (lambda row: f"{row.at:%Y-%m}") if key == "month" else (lambda row: row.answers[key])
    found = answer(Question(made.pk, by=(column,)), made, cast.anna).groups
    assert {group.members[0] for group in found} == {of(row) for row in rows}
    assert all(close(group.estimate, twin([row for row in rows if of(row) == group.members[0]])) for group in found)


def test_answers_that_weigh_nothing_are_nobodys(cast):
    made = outside()
    heard(made, [said("2026-03", 10, cast.it.pk, weight=w, speed=1 + i % 5) for i, w in enumerate([0, 0, 1, 2, None])])
    assert answer(Question(made.pk, by=("unit",)), made, cast.anna).overall.n == 3


def test_limits_need_six_months(cast):
    made = outside()
    heard(made, [said(f"2026-0{month}", score, None) for month in range(1, 6) for score in (0, 5 + month)])
    found = answer(Question(made.pk), made, cast.anna).trend
    assert (found.chart, found.changes) == (None, None)
    assert found.why_not == "Limits need 6 months or more."
    heard(made, [said("2026-06", score, None) for score in (0, 7)])
    assert answer(Question(made.pk), made, cast.anna).trend.chart is not None


def test_what_the_warehouse_has_not_seen_is_counted(cast):
    made = outside()
    heard(made, [said("2026-03", 10, None)])
    assert answer(Question(made.pk), made, cast.anna).pending == 0
    for score in (0, 1):
        record_responses(program=made, rows=[said("2026-03", score, None)])
    assert answer(Question(made.pk), made, cast.anna).pending == 2


def test_of_more_than_sixty_groups_none_is_called_another(cast):
    made, touchpoints = outside(), [Touchpoint.objects.create(name=f"Place {n}") for n in range(61)]
    rows = [said("2026-03", 0 if n == 0 else 10, None, touchpoint=one.pk) for n, one in enumerate(touchpoints)] * 20
    heard(made, rows)
    asked = Question(made.pk, by=("touchpoint",))
    found = answer(asked, made, cast.anna)
    assert (len(found.groups), found.differing) == (61, {})
    fewer = answer(asked.but(where={"touchpoint": tuple(str(one.pk) for one in touchpoints[:60])}), made, cast.anna)
    assert len(fewer.differing) == 60
    assert fewer.differing[str(touchpoints[0].pk),] is True


def test_departments_hold_what_lies_below_them(customers, cast):
    made, rows = customers
    found = {g.label: g for g in answer(Question(made.pk, by=("unit-department",)), made, cast.anna).groups}
    assert close(found["IT"].estimate, twin([row for row in rows if row.unit in {cast.it.pk, cast.support.pk}]))
    assert found["elsewhere"].n == sum(row.unit is None for row in rows)


def test_a_way_leads_on_from_each_group_that_an_address_can_name(customers, cast):
    made, _rows = customers
    found = answer(Question(made.pk, by=("unit-department", "month")), made, cast.anna)
    ways = {(row.label, bool(row.url)) for row in rows_of(found) if row.label.endswith("January 2026")}
    assert {(label.split(" ")[0].strip(","), leads) for label, leads in ways} == {
        ("IT", True), ("Logistics", True), ("elsewhere", False),
    }  # fmt: skip
    for row in rows_of(answer(Question(made.pk, by=("unit-department",)), made, cast.anna)):
        if row.url:
            alone = answer(Question.read(QueryDict(row.url)), made, cast.anna)
            assert alone.overall.n == row.n


def test_two_dimensions_a_filter_and_a_span_at_once(customers, cast):
    made, rows = customers
    kind = made.questionnaire.fields.get(name="kind").column
    question = Question(
        made.pk,
        by=("unit", "month"),
        where={kind: ("new",), "unit": (str(cast.it.pk),)},
        span=Span("2026-02", "2026-03"),
    )
    found = answer(question, made, cast.anna).groups
    picked = [
        r
        for r in rows
        if r.answers["kind"] == "new" and r.unit in {cast.it.pk, cast.support.pk} and r.at.month in {2, 3}
    ]
    assert sum(group.n for group in found) == len(picked)
    assert all(
        close(g.estimate, twin([r for r in picked if str(r.unit) == g.members[0] and f"{r.at:%Y-%m}" == g.members[1]]))
        for g in found
    )


def test_the_time_before_is_as_long_and_the_change_is_compares(customers, cast):
    made, rows = customers
    kind = made.questionnaire.fields.get(name="kind").column
    found = answer(Question(made.pk, by=(kind,), span=Span("2026-03", "2026-04")), made, cast.anna).groups
    for group in found:
        mine = [row for row in rows if row.answers["kind"] == group.members[0]]
        now, then = ([r for r in mine if r.at.month in months] for months in ({3, 4}, {1, 2}))
        expected = metrics.compare(twin(now), twin(then))
        assert (group.change.value, group.change.low) == pytest.approx((expected.value, expected.low))


def test_last_year_keeps_last_years_tree(customers, cast):
    made, rows = customers
    move_unit(unit=cast.support, to=cast.logistics, on=date(2026, 3, 1))
    found = answer(Question(made.pk, by=("unit-department", "month")), made, cast.anna).groups
    counted = {(group.labels[0], group.members[1]): group.n for group in found}
    support = {month: sum(r.unit == cast.support.pk and f"{r.at:%Y-%m}" == month for r in rows) for month in MONTHS}
    it = {month: sum(r.unit == cast.it.pk and f"{r.at:%Y-%m}" == month for r in rows) for month in MONTHS}
    assert [counted["IT", month] for month in MONTHS] == [it[m] + (support[m] if m < "2026-03" else 0) for m in MONTHS]


def test_a_head_sees_her_own_part_only(customers, cast):
    made, rows = customers
    found = answer(Question(made.pk, by=("unit",)), made, cast.dora)
    assert {group.label for group in found.groups} == {"IT", "Support"}
    assert found.overall.n == sum(row.unit in {cast.it.pk, cast.support.pk} for row in rows)


def test_two_units_of_one_name_are_judged_each_for_itself(cast):
    made, other = outside(), make_unit("Help", cast.logistics)
    rename_unit(unit=other, name="Support", on=date(2026, 1, 1))
    rows = [
        said("2026-03", score, unit)
        for unit, scores in {cast.support.pk: [10, 9, 10], other.pk: [10, 8, 3], cast.it.pk: [0, 1, 2]}.items()
        for score in scores * 40
    ]
    heard(made, rows)
    found = answer(Question(made.pk, by=("unit",)), made, cast.anna)
    assert {group.label for group in found.groups} == {"Support", "IT"}
    assert found.differing == {(str(cast.support.pk),): True, (str(other.pk),): False, (str(cast.it.pk),): True}
    assert "Support (2)" in str(groups_picture(found).spec(Form.WIDE))


def test_an_employee_is_refused(customers, cast):
    made, _rows = customers
    with pytest.raises(CannotAnswer, match="heads of departments"):
        answer(Question(made.pk), made, cast.bob)


def test_what_makes_no_sense_in_an_address_is_told(customers, visit):
    made, _rows = customers
    page = visit("anna").get(reverse("scores"), {"program": made.pk, "by": "moon", "from": "never", "in.": "x"})
    assert page.status_code == 422
    assert b"cannot be cut by" in page.content


@pytest.mark.parametrize("by", ["unit", "month", ""])
def test_the_page_needs_as_many_statements_for_one_group_as_for_many(
    customers, visit, django_assert_max_num_queries, by
):
    made, _rows = customers
    client = visit("anna")
    client.get(reverse("scores"), {"program": made.pk, "by": by})
    with django_assert_max_num_queries(30):
        client.get(reverse("scores"), {"program": made.pk, "by": by})
