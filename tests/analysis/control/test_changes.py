"""Changepoints and seasons: the Nile, an exhaustive twin, and how often noise seems to change."""

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.analysis.control import changepoints, deseasonalised
from kithkin.analysis.errors import BadParameter, BadShape, Degenerate, EmptyInput, NotEnoughData

NILE = """
1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 1150 1250 1260
1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456 824 702 1120 1100 832 764 821 768 845 864
862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 846 812 742 801 1040 860 874 848 890 744 749
838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740
"""


def test_the_nile_changed_after_1898():
    found = changepoints([int(flow) for flow in NILE.split()], range(1871, 1971))
    assert (found.changes, found.positions, found.n) == ((1898,), (28,), 100)
    assert [round(segment.value, 2) for segment in found.segments] == [1097.75, 849.97]
    assert [(segment.first, segment.last, segment.n) for segment in found.segments] == [
        (1871, 1898, 28),
        (1899, 1970, 72),
    ]


def exhaustive(values, penalty):
    """The best cut of all cuts into stretches of at least two, by trying each."""
    n = len(values)
    best = (math.inf, ())
    for count in range(n // 2):
        for cuts in combinations(range(2, n - 1), count):
            ends = (0, *cuts, n)
            if min(b - a for a, b in pairwise(ends)) >= 2:
                cost = sum(np.var(values[a:b]) * (b - a) for a, b in pairwise(ends)) + penalty * count
                best = min(best, (cost, cuts))
    return best


@settings(max_examples=40)
@given(st.lists(st.integers(0, 20), min_size=4, max_size=10).filter(lambda x: len(set(x)) > 1))
def test_no_other_cut_is_cheaper(values):
    found = changepoints(values)
    sigma = np.abs(np.diff(values)).mean() / 1.128
    assert found.penalty == pytest.approx(10.5 * sigma**2)
    ends = (0, *found.positions, len(values))
    cost = sum(np.var(values[a:b]) * (b - a) for a, b in pairwise(ends)) + found.penalty * len(found.positions)
    assert cost == pytest.approx(exhaustive(values, found.penalty)[0])


def test_stretches_have_students_interval_of_their_pooled_spread():
    values = [5, 6, 5, 6, 5, 9, 10, 9, 10, 9]
    found = changepoints(values, confidence=0.9)
    spread = math.sqrt((np.var(values[:5]) * 5 + np.var(values[5:]) * 5) / 8)
    half = 1.8595 * spread / math.sqrt(5)
    assert found.segments[0].high - found.segments[0].value == pytest.approx(half, rel=1e-4)
    assert found.segments[0].value - found.segments[0].low == pytest.approx(half, rel=1e-4)


def test_clean_steps_keep_an_interval_of_some_width():
    found = changepoints([1, 1, 1, 1, 9, 9, 9, 9])
    assert found.positions == (4,)
    assert found.segments[0].low < 1 < found.segments[0].high


def test_long_series_need_the_modified_bic():
    values = np.random.default_rng(1).normal(size=100)
    sigma = np.abs(np.diff(values)).mean() / 1.128
    assert changepoints(values).penalty == pytest.approx(3 * sigma**2 * math.log(100))


@pytest.mark.parametrize("n", [8, 16, 24, 60])
def test_noise_seldom_seems_to_change(n):
    rng = np.random.default_rng(3)
    assert sum(bool(changepoints(rng.normal(size=n)).changes) for _ in range(2000)) / 2000 <= 0.05


def test_a_change_of_three_sigma_is_found_in_two_years_of_months():
    rng = np.random.default_rng(4)
    found = [changepoints(np.repeat([0, 3], 12) + rng.normal(size=24)).positions for _ in range(200)]
    assert sum(len(p) > 0 and abs(p[0] - 12) <= 1 for p in found) / 200 >= 0.85


def test_a_larger_penalty_finds_less_and_level_does_not_matter():
    values = [5, 6, 5, 6, 5, 9, 10, 9, 10, 9]
    assert changepoints(values, penalty=1000).changes == ()
    assert changepoints([v + 1e9 for v in values]).positions == changepoints(values).positions == (5,)


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (EmptyInput, lambda: changepoints([])),
        (EmptyInput, lambda: changepoints([None, None])),
        (NotEnoughData, lambda: changepoints([1, 2, 3])),
        (BadShape, lambda: changepoints([1, 2, None, 4])),
        (BadShape, lambda: changepoints([1, 2, 3, 4], labels=["a"])),
        (Degenerate, lambda: changepoints([2, 2, 2, 2])),
        (BadParameter, lambda: changepoints([1, 2, 3, 4], penalty=0)),
        (BadParameter, lambda: changepoints([1, 2, 3, 4], min_size=0)),
        (BadParameter, lambda: changepoints([1, 2, 3, 4], confidence=2)),
        (NotEnoughData, lambda: deseasonalised([1, 2, 3], period=2)),
        (BadParameter, lambda: deseasonalised([1, 2, 3], period=1)),
        (BadShape, lambda: deseasonalised([1, 2, None, 4], period=2)),
    ],
)
def test_series_that_tell_no_change_are_refused_by_their_cause(error, call):
    with pytest.raises(error):
        call()


def test_a_known_season_is_taken_out():
    rng = np.random.default_rng(5)
    season = np.tile([0, 10, 0, -10], 12)
    trend = np.linspace(0, 5, 48)
    noise = rng.normal(0, 0.3, 48)
    result = deseasonalised(season + trend + noise, period=4)
    assert np.abs(np.array(result.adjusted) - trend).mean() < 0.4
    assert np.abs(np.array(result.season) - season).mean() < 0.5
    assert (result.n, result.period) == (48, 4)
    assert np.array(result.adjusted) + np.array(result.season) == pytest.approx(season + trend + noise)


def test_a_season_is_no_change_once_it_is_taken_out():
    values = np.tile(np.repeat([0.0, 8], 6), 5) + np.random.default_rng(6).normal(0, 1, 60)
    assert len(changepoints(values).changes) == 9
    assert changepoints(deseasonalised(values, 12).adjusted).changes == ()
