"""Chance is seeded, and spread evenly."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.questionnaire.replaying.seeds import drawn, sets
from tests.questionnaire.replayed import asked, run


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


SIZES = [(7, 3, 7), (8, 4, 6), (10, 4, 8), (9, 3, 9), (13, 4, 13), (6, 4, 5), (30, 5, 18)]


@pytest.mark.parametrize(("many", "size", "count"), SIZES)
def test_each_set_holds_other_things_and_together_they_tie_all(many, size, count):
    for seed in range(100):
        found = [frozenset(one) for one in sets(many, size, count, seed, "q")]
        assert ({len(one) for one in found}, len(set(found))) == ({size}, count)
        tied = set(found[0])
        for _ in found:
            tied = tied.union(*(one for one in found if one & tied))
        assert tied == set(range(many))


@pytest.mark.parametrize(("many", "size", "count", "spread"), [(7, 3, 7, 0.5), (8, 4, 6, 0.72), (9, 3, 9, 0.5)])
def test_pairs_of_a_respondent_meet_about_equally_often(many, size, count, spread):
    """Drawn by chance alone, the mean standard deviation is .73, .85 and .75; of the best designs 0, .45 and .43."""
    total = 0.0
    for seed in range(200):
        met = Counter(pair for one in sets(many, size, count, seed, "q") for pair in combinations(sorted(one), 2))
        mean = met.total() / (many * (many - 1) / 2)
        total += (sum((met[pair] - mean) ** 2 for pair in combinations(range(many), 2)) * 2 / many / (many - 1)) ** 0.5
    assert total / 200 < spread


@pytest.mark.parametrize(("many", "size", "count"), SIZES)
def test_thing_seldom_stands_twice_in_one_place_of_a_respondents_sets(many, size, count):
    twice, by_chance = 0.0, 0.0
    for seed in range(100):
        found = sets(many, size, count, seed, "q")
        stood = Counter((thing, place) for one in found for place, thing in enumerate(one))
        twice += sum(times * (times - 1) / 2 for times in stood.values())
        seen = Counter(thing for one in found for thing in one)
        by_chance += sum(times * (times - 1) / 2 for times in seen.values()) / size
    assert twice < 0.6 * by_chance


def test_very_many_things_take_bounded_time():
    assert [len(set(one)) for one in sets(1_000, 1_000, 100, 1, "q")] == [1_000] * 100


def offered(questionnaire, answers, seed):
    return [choice.value for choice in run(questionnaire, answers, seed=seed).pages[0].elements[-1].choices]


def test_choices_stay_where_they_stand_when_one_comes_up():
    choices = ["a", "b", {"value": "c", "visibleIf": "{q} = true"}, "d"]
    questionnaire = asked(
        {"type": "boolean", "name": "q"},
        {"type": "checkbox", "name": "r", "choices": choices, "choicesOrder": "random"},
    )
    for seed in range(50):
        before = offered(questionnaire, {"q": False}, seed)
        assert [each for each in offered(questionnaire, {"q": True}, seed) if each != "c"] == before


def test_choices_taken_over_stay_where_they_stand_when_another_is_chosen():
    questionnaire = asked(
        {"type": "checkbox", "name": "q", "choices": list("abcdef")},
        {"type": "radiogroup", "name": "r", "choicesOrder": "random", "choicesFromQuestion": "q",
         "choicesFromQuestionMode": "selected"},
    )  # fmt: skip
    for seed in range(50):
        before = offered(questionnaire, {"q": list("abcd")}, seed)
        assert [each for each in offered(questionnaire, {"q": list("abcdf")}, seed) if each != "f"] == before


def test_choices_that_come_and_go_are_in_each_order_equally_often():
    choices = ["a", "b", {"value": "c", "visibleIf": "true"}]
    questionnaire = asked({"type": "checkbox", "name": "r", "choices": choices, "choicesOrder": "random"})
    orders = Counter("".join(offered(questionnaire, {}, seed)) for seed in range(1_800))
    assert (len(orders), all(240 < count < 360 for count in orders.values())) == (6, True)


@pytest.mark.parametrize("seed", range(5))
def test_cells_of_named_rows_stand_in_the_order_of_their_names(seed):
    matrix = {"type": "matrixdropdown", "name": "m", "rows": list("pqrst"), "rowOrder": "random",
              "columns": [{"name": "c", "cellType": "text"}]}  # fmt: skip
    (shown,) = run(asked(matrix), seed=seed).pages[0].elements
    assert [item.path for item in shown.items] == [f"m.{row.value}" for row in shown.rows]


def test_order_stays_when_the_questionnaire_gets_another_question_or_language():
    choices = [{"value": each, "text": {"default": each, "de": f"{each} auf Deutsch"}} for each in "abcde"]
    question = {"type": "checkbox", "name": "r", "choices": choices, "choicesOrder": "random"}
    for seed in range(20):
        first = offered(asked(question), {}, seed)
        assert offered(asked({"type": "text", "name": "new"}, question), {}, seed) == first
        german = run(asked(question), {}, seed=seed, language="de").pages[0].elements[0].choices
        assert [choice.value for choice in german] == first


def test_only_what_is_compared_stands_in_the_sets_of_a_maxdiff():
    more = {"showNoneItem": True, "showOtherItem": True, "setCount": 3, "setSize": 3}
    shown = run(asked({"type": "maxdiff", "name": "m", "choices": [1, 2, 3, 4], **more}), {}).pages[0].elements[0]
    assert [choice.value for choice in shown.choices] == [1, 2, 3, 4]
    assert {choice.value for one in shown.sets for choice in one} == {1, 2, 3, 4}
