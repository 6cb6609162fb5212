"""What it would bring if a relation met a target: effect × gap × exposure, the gap over all units."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kithkin.insights.studies.reports import report_of
from kithkin.insights.studies.what_if import gain_of, places_of
from tests.insights.studies.conftest import report

RECENT = {"1": ["North", 70.0, 12], "2": ["South", 50.0, 9], "3": ["East", 90.0, 30], "4": ["West", 50.0, 8]}


@pytest.fixture
def link():
    return replace(report_of(report()).ranked[0], effect=0.5, effect_low=0.2, effect_high=0.9, exposure=0.8)


def test_the_lowest_stand_first():
    assert [place.name for place in places_of(RECENT)] == ["South", "West", "North", "East"]


def test_whoever_stands_above_the_target_stays_there(link):
    found = gain_of(link, places_of(RECENT), 80.0)
    gap = (10 + 30 + 30) / 4 * 0.8
    assert (found.value, found.low, found.high) == pytest.approx((0.5 * gap, 0.2 * gap, 0.9 * gap))
    assert found.raised == 3


def test_some_units_alone_move_the_whole_by_their_part(link):
    found = gain_of(link, places_of(RECENT), 80.0, {"2", "3"})
    assert (found.value, found.raised) == (pytest.approx(0.5 * 30 / 4 * 0.8), 1)


def test_nobody_below_the_target_brings_nothing(link):
    assert (gain_of(link, places_of(RECENT), 50.0).value, gain_of(link, (), 50.0).raised) == (0.0, 0)
