"""What n and the mean alone tell: the mean itself, and an interval that no answers with this mean exceed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.analysis.metrics import Metric, mean, widest_from_mean


@given(st.lists(st.integers(1, 5), min_size=2, max_size=40))
def test_no_answers_with_this_mean_have_a_wider_interval(answers):
    found, known = (
        widest_from_mean(Metric.MEAN, len(answers), float(sum(answers)), (1.0, 5.0)),
        mean(answers, scale=(1, 5)),
    )
    assert found.value == pytest.approx(known.value)
    if len(set(answers)) > 1:  # a single value has an interval of another kind
        assert found.low <= known.low + 1e-9
        assert found.high >= known.high - 1e-9


@given(st.integers(1, 20), st.integers(1, 20))
def test_answers_at_the_ends_have_just_this_interval(at_the_top, at_the_bottom):
    answers = [5] * at_the_top + [1] * at_the_bottom
    found, known = widest_from_mean(Metric.MEAN, len(answers), float(sum(answers)), (1, 5)), mean(answers, scale=(1, 5))
    assert (found.low, found.high) == pytest.approx((known.low, known.high))


def test_a_net_promoter_score_is_told_in_points():
    found = widest_from_mean(Metric.NPS, 50, -10.0, (0, 10))
    assert (found.metric, found.value, found.scale) == (Metric.NPS, -20.0, (-100.0, 100.0))
    assert (found.low, found.high) == pytest.approx((-48.128, 8.128), abs=0.01)


def test_everybody_at_one_end_leaves_room_for_others():
    found = widest_from_mean(Metric.MEAN, 12, 60.0, (1, 5))
    assert found.value == found.high == 5.0
    assert found.low < 5.0
