"""Single answers, requests and figures add up to the panel of the company that they were made from."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest

from kithkin.analysis import drivers, metrics
from kithkin.demo.company import simulate
from kithkin.demo.records.engagement import engagement_answers
from kithkin.demo.records.figures import CALLS, RETENTION, REVENUE, figures_of
from kithkin.demo.records.months import months_before
from kithkin.demo.records.outside import DRIVERS, outside_answers
from kithkin.demo.records.requests import QUEUES, requests_of
from kithkin.demo.records.service import places_of_links, service_answers
from kithkin.demo.structure import TOUCHPOINTS, WEAK_LINK

MONTHS = months_before(date(2026, 11, 26), 24)
COMPANY = simulate(seed=1, months=MONTHS)
OUTSIDE = outside_answers(COMPANY, known=354)
SERVICE = service_answers(COMPANY)
REQUESTS = requests_of(COMPANY)
PLANS = list(REQUESTS.plans(0, 4000))


def test_it_tells_of_the_24_whole_months_before_today():
    assert (MONTHS[0], MONTHS[-1], len(MONTHS)) == ("2024-11", "2026-10", 24)


def test_it_is_as_large_as_it_says():
    assert len(OUTSIDE) == pytest.approx(120_000, rel=0.1)
    assert len(REQUESTS) == pytest.approx(60_000, rel=0.02)
    assert len(engagement_answers(COMPANY, [place % 40 for place in range(1250)])) == pytest.approx(9_000, rel=0.02)


def test_nps_of_every_branch_and_month_is_the_companys():
    cell = OUTSIDE.unit * len(MONTHS) + OUTSIDE.month
    n, net = np.bincount(cell), np.bincount(cell, 1.0 * (OUTSIDE.score >= 9) - (OUTSIDE.score <= 6))
    assert (100 * net / n).round(3).tolist() == COMPANY.outcomes["score"].to_pylist()
    assert n.tolist() == COMPANY.outcomes["n"].to_pylist()


def test_the_mean_of_the_answers_about_a_relation_is_its_score_in_every_branch_and_month():
    shape = (12, 40, len(MONTHS))
    cell = np.ravel_multi_index((SERVICE.link, SERVICE.unit, SERVICE.month), shape)
    n, total = np.bincount(cell), np.bincount(cell, SERVICE.overall)
    assert (10 * total / n).round(3).tolist() == COMPANY.links["score"].to_pylist()
    assert n.tolist() == COMPANY.links["n"].to_pylist()


def test_the_answers_about_relations_spread_as_they_did_when_the_scores_were_drawn():
    cell = np.ravel_multi_index((SERVICE.link, SERVICE.unit, SERVICE.month), (12, 40, len(MONTHS)))
    own = (SERVICE.overall - (np.bincount(cell, SERVICE.overall) / np.bincount(cell))[cell]) ** 2
    spread = np.bincount(cell, 100 * own) / (np.bincount(cell) - 1)
    assert spread.mean() == pytest.approx((COMPANY.links["sd"].to_numpy() ** 2).mean(), rel=0.05)


def test_attainment_of_every_relation_branch_and_month_is_the_companys():
    shape = (12, 40, len(MONTHS))
    cell = np.ravel_multi_index((REQUESTS.link, REQUESTS.unit, REQUESTS.month), shape)
    asked, kept = np.bincount(cell, minlength=12 * 40 * 24), np.bincount(cell, REQUESTS.kept, minlength=12 * 40 * 24)
    assert asked.tolist() == COMPANY.links["requests"].to_pylist()
    shares = [round(k / n, 4) if n else None for k, n in zip(kept, asked, strict=True)]
    assert shares == COMPANY.links["attainment"].to_pylist()


def test_rows_of_the_panel_are_by_link_branch_and_month():
    link, unit, month = places_of_links(COMPANY)
    assert np.ravel_multi_index((link, unit, month), (12, 40, 24)).tolist() == list(range(12 * 40 * 24))


def test_each_further_queue_breaks_more_promises():
    kept = [REQUESTS.kept[REQUESTS.legs == legs].mean() for legs in (2, 3, 4, 5)]
    assert -np.diff(kept) == pytest.approx(0.12, abs=0.02)


def test_a_request_goes_from_queue_to_queue_in_the_order_of_time_and_is_closed_at_last():
    for plan in PLANS:
        moments = [step.at for step in plan.steps]
        assert moments == sorted(set(moments))
        assert [step.closes for step in plan.steps] == [False] * (len(plan.steps) - 1) + [True]
        assert {step.queue for step in plan.steps} <= set(QUEUES)


def test_what_is_broken_took_longer():
    hours = {kept: [p.steps[-1].at - p.steps[0].at for p in PLANS if p.kept is kept] for kept in (True, False)}
    assert np.mean(hours[False]) > 3 * np.mean(hours[True])


def test_customers_are_least_content_where_the_weak_link_reaches_them():
    nps = {
        place.name: metrics.nps(OUTSIDE.score[OUTSIDE.touchpoint == number]).value
        for number, place in enumerate(TOUCHPOINTS)
    }
    others = [value for name, value in nps.items() if name != "Purchase"]
    assert min(others) - nps["Purchase"] > 20
    assert max(others) - min(others) < 5


def test_without_a_weak_link_no_touchpoint_stands_out():
    answers = outside_answers(simulate(seed=1, months=MONTHS, weak_link=None), known=0)
    nps = [metrics.nps(answers.score[answers.touchpoint == number]).value for number in range(len(TOUCHPOINTS))]
    assert max(nps) - min(nps) < 5


def test_drivers_matter_in_this_order_each_more_than_the_next():
    whole = (OUTSIDE.drivers > 0).all(axis=1)
    moments = drivers.Moments.from_data(OUTSIDE.drivers[whole].astype(float), OUTSIDE.score[whole].astype(float))
    share = dict(zip(DRIVERS, drivers.lmg(moments).shares.values(), strict=True))
    assert sorted(share, key=lambda name: -share[name]) == ["staff", "waiting", "product", "price"]
    assert share["staff"] > 2 * share["waiting"] > 3 * share["product"]


def test_half_of_the_customers_say_something_in_two_languages_and_in_many_words():
    said = [given["comment"] for given in OUTSIDE.answers(0, 20_000) if "comment" in given]
    assert len(said) == pytest.approx(10_000, rel=0.1)
    assert len(set(said)) > 4_000
    assert Counter(bool(german) for german in OUTSIDE.german)[True] / len(OUTSIDE) == pytest.approx(0.6, abs=0.01)


def test_the_same_rows_are_made_again_wherever_one_begins():
    assert list(OUTSIDE.answers(500, 600)) == list(outside_answers(COMPANY, known=354).answers(0, 600))[500:]


def test_branches_with_a_good_spirit_are_more_engaged():
    answers = engagement_answers(COMPANY, [place % 40 for place in range(1250)])
    branch = answers.employee % 40
    means = [answers.engagement[branch == number].mean() for number in range(40)]
    assert np.corrcoef(means, COMPANY.signals.culture[:, 0])[0, 1] > 0.8


def test_figures_are_told_of_every_branch_and_month():
    told = {measure.name: list(rows) for measure, rows in figures_of(COMPANY).items()}
    assert {name: len(rows) for name, rows in told.items()} == {one.name: 960 for one in (REVENUE, RETENTION, CALLS)}
    assert [row.value for row in told[REVENUE.name]] == COMPANY.revenue["revenue"].to_pylist()


def test_the_weak_link_is_the_one_that_is_asked_for():
    assert (COMPANY.weak_link, simulate(weak_link="Logistics → Branches: replenishment").weak_link) == (
        WEAK_LINK,
        "Logistics → Branches: replenishment",
    )
