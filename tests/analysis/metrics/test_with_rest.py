"""Of many small groups held against all others hardly one is called another where none is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kithkin.analysis import metrics
from kithkin.analysis.metrics.alike import p_if_alike

GROUPS = 40
HOLM = 0.05 / GROUPS
"""Holm's step for the smallest p of all groups."""


def net(promoters, passives, detractors):
    return metrics.nps_from_counts({10: promoters, 8: passives, 0: detractors})


def csat(satisfied, n):
    return metrics.csat_from_counts({5: satisfied, 1: n - satisfied})


def called(one, rest):
    alone = metrics.compare(one, rest)
    return alone.changed and max(alone.p_cautious, p_if_alike(one, rest)) < HOLM


@pytest.mark.parametrize("n", [5, 12, 30])
@pytest.mark.parametrize("mix", [(0.45, 0.45), (0.3, 0.3), (0.7, 0.1)])
def test_every_possible_nps_of_a_group_that_is_like_the_rest(mix, n):
    promoters, detractors = (round(4_000 * share) for share in mix)
    rest = net(promoters, 4_000 - promoters - detractors, detractors)
    chance = sum(
        stats.multinomial.pmf([i, n - i - j, j], n, [mix[0], 1 - sum(mix), mix[1]])
        for i in range(n + 1)
        for j in range(n + 1 - i)
        if called(net(i, n - i - j, j), rest)
    )
    assert GROUPS * chance <= 0.07


@pytest.mark.parametrize("n", [5, 12, 30])
@pytest.mark.parametrize("satisfied", [0.5, 0.8, 0.95])
def test_every_possible_share_of_a_group_that_is_like_the_rest(satisfied, n):
    rest = csat(round(4_000 * satisfied), 4_000)
    chance = sum(stats.binom.pmf(i, n, satisfied) for i in range(n + 1) if called(csat(i, n), rest))
    assert GROUPS * chance <= 0.07


@pytest.mark.parametrize("shares", [(0.02, 0.03, 0.05, 0.2, 0.7), (0.05, 0.1, 0.2, 0.35, 0.3)])
def test_means_of_groups_that_are_like_the_rest(shares):
    rng = np.random.default_rng(3)

    def mean(n):
        return metrics.mean_from_counts(dict(enumerate(rng.multinomial(n, shares).tolist(), 1)), scale=(1, 5))

    tables = [[(str(i), "", mean(12), mean(480)) for i in range(GROUPS)] for _ in range(60)]
    wrong = [any(pair.changed for pair in metrics.compare_with_rest(table).pairs) for table in tables]
    assert np.mean(wrong) <= 0.05


def test_the_p_of_one_spread_is_that_of_other_packages():
    x, y = np.array([5, 4, 4, 1, 3, 5.0]), np.array([5, 5, 4, 5, 2, 5, 5, 3, 5.0])
    assert p_if_alike(metrics.mean(x), metrics.mean(y)) == pytest.approx(stats.ttest_ind(x, y).pvalue)
    drawn = stats.hypergeom(28, 20, 8)
    assert p_if_alike(csat(3, 8), csat(17, 20)) == pytest.approx(2 * (drawn.cdf(3) - drawn.pmf(3) / 2))
    a, b = np.repeat([100, 0, -100], [6, 1, 3]), np.repeat([100, 0, -100], [20, 10, 20])
    error = np.append(a, b).std() * np.sqrt(1 / 10 + 1 / 50)
    assert p_if_alike(net(6, 1, 3), net(20, 10, 20)) == pytest.approx(2 * stats.norm.sf((a.mean() - b.mean()) / error))


def test_a_group_that_is_another_is_still_called_so():
    rest = metrics.mean_from_counts({5: 700, 4: 200, 1: 100})
    low = metrics.mean_from_counts({1: 8, 2: 4})
    pairs = [
        ("low", "", low, rest),
        *((str(i), "", metrics.mean_from_counts({5: 8, 4: 3, 1: 1}), rest) for i in range(39)),
    ]
    assert [pair.a for pair in metrics.compare_with_rest(pairs).pairs if pair.changed] == ["low"]


def test_where_nobody_differs_from_anybody_nothing_is_called():
    assert p_if_alike(net(5, 0, 0), net(50, 0, 0)) == 1
    assert p_if_alike(csat(5, 5), csat(50, 50)) == 1


@pytest.mark.parametrize(("times", "told"), [(5, True), (6, False)])
def test_of_two_groups_one_with_many_times_the_answers_is_held_against_as_a_rest_is(times, told):
    few, many = metrics.mean_from_counts({5: 7, 4: 1}), metrics.mean_from_counts({5: 5 * times, 4: 2 * times, 1: times})
    pair, rest = (
        held([("few", "many", few, many)]).pairs[0] for held in (metrics.compare_pairs, metrics.compare_with_rest)
    )
    assert (pair.p_holm < rest.p_holm) is told
    assert rest.p_holm == pytest.approx(max(pair.difference.p_cautious, p_if_alike(few, many)))
