"""How often the intervals hold the truth, by adding up every possible sample of ten."""

import math
from itertools import product

import numpy as np
import pytest

from kithkin.analysis.metrics import compare, nps_from_counts
from kithkin.analysis.metrics.intervals import net_variance

N = 10
SAMPLES = [(i, j) for i, j in product(range(N + 1), repeat=2) if i + j <= N]
ADJUSTED = {
    (i, j): (score.low / 100, score.high / 100)
    for i, j in SAMPLES
    for score in [nps_from_counts({10: i, 8: N - i - j, 0: j})]
}
PLAIN = {
    (i, j): ((i - j) / N - half, (i - j) / N + half)
    for i, j in SAMPLES
    for half in [1.959964 * math.sqrt(net_variance(i / N, j / N, N))]
}
MIXES = [(p / 20, d / 20) for p in range(2, 20) for d in range(2, 20) if p + d <= 18]


def probability(sample, p, d):
    i, j = sample
    ways = math.comb(N, i) * math.comb(N - i, j)
    return ways * p**i * d**j * max(1 - p - d, 0) ** (N - i - j)


def coverage(intervals, p, d):
    return sum(
        probability(sample, p, d) for sample, (low, high) in intervals.items() if low - 1e-12 <= p - d <= high + 1e-12
    )


def test_adjusted_wald_covers_every_mix_with_a_tenth_in_each_class():
    assert min(coverage(ADJUSTED, p, d) for p, d in MIXES) >= 0.93


def test_plain_wald_falls_short_at_ten_answers():
    assert np.mean([coverage(PLAIN, p, d) for p, d in MIXES]) == pytest.approx(0.888, abs=0.005)


def test_plain_wald_collapses_at_extreme_shares_where_the_adjusted_one_holds():
    assert coverage(PLAIN, 0.95, 0) == pytest.approx(0.40, abs=0.005)
    assert coverage(ADJUSTED, 0.95, 0) == pytest.approx(0.914, abs=0.001)


@pytest.mark.parametrize("mix", [(0.5, 0.2), (0.2, 0.5), (0.9, 0.0), (0.34, 0.33)])
def test_a_change_is_called_between_equals_in_at_most_one_of_twenty(mix):
    scores = {(i, j): nps_from_counts({10: i, 8: N - i - j, 0: j}) for i, j in SAMPLES}
    chance = {sample: probability(sample, *mix) for sample in SAMPLES}
    false_changes = sum(
        chance[a] * chance[b]
        for a, b in product(SAMPLES, repeat=2)
        if chance[a] * chance[b] > 1e-9 and compare(scores[a], scores[b]).changed
    )
    assert false_changes <= 0.05
