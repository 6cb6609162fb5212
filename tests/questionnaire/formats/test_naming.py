"""Names fit into expressions and are never given twice."""

from hypothesis import given
from hypothesis import strategies as st

from kithkin.questionnaire.formats.conditions import all_of, answer, any_of, compared, is_readable, literal, negated
from kithkin.questionnaire.formats.naming import Names


@given(st.lists(st.text(max_size=12)))
def test_names_are_never_given_twice(wanted):
    names = Names()
    given_names = [names.given(each).lower() for each in wanted]
    assert len(set(given_names)) == len(given_names)


@given(st.text(max_size=12))
def test_expression_can_speak_of_every_name(wanted):
    assert is_readable(answer(Names().given(wanted)) + " notempty")


@given(st.one_of(st.text(max_size=12), st.integers(), st.booleans(), st.lists(st.text(max_size=4), max_size=3)))
def test_every_value_can_be_written(value):
    assert is_readable(compared("{a}", "=", value)), literal(value)


def test_what_is_always_true_is_left_out():
    assert all_of([None, "", "true", "{a} = 1"]) == "{a} = 1"
    assert all_of(["{a} = 1", "{b} = 2"]) == "({a} = 1) and ({b} = 2)"
    assert all_of([]) is None


def test_one_of_nothing_is_no_condition():
    assert any_of(["{a} = 1", None]) is None
    assert any_of(["{a} = 1", "{b} = 2"]) == "({a} = 1) or ({b} = 2)"
    assert any_of(["false", "{b} = 2"]) == "{b} = 2"


def test_what_always_holds_never_does_when_it_is_negated():
    assert (negated(None), negated("true"), negated("false"), negated("{a} = 1")) == (
        "false", "false", "true", "!({a} = 1)",
    )  # fmt: skip
