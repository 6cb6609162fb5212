import numpy as np
import pytest

from kithkin.analysis import metrics
from kithkin.demo.company import simulate
from kithkin.demo.signals import World
from kithkin.demo.structure import SERVICES, WEAK_LINK

COMPANY = simulate(seed=1, units=60, periods=24)


def _within(table, column="score"):
    values = table[column].to_numpy().reshape(-1, 60, 24)
    return (
        values
        - values.mean(axis=1, keepdims=True)
        - values.mean(axis=2, keepdims=True)
        + values.mean(axis=(1, 2), keepdims=True)
    )


def test_the_same_seed_makes_the_same_company():
    again = simulate(seed=1, units=60, periods=24)
    assert (again.links, again.outcomes, again.requests) == (COMPANY.links, COMPANY.outcomes, COMPANY.requests)


def test_another_seed_makes_another_company():
    assert simulate(seed=2, units=60, periods=24).outcomes != COMPANY.outcomes


def test_the_effect_is_as_stated():
    outside = _within(COMPANY.outcomes)[0][:, 1:]
    true = COMPANY.signals.service[0][:, :-1]
    slope = np.polyfit(true.ravel(), outside.ravel() / _within(COMPANY.outcomes).std(), 1)[0]
    assert slope == pytest.approx(0.35, abs=0.06)


def test_the_reliability_is_as_stated():
    variance = (_within(COMPANY.links) ** 2).sum() / (len(SERVICES) * 59 * 23)
    noise = (COMPANY.links["sd"].to_numpy() ** 2 / COMPANY.links["n"].to_numpy()).mean()
    assert 1 - noise / variance == pytest.approx(0.5, abs=0.05)


def test_the_answers_add_up_to_the_outside_scores():
    answers = COMPANY.responses.to_pandas()
    expected = COMPANY.outcomes.to_pandas().iloc[5]
    mine = answers[(answers.unit == expected.unit) & (answers.period == expected.period)]
    score = metrics.nps(mine.score)
    assert (score.n, round(score.value, 3)) == (expected.n, expected.score)


def test_every_request_is_opened_once_and_closed_once():
    log = COMPANY.requests.to_pandas()
    states = log.groupby("request").state.agg(["first", "last", lambda s: (s == "Closed").sum()])
    assert set(map(tuple, states.to_numpy())) == {("Opened", "Closed", 1)}


def test_the_promise_is_settled_on_the_last_row_only():
    log = COMPANY.requests.to_pandas()
    assert (log.kept.notna() == (log.state == "Closed")).all()


def test_events_of_a_request_are_in_time_order():
    log = COMPANY.requests.to_pandas()
    assert log.groupby("request")["at"].is_monotonic_increasing.all()


def test_each_further_group_breaks_more_promises():
    log = COMPANY.requests.to_pandas().groupby("request")
    kept = log.kept.last().eq("TRUE").groupby(log.size() - 1).mean()
    assert kept.index.tolist() == [2, 3, 4, 5]
    assert -kept.diff().dropna().to_numpy() == pytest.approx(0.12, abs=0.05)


def test_engagement_is_answered_on_one_to_five():
    answers = COMPANY.engagement.to_pandas()
    assert (answers.engagement.min(), answers.engagement.max()) == (1, 5)


def test_the_weak_link_stands_lowest():
    means = COMPANY.links.to_pandas().groupby(["provider", "receiver", "service"]).score.mean()
    assert means.idxmin() == ("IT", "Branches", "till support")


def test_missing_answers_are_missing_rows():
    gaps = simulate(seed=1, world=World(missing=0.2)).links.num_rows / simulate(seed=1).links.num_rows
    assert gaps == pytest.approx(0.72, abs=0.06)


def test_a_link_that_the_company_does_not_have_is_refused_with_those_it_has():
    with pytest.raises(ValueError, match="IT → Branches: till support"):
        simulate(weak_link="IT → Moon")


def test_none_makes_a_company_without_a_weak_link():
    assert (simulate(weak_link=None).weak_link, COMPANY.weak_link) == (None, WEAK_LINK)
