"""Which way a respondent goes, what is said at the end, and what is set on the way."""

import pytest

from kithkin.questionnaire import Kind, check
from tests.questionnaire.replayed import asked, run, text

PAGES = [{"name": f"p{number}", "elements": [text(f"q{number}")]} for number in range(1, 5)]


def way(triggers, answers, pages=PAGES):
    return [page.name for page in run(asked(pages=pages, triggers=triggers), answers).pages]


def skip(when, target):
    return {"type": "skip", "expression": when, "gotoName": target}


def test_of_two_skips_from_one_page_the_last_decides():
    assert way([skip("{q1} = 1", "q4"), skip("{q1} = 1", "q3")], {"q1": "1"}) == ["p1", "p3", "p4"]
    assert way([skip("{q1} = 1", "q3"), skip("{q1} = 1", "q4")], {"q1": "1"}) == ["p1", "p4"]


def test_nobody_skips_to_what_is_hidden():
    hidden = [*PAGES[:3], {"name": "p4", "elements": [text("q4", visibleIf="{q1} <> 1")]}]
    assert way([skip("{q1} = 1", "q4")], {"q1": "1"}, hidden) == ["p1", "p2", "p3"]
    assert way([skip("{q1} = 2", "q4")], {"q1": "2"}, hidden) == ["p1", "p4"]


def test_trigger_acts_only_when_its_page_is_left():
    hidden = [PAGES[0], PAGES[1] | {"visibleIf": "{q1} <> 1"}, *PAGES[2:]]
    complete = [{"type": "complete", "expression": "{q2} empty"}]
    assert way(complete, {"q1": "1"}, hidden) == ["p1", "p3", "p4"]
    assert way(complete, {"q1": "2"}, hidden) == ["p1", "p2"]


def test_a_page_on_which_nothing_is_offered_is_not_left():
    nothing = {
        "type": "radiogroup",
        "name": "q1",
        "choices": ["x"],
        "choicesVisibleIf": "false",
        "hideIfChoicesEmpty": True,
    }
    complete = [{"type": "complete", "expression": "{q1} empty"}]
    assert way(complete, {}, [PAGES[0] | {"elements": [nothing]}, *PAGES[1:]]) == ["p2", "p3", "p4"]


@pytest.mark.parametrize(
    "hidden",
    [
        text("q1", visible=False),
        text("q1", visibleIf="false"),
        {"type": "panel", "name": "in", "visibleIf": "false", "elements": [text("q1")]},
        {"type": "panel", "name": "in", "visible": False, "elements": [text("q1")]},
    ],
)
def test_a_page_on_which_nothing_is_shown_is_not_left(hidden):
    complete = [{"type": "complete", "expression": "{q1} empty"}]
    assert way(complete, {}, [PAGES[0] | {"elements": [hidden]}, *PAGES[1:]]) == ["p2", "p3", "p4"]
    asks = [PAGES[0] | {"elements": [hidden, text("q")]}, *PAGES[1:]]
    assert way(complete, {}, asks) == ["p1"]


def test_a_skip_from_a_later_page_does_not_keep_an_earlier_one_from_acting():
    assert way([skip("{q1} = 1", "q4"), skip("{q4} empty", "q4")], {"q1": "1"}) == ["p1", "p4"]


def test_a_computed_value_ends_it_after_the_page_that_it_is_computed_from():
    computed = [{"name": "c", "expression": "{q2} + 0"}]
    complete = [{"type": "complete", "expression": "{c} = 1"}]
    questionnaire = asked(pages=PAGES, triggers=complete, calculatedValues=computed)
    assert [page.name for page in run(questionnaire, {"q2": "1"}).pages] == ["p1", "p2"]
    assert check(questionnaire) == ()


def test_a_skip_does_not_wait_for_what_stands_behind_its_page():
    late = [*PAGES[:3], {"name": "p4", "elements": [text("q4", visibleIf="{q3} empty")]}]
    assert way([skip("{q1} = 1", "q4")], {"q1": "1", "q3": "x"}, late) == ["p1", "p4"]
    found = check(asked(pages=late, triggers=[skip("{q1} = 1", "q4")]))
    assert [each.kind for each in found if each.kind is Kind.CYCLE] == []


def test_what_ends_whatever_is_answered_ends_after_the_first_page():
    assert way([{"type": "complete", "expression": "true"}], {}) == ["p1"]


def test_of_two_triggers_the_last_sets():
    triggers = [{"type": "setvalue", "expression": "true", "setToName": "q1", "setValue": each} for each in ("x", "y")]
    assert run(asked(text("q1"), triggers=triggers)).values == {"q1": "y"}


