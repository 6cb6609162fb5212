"""Drivers: worked out over just the answers that the filters let in, as counted by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from django.http import QueryDict
from django.urls import reverse

from kithkin.analysis.drivers import Moments, lmg
from kithkin.directory.services.organisation import move_unit
from kithkin.insights.views.drivers import choice_of, report_for
from kithkin.insights.views.scores import asked_of
from tests.insights.listening import heard, outside, said

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")


@pytest.fixture
def customers(cast):
    """800 answers in which speed moves the score, of three units; Support moves to Logistics in March."""
    rng = np.random.default_rng(6)
    made, units = outside(), [cast.it.pk, cast.support.pk, cast.logistics.pk, None]
    rows = []
    for i in range(800):
        speed = int(rng.integers(1, 6))
        score = int(np.clip(round(speed * (1 + i % 2) + rng.normal(0, 2)), 0, 10))
        rows.append(said(MONTHS[i % 4], score, units[int(rng.integers(0, 4))], speed=speed))
    heard(made, rows)
    move_unit(unit=cast.support, to=cast.logistics, on=date(2026, 3, 1))
    return made, rows


def worked_out(program, user, address=""):
    query = QueryDict(f"program={program.pk}&{address}")
    asked = asked_of(query, user)
    outcome, _candidates, chosen = choice_of(asked, query)
    return report_for(asked, user, outcome, chosen)


def is_of(report, rows):
    x, y = np.array([[row.answers["speed"]] for row in rows], float), np.array([row.answers["score"] for row in rows])
    assert report.n == len(rows)
    assert report.r2.value == pytest.approx(lmg(Moments.from_data(x, y.astype(float))).r2)
    assert report.drivers[0].mean == pytest.approx(x.mean())


def test_everybody(customers, cast):
    made, rows = customers
    is_of(worked_out(made, cast.anna), rows)


def test_answers_that_weigh_nothing_drive_nothing(customers, cast):
    made, rows = customers
    heard(made, [said("2026-02", 0, cast.it.pk, speed=5, weight=0) for _ in range(50)])
    is_of(worked_out(made, cast.anna), rows)


def test_a_place_with_what_stood_below_it_each_month(customers, cast):
    made, rows = customers
    let_in = [r for r in rows if r.unit == cast.it.pk or (r.unit == cast.support.pk and r.at.month < 3)]
    is_of(worked_out(made, cast.anna, f"in.unit={cast.it.pk}"), let_in)


def test_a_place_at_its_level_and_two_places_at_once(customers, cast):
    made, rows = customers
    both = f"in.unit-department={cast.logistics.pk}&in.unit={cast.support.pk}"
    is_of(worked_out(made, cast.anna, both), [r for r in rows if r.unit == cast.support.pk and r.at.month >= 3])


def test_a_longer_period_within_a_span(customers, cast):
    made, rows = customers
    address = "in.quarter=2026-Q1&from=2026-02&to=2026-04"
    is_of(worked_out(made, cast.anna, address), [r for r in rows if r.at.month in {2, 3}])


def test_a_month_and_a_quarter_that_share_nothing_let_nobody_in(customers, visit):
    made, _rows = customers
    page = visit("anna").get(reverse("drivers"), {"program": made.pk, "in.quarter": "2026-Q2", "in.month": "2026-01"})
    assert page.status_code == 422


def test_a_head_reads_her_own_part(customers, cast):
    made, rows = customers
    is_of(worked_out(made, cast.dora), [r for r in rows if r.unit == cast.it.pk])


def test_a_head_whose_units_have_no_answers_is_told_so(visit, cast):
    made = outside()
    heard(made, [said("2026-01", 9, cast.logistics.pk, speed=4) for _ in range(20)])
    page = visit("dora").get(reverse("drivers"), {"program": made.pk})
    assert page.status_code == 422
    assert "You read answers about the units that you look after." in page.content.decode()


def test_too_few_answers_are_said_in_words_for_people(visit, cast):
    made = outside()
    heard(made, [said("2026-01", 9 - place, cast.it.pk, speed=4 - place) for place in range(3)])
    page = visit("anna").get(reverse("drivers"), {"program": made.pk}).content.decode()
    assert '<div class="notice wrong"><p>Too few people answered all of this to tell.' in page


def test_what_the_program_cannot_be_cut_by_is_refused_as_on_scores(customers, visit):
    made, _rows = customers
    page = visit("anna").get(reverse("drivers"), {"program": made.pk, "in.moon": "full"})
    assert page.status_code == 422
    assert b"cannot be cut by" in page.content
