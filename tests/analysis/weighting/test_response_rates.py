"""AAPOR's response rates, worked out by hand, and what cannot be a rate."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.analysis.errors import BadParameter, EmptyInput
from kithkin.analysis.metrics.intervals import wilson
from kithkin.analysis.weighting import (
    Dispositions,
    ResponseRate,
    estimated_eligible,
    participation_rate,
    response_rate,
)

CASES = Dispositions(
    complete=400, partial=50, refusal=150, non_contact=80, other=20, unknown_household=200, unknown_other=100
)


@pytest.mark.parametrize(
    ("rate", "eligible", "by_hand"),
    [
        ("RR1", None, 400 / 1000),
        ("RR2", None, 450 / 1000),
        ("RR3", 0.5, 400 / 850),
        ("RR4", 0.5, 450 / 850),
        ("RR5", None, 400 / 700),
        ("RR6", None, 450 / 700),
    ],
)
def test_rates_are_as_by_hand(rate, eligible, by_hand):
    assert response_rate(CASES, rate, eligible=eligible).value == by_hand


@pytest.mark.parametrize("unknown", ["unknown_household", "unknown_other"])
def test_every_case_of_unknown_eligibility_lowers_the_first_rate(unknown):
    cases = replace(Dispositions(complete=1), **{unknown: 3})
    assert response_rate(cases, "RR1").value == 0.25


@pytest.mark.parametrize("missed", ["partial", "refusal", "non_contact", "other"])
def test_every_eligible_case_without_an_answer_lowers_the_fifth_rate(missed):
    cases = replace(Dispositions(complete=1), **{missed: 3})
    assert response_rate(cases, "RR5").value == 0.25


def test_interval_is_wilsons_on_the_cases_of_the_denominator():
    found = response_rate(CASES, ResponseRate.RR3, eligible=0.255, confidence=0.9)
    assert (found.low, found.high) == wilson(400 / 776.5, 776.5, 0.9)
    assert (found.n, found.n_effective) == (776, 776.5)


@given(st.lists(st.integers(0, 500), min_size=7, max_size=7), st.floats(0, 1))
def test_rates_stand_in_their_order(counts, e):
    names = [field.name for field in fields(Dispositions)]
    cases = Dispositions(**dict(zip(names, [counts[0] + 1, *counts[1:]], strict=True)))
    one, two, five, six = (response_rate(cases, rate).value for rate in ("RR1", "RR2", "RR5", "RR6"))
    three, four = (response_rate(cases, rate, eligible=e).value for rate in ("RR3", "RR4"))
    assert 0 < one <= three <= five <= 1
    assert one <= two <= four <= six <= 1


def test_share_of_the_unknown_that_is_eligible_is_that_of_the_known():
    assert estimated_eligible(300, 100) == 0.75


def test_participation_is_a_bare_share():
    assert participation_rate(120, 480) == 0.25


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: response_rate(CASES, "RR3"), "RR3 needs e"),
        (lambda: response_rate(CASES, "RR4", eligible=1.5), "between 0 and 1"),
        (lambda: response_rate(CASES, "RR1", eligible=0.5), "RR1 takes no e"),
        (lambda: response_rate(CASES, "RR7"), "one of RR1, RR2"),
        (lambda: response_rate(Dispositions(complete=5, refusal=-1), "RR1"), "refusal below 0"),
        (lambda: estimated_eligible(-1, 3), "not negative"),
        (lambda: participation_rate(5, 4), "5 of 4 invited"),
        (lambda: participation_rate(-1, 4), "-1 of 4 invited"),
    ],
)
def test_what_is_no_rate_is_refused(call, said):
    with pytest.raises(BadParameter, match=said):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: response_rate(Dispositions(complete=0, unknown_other=9), "RR5"),
        lambda: estimated_eligible(0, 0),
        lambda: participation_rate(0, 0),
    ],
)
def test_a_rate_of_nobody_is_refused(call):
    with pytest.raises(EmptyInput):
        call()
