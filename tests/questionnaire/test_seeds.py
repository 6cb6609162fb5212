"""Chance is seeded, and spread evenly."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.questionnaire.replaying.seeds import drawn, sets


@given(st.integers(2, 8), st.integers(1, 8), st.integers(0, 50))
@settings(deadline=None)
def test_within_a_block_each_is_shown_equally_often(many, show, block):
    show = min(show, many)
    shown = Counter(thing for turn in range(many) for thing in drawn(range(many), block * many + turn, "x", show))
    assert set(shown.values()) == {show}


@given(st.integers(2, 8), st.integers(0, 50))
@settings(deadline=None)
def test_within_a_block_each_stands_once_in_each_place(many, block):
    orders = [drawn(range(many), block * many + turn, "x") for turn in range(many)]
    assert all(sorted(places) == list(range(many)) for places in zip(*orders, strict=True))


def test_draws_of_another_name_are_independent():
    pairs = Counter((drawn("ab", seed, "x")[0], drawn("ab", seed, "y")[0]) for seed in range(2_000))
    assert all(400 < count < 600 for count in pairs.values())


@pytest.mark.parametrize("seed", [3, "token", -1])
def test_seed_may_be_a_number_or_a_text(seed):
    assert drawn("abc", seed, "x") == drawn("abc", seed, "x")


def test_sets_show_each_thing_about_equally_often():
    counts = Counter(thing for one in sets(7, 3, 8, 1, "q") for thing in one)
    assert max(counts.values()) - min(counts.values()) <= 1
