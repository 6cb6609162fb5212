"""The aggregation gate: who may enter, and why the others may not."""

import pytest

from kithkin.analysis.errors import BadParameter, EmptyInput, OutOfScale
from kithkin.analysis.reliability import aggregation_gate, icc2, rwg

HIGH, LOW = [5, 5, 4, 5, 5], [1, 2, 1, 1, 1]


def gate(groups, **options):
    scores = [score for answers in groups.values() for score in answers]
    names = [name for name, answers in groups.items() for _ in answers]
    return aggregation_gate(scores, names, **options)


def test_groups_that_agree_within_and_differ_between_may_enter():
    result = gate({"IT": HIGH, "Sales": LOW})
    assert (result.passed, result.reasons, result.admitted, result.n) == (True, (), ("IT", "Sales"), 10)
    assert result.icc2 == icc2([*HIGH, *LOW], ["IT"] * 5 + ["Sales"] * 5)
    assert result.rwg == pytest.approx(rwg(HIGH).value)


def test_a_group_below_the_floor_is_kept_out_and_told_so():
    result = gate({"IT": HIGH, "Sales": LOW[:4]})
    assert (result.passed, result.admitted) == (False, ("IT",))
    assert result.reasons == ("Sales: fewer answers than the floor of 5.",)
    assert gate({"IT": HIGH, "Sales": LOW[:4]}, floor=4).passed is True


def test_a_group_that_does_not_agree_is_kept_out_and_told_so():
    result = gate({"IT": HIGH, "Sales": LOW, "HR": [1, 5, 3, 2, 4]})
    assert (result.passed, result.admitted) == (False, ("IT", "Sales"))
    assert result.reasons == ("HR: rwg is 0.00, below 0.70: its members do not agree.",)


def test_groups_that_do_not_differ_are_all_kept_out():
    result = gate({"IT": HIGH, "Sales": [5, 4, 5, 5, 4]})
    assert (result.passed, result.admitted) == (False, ())
    assert result.reasons == (
        f"ICC(2) is {result.icc2.value:.2f}, below 0.70: group averages are not told apart reliably.",
    )


def test_thresholds_are_met_by_equality():
    exact = gate({"IT": HIGH, "Sales": LOW}).icc2.value
    agreement = rwg(HIGH).value
    assert gate({"IT": HIGH, "Sales": LOW}, least_icc2=exact, least_rwg=agreement).passed is True


def test_a_single_group_is_a_reason_not_an_error():
    result = gate({"IT": HIGH})
    assert (result.passed, result.icc2, result.admitted) == (False, None, ())
    assert result.reasons == (
        "ICC(2) cannot be told. groups: one group only. At least two are needed to tell groups apart.",
    )


def test_a_lone_answer_shows_no_agreement_even_under_a_floor_of_one():
    result = gate({"IT": HIGH, "Sales": LOW, "CEO": [5]}, floor=1)
    assert result.reasons == ("CEO: one answer cannot show agreement.",)
    assert result.admitted == ("IT", "Sales")


def test_the_gate_refuses_answers_off_the_scale_even_of_a_lone_member():
    with pytest.raises(OutOfScale):
        gate({"IT": HIGH, "CEO": [7]})


def test_the_gate_refuses_emptiness_and_impossible_thresholds():
    with pytest.raises(EmptyInput):
        aggregation_gate([], [])
    with pytest.raises(BadParameter):
        gate({"IT": HIGH}, floor=0)
    with pytest.raises(BadParameter):
        gate({"IT": HIGH}, least_icc2=1.5)


def test_the_gate_becomes_plain_json():
    told = gate({"IT": HIGH, "CEO": [5]}).to_dict()
    assert [group["group"] for group in told["groups"]] == ["CEO", "IT"]
    assert told["groups"][0]["rwg"] is None
    assert told["passed"] is False
