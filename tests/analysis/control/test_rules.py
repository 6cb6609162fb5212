"""Each rule on the shortest series that breaks it, and on the longest that does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.analysis.control import ZONES, Rule, runs_rules
from kithkin.analysis.errors import BadShape, EmptyInput


def positions(z, rule):
    return [signal.position for signal in runs_rules(z, [rule])]


@pytest.mark.parametrize(
    ("rule", "z", "broken_at"),
    [
        (Rule.BEYOND_LIMITS, [3, 3.01, 0, -3.01, -3], [1, 3]),
        (Rule.RUN_ON_ONE_SIDE, [0.1] * 8, []),
        (Rule.RUN_ON_ONE_SIDE, [-0.1] * 10, [8, 9]),
        (Rule.RUN_ON_ONE_SIDE, [0.1] * 4 + [0] + [0.1] * 8, []),
        (Rule.TREND, [1, 2, 3, 4, 5], []),
        (Rule.TREND, [6, 5, 4, 3, 2, 1], [5]),
        (Rule.TREND, [1, 2, 3, 3, 4, 5, 6], []),
        (Rule.ALTERNATION, [0, 1] * 6 + [0], []),
        (Rule.ALTERNATION, [0, 1] * 7, [13]),
        (Rule.TWO_OF_THREE_BEYOND_2_SIGMA, [2.1, 0, 2.1], [2]),
        (Rule.TWO_OF_THREE_BEYOND_2_SIGMA, [2.1, 0, 0, 2.1], []),
        (Rule.TWO_OF_THREE_BEYOND_2_SIGMA, [2.1, -2.1, 0], []),
        (Rule.TWO_OF_THREE_BEYOND_2_SIGMA, [-2.1, -2.1, 0], [1]),
        (Rule.TWO_OF_THREE_BEYOND_2_SIGMA, [2, 2, 2], []),
        (Rule.FOUR_OF_FIVE_BEYOND_1_SIGMA, [1.1, 1.1, 0, 1.1, 1.1], [4]),
        (Rule.FOUR_OF_FIVE_BEYOND_1_SIGMA, [1.1, 1.1, 0, 0, 1.1, 1.1], []),
        (Rule.FOUR_OF_FIVE_BEYOND_1_SIGMA, [-1.1] * 4, [3]),
        (Rule.HUGGING_THE_CENTRE, [0.9, -0.9] * 7, []),
        (Rule.HUGGING_THE_CENTRE, [0.9, -0.9, 0] * 5, [14]),
        (Rule.AVOIDING_THE_CENTRE, [1.1, -1.1] * 4, [7]),
        (Rule.AVOIDING_THE_CENTRE, [1.1, -1.1, 1.1, -1.1, 1, -1.1, 1.1, -1.1], []),
    ],
)
def test_a_rule_is_broken_where_its_pattern_is_complete(rule, z, broken_at):
    assert positions(z, rule) == broken_at


def naive(z, rule):
    hits = {
        Rule.BEYOND_LIMITS: lambda w: abs(w[-1]) > 3,
        Rule.RUN_ON_ONE_SIDE: lambda w: len(w) >= 9 and (min(w[-9:]) > 0 or max(w[-9:]) < 0),
        Rule.TREND: lambda w: len(w) >= 6 and list(w[-6:]) in (sorted(set(w[-6:])), sorted(set(w[-6:]), reverse=True)),
        Rule.TWO_OF_THREE_BEYOND_2_SIGMA: lambda w: any(
            side * w[-1] > 2 and sum(side * x > 2 for x in w[-3:]) >= 2 for side in (1, -1)
        ),
        Rule.FOUR_OF_FIVE_BEYOND_1_SIGMA: lambda w: any(
            side * w[-1] > 1 and sum(side * x > 1 for x in w[-5:]) >= 4 for side in (1, -1)
        ),
    }
    return [i for i in range(len(z)) if hits[rule](z[: i + 1])]


@given(st.lists(st.integers(-7, 7).map(lambda x: x / 2), min_size=1, max_size=40))
def test_rules_equal_a_naive_look_back(z):
    for rule in (*ZONES, Rule.TREND):
        assert positions(z, rule) == naive(z, rule)


def test_signals_come_in_order_with_their_number_and_sentence():
    signals = runs_rules([2.5, 3.5], Rule)
    assert [(signal.position, signal.rule.value) for signal in signals] == [(1, 1), (1, 5)]
    assert signals[0].sentence == "One point lies beyond the three-sigma limits."
    assert signals[0].to_dict() == {"position": 1, "rule": 1, "sentence": signals[0].sentence}


def test_a_stable_process_signals_as_seldom_as_promised():
    z = np.random.default_rng(0).normal(size=100_000)
    assert len({s.position for s in runs_rules(z)}) / 1e5 == pytest.approx(0.0123, abs=0.002)
    assert len({s.position for s in runs_rules(z, Rule)}) / 1e5 == pytest.approx(0.0236, abs=0.002)


def test_rules_need_an_unbroken_series_of_points():
    with pytest.raises(EmptyInput):
        runs_rules([])
    with pytest.raises(BadShape):
        runs_rules([1, None])