def test_answer_is_taken_back_when_its_condition_holds():
    questionnaire = asked(text("a"), text("b", resetValueIf="{a} = 1"))
    assert run(questionnaire, {"a": "1", "b": "x"}).values == {"a": "1"}
    assert run(questionnaire, {"a": "2", "b": "x"}).values == {"a": "2", "b": "x"}


def test_computed_answer_is_as_exact_as_is_asked():
    computed = {"type": "expression", "name": "e", "expression": "10 / 3", "precision": 2}
    assert run(asked(computed)).values == {"e": 3.33}


def test_what_the_invitation_brings_for_a_hidden_question_is_not_known():
    questionnaire = asked(text("b", visibleIf="{a} = 'x'"), text("a", visibleIf="false"))
    assert run(questionnaire, {"b": "y"}, embedded={"a": "x"}).values == {}


def test_score_counts_only_where_its_condition_holds():
    scoring = [{"name": "s", "questions": ["a"], "when": "{b} = 1"}]
    questionnaire = asked({"type": "rating", "name": "a"}, text("b"), kithkin={"scoring": scoring})
    assert [run(questionnaire, {"a": 4, "b": each}).scores for each in ("1", "2")] == [{"s": 4}, {"s": 0}]


def test_points_of_choices_count_and_not_their_values():
    scored = {"type": "radiogroup", "name": "a", "choices": [{"value": 7, "score": 1}, 9]}
    questionnaire = asked(scored, {"type": "boolean", "name": "b"}, kithkin={
        "scoring": [{"name": "s", "questions": ["a"]}, {"name": "t", "questions": ["b"]}],
    })  # fmt: skip
    assert [run(questionnaire, {"a": each, "b": True}).scores for each in (7, 9)] == [
        {"s": 1, "t": 0},
        {"s": 0, "t": 0},
    ]


def test_a_full_quota_says_its_own_words():
    quota = {"name": "all", "limit": 1, "message": "Enough."}
    own = {"quotas": [quota], "completion": [{"title": "T", "html": "Thanks"}]}
    ends = [run(asked(text("a"), kithkin=own), full_quotas=full).end for full in (frozenset(["all"]), frozenset())]
    assert [(each.title, each.html) for each in ends] == [("", "Enough."), ("T", "Thanks")]


def test_order_of_questions_is_the_respondents_own():
    questionnaire = asked(*map(text, "abcdef"), questionsOrder="random")
    orders = [[each.question.name for each in run(questionnaire, seed=seed).pages[0].elements] for seed in range(6)]
    assert [sorted(places) for places in zip(*orders, strict=True)] == [list("abcdef")] * 6


def test_a_panel_has_the_order_of_its_page_unless_it_says_its_own():
    panel = {"type": "panel", "name": "p", "elements": [*map(text, "abcdef")]}
    pages = [{"name": "one", "questionsOrder": "random", "elements": [panel]}]

    def orders(pages):
        shown = (run(asked(pages=pages), seed=seed).pages[0].elements[0].elements for seed in range(6))
        return {tuple(each.question.name for each in elements) for elements in shown}

    assert len(orders(pages)) == 6
    assert orders([pages[0] | {"elements": [panel | {"questionsOrder": "initial"}]}]) == {tuple("abcdef")}


def test_page_on_which_nothing_is_asked_is_none():
    pages = [PAGES[0], {"name": "p", "elements": [text("a", visibleIf="false")]}]
    assert way([], {}, pages) == ["p1"]


def test_choices_in_the_order_of_the_alphabet():
    def order(how):
        question = {"type": "dropdown", "name": "q", "choices": ["b", "C", "a"], "choicesOrder": how}
        return [each.value for each in run(asked(question)).pages[0].elements[0].choices]

    assert (order("asc"), order("desc")) == (["a", "b", "C"], ["C", "b", "a"])


@pytest.mark.parametrize("said", ["yes", 'say "yes"', "it's", "a\\b", 7, True])
def test_trigger_of_the_older_form_compares_with_any_value(said):
    older = [{"type": "complete", "name": "q1", "operator": "equal", "value": said}]
    pages = [PAGES[0] | {"elements": [{"type": "radiogroup", "name": "q1", "choices": [said, "other"]}]}, *PAGES[1:]]
    assert way(older, {"q1": said}, pages) == ["p1"]
    assert way(older, {"q1": "other"}, pages) == ["p1", "p2", "p3", "p4"]
