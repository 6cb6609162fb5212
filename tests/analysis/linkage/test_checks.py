"""Each check with a panel on which it must not pass."""

import numpy as np
import pandas as pd
import pytest

from kithkin.analysis.linkage import weak_links
from tests.analysis.linkage.conftest import panel_frames


def _check(report, name):
    return next(check for check in report.checks if check.name == name)


def test_one_unit_that_carries_the_effect_fails_leave_one_unit_out():
    inside, outcomes = panel_frames(units=12, slope=-0.3, noise=0.3, seed=1)
    a = inside[(inside.link == "A") & (inside.unit == "u000")].sort_values("period").score.to_numpy()
    mine = outcomes.unit == "u000"
    moved = outcomes.score.to_numpy(copy=True)
    moved[np.flatnonzero(mine)[1:]] += 30 * (a[:-1] - a.mean())
    assert _check(weak_links(inside, outcomes.assign(score=moved)), "leave one unit out").passed is False


def test_an_effect_that_little_could_undo_fails_robustness():
    check = _check(weak_links(*panel_frames(units=30, slope=0.02, noise=1.0)), "robustness")
    assert (check.passed, check.value < 0.1) == (False, True)


def test_a_link_that_the_others_explain_fails_collinearity():
    inside, outcomes = panel_frames(units=30, links=3)
    wide = inside.pivot_table(index=["unit", "period"], columns="link", values="score").reset_index()
    total = wide.assign(link="sum", score=(wide.A + wide.B + wide.C) * 3, sd=0.0, n=10, target=900.0)
    report = weak_links(pd.concat([inside, total[inside.columns]]), outcomes)
    assert report.ranked[0].link == "sum"
    assert _check(report, "collinear links").passed is False


def test_means_of_few_and_unlike_answers_fail_measurement():
    inside, outcomes = panel_frames(units=30, error_sd=0.5)
    alike = inside.assign(score=inside.score - inside.groupby(["unit", "link"]).score.transform("mean") + 70)
    check = _check(weak_links(alike, outcomes), "measurement")
    assert (check.passed, "unreliable" in check.sentence) == (False, True)


def test_where_no_link_helps_no_draw_counts_as_worst():
    inside, outcomes = panel_frames(units=30, links=2, slope=-1.0)
    both = inside.assign(score=np.where(inside.link == "B", 140 - inside.score, inside.score))
    report = weak_links(both, outcomes)
    assert sum(link.probability_worst for link in report.ranked) < 0.9


@pytest.mark.parametrize("order", [1, -1])
def test_the_largest_figure_of_a_touchpoint_counts_whatever_the_order_of_rows(order):
    inside, outcomes = panel_frames(units=30)
    named = inside.assign(link=inside.link.map({"A": "IT → Shop", "B": "HR → Shop", "C": "HR → Office"}))
    rows = [("Shop", "Visit", 60.0), ("Office", "Visit", 20.0), ("Office", "Call", 40.0), ("IT", "Shop", None)][::order]
    service_map = pd.DataFrame(rows, columns=["provider", "receiver", "responses"])
    report = weak_links(named, outcomes, service_map)
    assert {link.link: link.exposure for link in report.ranked}["IT → Shop"] == 0.6


def test_a_lead_that_is_not_certain_asks_for_more_though_the_effect_is_beyond_chance():
    inside, outcomes = panel_frames(units=40, links=2)
    recent = inside[inside.period > 11].groupby("link").score.mean()
    inside = inside.assign(target=inside.link.map(recent) + 2)
    second = inside[inside.link == "B"].sort_values(["unit", "period"]).score.to_numpy().reshape(40, 14)
    lifted = outcomes.sort_values(["unit", "period"]).score.to_numpy().reshape(40, 14)
    lifted[:, 1:] += second[:, :-1]
    report = weak_links(inside, outcomes.sort_values(["unit", "period"]).assign(score=lifted.ravel()))
    assert all(link.z > report.bound for link in report.ranked)
    assert (report.weakest, report.needed > 0) == (None, True)


@pytest.mark.parametrize(
    ("seed", "passed", "said"),
    [
        (53, False, "predicts today's outside score (p = 0.002): the arrow may point the other way."),
        (37, True, "does not clearly predict today's outside score (p = 0.022; below 0.005 it would)."),
        (0, True, "does not predict today's outside score (p = "),
    ],
)
def test_the_lead_placebo_claims_no_more_than_its_p(seed, passed, said):
    check = _check(weak_links(*panel_frames(units=15, seed=seed), draws=100), "lead placebo")
    assert (check.passed, said in check.sentence) == (passed, True)
