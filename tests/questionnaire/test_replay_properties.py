"""What holds of every replay, whatever is asked and whatever is answered."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.questionnaire import Questionnaire, Reason, replay
from tests.questionnaire.drawn import answers, bodies, json_values, logical

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def replayed(asked, given_answers):
    return replay(asked, given_answers, language="en", now=NOW, seed=5)


def found(outcome):
    return outcome.values, outcome.visible, outcome.errors, outcome.pages, outcome.complete, outcome.progress


@given(logical(), answers)
@settings(max_examples=300, deadline=None)
def test_replaying_what_replay_returned_changes_nothing(body, given_answers):
    asked = Questionnaire.from_json(body)
    once = replayed(asked, given_answers)
    twice = replayed(asked, once.values)
    wrong = [each for each in once.errors if each.reason not in {Reason.REQUIRED, Reason.INVALID}]
    assert (twice.values, twice.visible) == (once.values, once.visible)
    assert twice.refused == ()
    if not wrong:  # an answer that was refused is missing the second time, and that is what is said of it then
        assert found(twice) == found(once)


@given(logical(), answers, st.data())
@settings(max_examples=300, deadline=None)
def test_hidden_answers_never_influence_anything(body, given_answers, data):
    asked = Questionnaire.from_json(body)
    before = replayed(asked, given_answers)
    shown = {question.key for question in asked.questions() if question.name in before.visible}
    hidden = sorted({question.key for question in asked.questions()} - shown)
    changed = dict(given_answers)
    for key in hidden:
        changed[key] = data.draw(json_values | st.sampled_from([1, "a", ["a"], [{"a": 1}]]))
    assert found(replayed(asked, changed)) == found(before)


@given(logical(), answers)
@settings(deadline=None)
def test_nothing_counts_that_was_not_shown(body, given_answers):
    asked = Questionnaire.from_json(body)
    outcome = replayed(asked, given_answers)
    shown = {question.key for question in asked.questions() if question.name in outcome.visible}
    stored = {name.removesuffix("-Comment") for name in outcome.values} - {value.name for value in asked.calculated}
    assert stored - shown == set()


@given(
    bodies | logical(),
    st.dictionaries(st.text(max_size=4) | st.sampled_from(["q1", "q2", "q3"]), json_values, max_size=5),
)
@settings(max_examples=200, deadline=None)
def test_any_answers_give_a_result_that_can_be_stored(body, given_answers):
    outcome = replayed(Questionnaire.from_json(body), given_answers)
    assert json.loads(json.dumps(outcome.values, allow_nan=False)) == outcome.values
    assert 0 <= outcome.progress <= 1
    assert outcome.complete is (outcome.errors == ())


@given(logical(), answers, st.integers(0, 20))
@settings(deadline=None)
def test_same_question_and_answers_and_seed_give_the_same(body, given_answers, seed):
    texts = [
        repr(replay(Questionnaire.from_json(body), given_answers, language="de", now=NOW, seed=seed).values)
        for _ in range(2)
    ]
    assert texts[0] == texts[1]
