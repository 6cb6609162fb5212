"""Whole answers whose sum is given."""

import numpy as np
import pytest

from kithkin.demo.records.sums import answers_adding_up


def test_answers_have_the_sum_that_was_given_and_stay_on_the_scale():
    rng = np.random.default_rng(1)
    n = rng.integers(1, 15, size=500)
    total = rng.integers(0, 10 * n + 1)
    cell, answers = answers_adding_up(total, n, np.full(500, 2.0), 10, rng)
    assert np.bincount(cell, answers).astype(int).tolist() == total.tolist()
    assert np.bincount(cell).tolist() == n.tolist()
    assert (answers.min(), answers.max()) == (0, 10)


def test_a_sum_that_no_answers_have_is_refused():
    with pytest.raises(ValueError, match="cannot add up"):
        answers_adding_up(np.array([21]), np.array([2]), np.array([1.0]), 10, np.random.default_rng(1))
