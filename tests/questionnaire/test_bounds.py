"""However a questionnaire is made, it is checked and replayed in bounded time."""

from __future__ import annotations

import time
from typing import Any

import pytest

from kithkin.questionnaire import BadExpression, Kind, Questionnaire, Reason, TooLarge, check
from kithkin.questionnaire.replaying.session import MOST_LETTERS, MOST_LETTERS_TOGETHER
from tests.questionnaire.replayed import asked, run

SECONDS = 4
"""Of the processor. It takes a quarter of that, and took five times that while names were looked for one by one."""


def ring(count: int) -> Questionnaire:
    names = [f"e{place}" for place in range(count)]
    return asked(
        *({"type": "expression", "name": own, "expression": _sum(set(names) - {own})} for own in names),
    )


def _sum(names: set[str]) -> str:
    return " + ".join(f"{{{name}}}" for name in sorted(names))


def test_four_hundred_values_that_name_one_another_are_checked_in_time():
    begun = time.process_time()
    found = check(ring(400))
    assert time.process_time() - begun < SECONDS
    assert [each.kind for each in found] == [Kind.CYCLE]


def test_four_hundred_values_that_name_one_another_are_replayed_in_time():
    begun = time.process_time()
    found = run(ring(400))
    assert time.process_time() - begun < SECONDS
    assert (len(found.visible), found.complete) == (400, True)


LONG = {"a": "x" * 5_000}


def test_text_that_answers_make_too_long_is_shortened_and_told():
    body = [{"type": "text", "name": "a"}, {"type": "html", "name": "h", "html": "{a}" * 1_000}]
    found = run(asked(*body), LONG)
    html = found.pages[0].elements[1].html
    assert (len(html), html[-2:], found.shortened) == (MOST_LETTERS, "x…", ("h",))


def test_all_texts_together_are_shortened_and_told():
    count = MOST_LETTERS_TOGETHER // MOST_LETTERS + 3
    body = [{"type": "html", "name": f"h{place}", "html": "{a}" * 1_000} for place in range(count)]
    found = run(asked({"type": "text", "name": "a"}, *body), LONG)
    letters = sum(len(each.html) for each in found.pages[0].elements)
    assert MOST_LETTERS_TOGETHER <= letters < MOST_LETTERS_TOGETHER + 3 * 3_001
    assert len(found.shortened) == count


def test_texts_with_short_answers_stay_whole():
    found = run(asked({"type": "text", "name": "a", "title": "Is it {a}?"}), {"a": "so"})
    assert (found.pages[0].elements[0].title, found.shortened) == ("Is it so?", ())


def test_choices_that_many_columns_take_from_their_matrix_are_bounded():
    columns = [{"name": f"c{place}"} for place in range(301)]
    with pytest.raises(TooLarge, match="share more than 300,000 choices"):
        asked({"type": "matrixdropdown", "name": "m", "rows": [1], "choices": list(range(1_000)), "columns": columns})


def test_text_that_lacks_many_languages_names_a_few():
    title = {f"l{place}": "x" for place in range(500)}
    found = [each.what for each in check(asked({"type": "text", "name": "t", "title": title}, title="Own"))]
    assert "There is no l0, l1, l10, l100, l101, l102, l103, l104 and 492 more languages for 'Own'." in found


@pytest.mark.parametrize(
    ("element", "what"),
    [
        (
            {"rows": list(range(100)), "columns": [{"name": f"c{at}"} for at in range(20)], "choices": [*range(600)]},
            "offer more than 1,000,000 choices",
        ),
        (
            {"rows": list(range(1_500)), "columns": [{"name": f"c{at}", "cellType": "text"} for at in range(250)]},
            "more than 300,000 questions",
        ),
    ],
)
def test_table_that_multiplies_is_not_replayed_without_end(element, what):
    with pytest.raises(TooLarge, match=what):
        run(asked({"type": "matrixdropdown", "name": "m", **element}))


def test_choices_that_go_through_thousands_of_hidden_questions_arrive():
    chain = [
        {"type": "checkbox", "name": f"q{place}", "choicesFromQuestion": f"q{place - 1}", "visible": False}
        for place in range(1, 2_000)
    ]
    first = {"type": "checkbox", "name": "q0", "choices": ["a"], "visible": False}
    last = {"type": "checkbox", "name": "last", "choicesFromQuestion": "q1999"}
    assert run(asked(first, *chain, last), {"last": ["a"]}).values == {"last": ["a"]}


def test_table_without_columns_is_not_asked_in_panels_without_end():
    table = {"type": "matrixdropdown", "name": "m", "rows": list(range(1_000)), "columns": []}
    with pytest.raises(TooLarge, match="more than 300,000 questions"):
        run(asked({"type": "paneldynamic", "name": "p", "panelCount": 1_000, "templateElements": [table]}))


def test_all_that_is_said_thousands_of_times_is_all():
    question = {"type": "checkbox", "name": "c", "choices": list(range(5_000)), "showSelectAllItem": True}
    begun = time.process_time()
    found = run(asked(question), {"c": ["all"] * 10_000})
    assert time.process_time() - begun < SECONDS
    assert found.values == {"c": list(range(5_000))}


PATTERN = {"type": "regex", "regex": "^(a|b|c|[a-z]+)*(x|y|z)$"}


def test_long_texts_are_held_against_patterns_for_a_bounded_time_in_all():
    names = [f"t{place}" for place in range(60)]
    body = [{"type": "text", "name": name, "maxLength": 100_000, "validators": [PATTERN]} for name in names]
    begun = time.process_time()
    found = run(asked(*body), dict.fromkeys(names, "abcd" * 15_000))
    assert time.process_time() - begun < 2 * SECONDS
    assert len(found.errors) == 60


def test_expressions_together_look_at_a_bounded_number_of_values():
    column = {"name": "a", "cellType": "text", "visibleIf": "sumInArray({m}, 'a') >= 0"}
    table = {"type": "matrixdropdown", "name": "m", "rows": list(range(4_000)), "columns": [column]}
    with pytest.raises(TooLarge, match="more than 5,000,000 values"):
        run(asked(table), {"m": {str(row): {"a": "1"} for row in range(4_000)}})


def test_many_long_texts_are_not_put_together_without_end():
    values = [{"name": "c0", "expression": "{a}"}]
    values += [{"name": f"c{place}", "expression": f"{{c{place - 1}}} + {{c{place - 1}}}"} for place in range(1, 8)]
    values += [{"name": f"d{place}", "expression": f"{{c7}} + {place}"} for place in range(100)]
    with pytest.raises(TooLarge, match="more than 5,000,000 values"):
        run(asked({"type": "comment", "name": "a"}, calculatedValues=values), {"a": "x" * 100_000})


def test_lists_that_double_are_refused():
    values = [{"name": "c0", "expression": "[{a}, {a}]"}]
    values += [{"name": f"c{place}", "expression": f"[{{c{place - 1}}}, {{c{place - 1}}}]"} for place in range(1, 40)]
    with pytest.raises(BadExpression, match="takes too long"):
        run(asked({"type": "text", "name": "a"}, calculatedValues=values), {"a": "x"})


def test_answer_with_thousands_of_choices_is_put_into_thousands_of_texts_in_time():
    body = [{"type": "html", "name": f"h{place}", "html": "{q}"} for place in range(2_000)]
    begun = time.process_time()
    found = run(asked({"type": "dropdown", "name": "q", "choices": list(range(10_000))}, *body), {"q": 1})
    assert time.process_time() - begun < SECONDS
    assert found.pages[0].elements[1].html == "1"


def test_triggers_and_quotas_that_multiply_with_pages_are_refused():
    pages = [{"name": f"p{place}", "elements": [{"type": "text", "name": f"q{place}"}]} for place in range(400)]
    triggers = [{"type": "skip", "expression": f"{{q0}} = {place}", "gotoName": "q399"} for place in range(400)]
    with pytest.raises(TooLarge, match="whether a page is left out"):
        run(asked(pages=pages, triggers=triggers))


def test_drawn_sets_are_bounded():
    question = {"type": "maxdiff", "name": "m", "choices": list(range(500)), "setCount": 200}
    with pytest.raises(TooLarge, match="more than 5,000,000 values"):
        run(asked({"type": "paneldynamic", "name": "p", "panelCount": 100, "templateElements": [question]}))


@pytest.mark.parametrize("kind", ["dropdown", "boolean", "rating", "text", "slider"])
def test_number_of_thousands_of_digits_is_refused(kind):
    found = run(
        asked({"type": kind, "name": "q", **({"choices": [1]} if kind == "dropdown" else {})}), {"q": 10**5_000}
    )
    assert [(each.question, each.reason) for each in found.refused] == [("q", Reason.WRONG_TYPE)]


def test_answer_that_is_nested_without_end_is_refused():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    found = run(asked({"type": "maxdiff", "name": "m", "choices": [1, 2, 3], "setCount": 1}), {"m": [{"best": deep}]})
    assert [(each.question, each.reason) for each in found.refused] == [("m", Reason.NOT_A_CHOICE)]


def test_answers_of_two_types_under_one_key_are_judged_without_failing():
    panels = {
        "type": "paneldynamic",
        "name": "p",
        "valueName": "s",
        "templateElements": [{"type": "text", "name": "a"}],
    }
    found = run(asked({"type": "text", "name": "t", "valueName": "s"}, panels), {"s": "x"})
    assert (dict(found.values), found.refused, found.complete) == ({"s": "x"}, (), True)  # the text has it


@pytest.mark.parametrize("kind", ["constantsum", "multipletext", "maxdiff", "paneldynamic", "file", "matrix"])
def test_calculated_value_under_the_key_of_a_question_is_not_judged_as_its_answer(kind):
    more = {"choices": [1, 2, 3], "items": [{"name": "a"}], "rows": [1], "columns": [1], "isRequired": True}
    body = asked({"type": kind, "name": "q", **more}, calculatedValues=[{"name": "q", "expression": "1"}])
    assert run(body).errors == ()


def test_names_that_nothing_has_are_checked_in_time():
    body = [{"type": "checkbox", "name": f"question{place}", "visibleIf": f"{{questiom{place}}} = 1",
             "choicesFromQuestion": f"questiom{place}"} for place in range(3_000)]  # fmt: skip
    begun = time.process_time()
    found = [each for each in check(asked(*body)) if each.kind is Kind.UNDEFINED]
    assert time.process_time() - begun < 3 * SECONDS
    assert (len(found), found[0].advice) == (6_000, "Did you mean 'question0'?")


def test_conditions_with_thousands_of_possible_answers_are_checked_in_time():
    lists = [{"type": "dropdown", "name": name, "choices": list(range(39))} for name in ("a", "b")]
    body = [
        {"type": "text", "name": f"t{at}", "visibleIf": f"{{a}} = {at} and {{b}} = {40 + at}"} for at in range(2_000)
    ]
    begun = time.process_time()
    found = check(asked(*lists, *body))
    assert time.process_time() - begun < SECONDS
    assert Kind.UNREACHABLE in {each.kind for each in found}


def test_questions_that_wait_one_for_the_next_are_checked_in_time():
    chain = [{"type": "boolean", "name": f"q{at}", "visibleIf": f"{{q{at - 1}}} = true"} for at in range(1, 5_000)]
    begun = time.process_time()
    check(asked({"type": "boolean", "name": "q0"}, *chain))
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("count", [2_000, 20_000])
def test_texts_that_lack_thousands_of_languages_are_checked_in_time_or_refused(count):
    title = {f"l{place}": "x" for place in range(count)}
    body = [{"type": "text", "name": f"q{place}", "title": "Own"} for place in range(1_000)]
    begun = time.process_time()
    if count == 2_000:
        assert sum(each.kind is Kind.TRANSLATION for each in check(asked(*body, title=title))) == 1_001
    else:
        with pytest.raises(TooLarge, match="lack languages more than 3,000,000 times"):
            check(asked(*body, title=title))
    assert time.process_time() - begun < SECONDS


def test_values_that_conditions_compare_with_long_lists_are_checked_in_time():
    source = {"type": "dropdown", "name": "q", "choices": [f"choice {place}" for place in range(5_000)]}
    body = [{"type": "text", "name": f"t{at}", "visibleIf": f"{{q}} = 'chioce {at}'"} for at in range(5_000)]
    begun = time.process_time()
    found = [each for each in check(asked(source, *body)) if each.kind is Kind.CHOICES]
    assert time.process_time() - begun < 3 * SECONDS
    assert "No choice of 'q' is 'chioce 0'" in found[0].what


def test_blocks_and_pages_do_not_multiply_in_a_check():
    pages = [{"name": f"p{at}", "elements": [{"type": "text", "name": f"q{at}"}]} for at in range(5_000)]
    blocks = [{"name": f"r{at}", "of": [f"q{at}", f"q{at + 1}"]} for at in range(1_000)]
    envelope = {"format": "kithkin.questionnaire", "version": 1, "body": {"pages": pages}}
    begun = time.process_time()
    found = check(Questionnaire.from_json({**envelope, "kithkin": {"randomisation": blocks}}))
    assert time.process_time() - begun < SECONDS
    assert sum("does not stand side by side" in each.what for each in found) == 1_000


def test_questions_that_share_one_answer_are_replayed_in_time():
    body = [{"type": "text", "name": f"q{place}", "valueName": "shared"} for place in range(5_000)]
    begun = time.process_time()
    found = run(asked(*body), {"shared": "x"})
    assert time.process_time() - begun < SECONDS
    assert found.values == {"shared": "x"}


def test_questions_that_wait_for_one_another_too_often_are_refused():
    body = [
        {"type": "text", "name": f"q{place}", "valueName": "shared", "visibleIf": f"{{shared}} != {place}"}
        for place in range(2_000)
    ]
    with pytest.raises(TooLarge, match="depend on one another more than 2,000,000 times"):
        check(asked(*body))


def test_expressions_are_bounded_together():
    terms = " + ".join(f"{{a{place}}}" for place in range(2_000))
    body = [{"type": "expression", "name": f"e{place}", "expression": f"{terms} + {place}"} for place in range(300)]
    with pytest.raises(TooLarge, match="more than 500,000 parts in all"):
        run(asked(*body))


def test_scales_are_bounded_together():
    with pytest.raises(TooLarge, match="scales have more than 1,000,000 points"):
        asked(*({"type": "rating", "name": f"r{place}", "rateMax": 999} for place in range(2_000)))


def panels(name: str, *inner: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "paneldynamic", "name": name, "maxPanelCount": 1_000, "templateElements": inner, **more}


def test_a_hundred_thousand_panels_are_handed_in_to_questions_that_share_them():
    number = {"type": "text", "name": "n", "inputType": "number"}
    questionnaire = asked(panels("p", number, valueName="v"), panels("q", {"type": "text", "name": "t"}, valueName="v"))
    begun = time.process_time()
    found = run(questionnaire, {"v": [{"n": "1"}] * 100_000})
    assert time.process_time() - begun < SECONDS
    assert found.values["v"] == [{"n": 1}] * 1_000


def test_what_thousands_of_questions_of_one_key_do_not_take_is_named_for_the_first_of_them():
    shared = [panels(f"p{at}", {"type": "text", "name": f"t{at}"}, valueName="v") for at in range(1_500)]
    found = run(asked(*shared), {"v": [{f"t{at}": "x" for at in range(1_500)}]})
    assert len(found.refused) == 100_000
    assert found.values["v"] == [{f"t{at}": "x" for at in range(1_500)}]


def test_panels_with_defaults_in_each_of_their_panels_are_looked_at_so_many_times_only():
    inner = panels("i", {"type": "text", "name": "t"})
    default = [{"i": [{"t": str(at)} for at in range(200)]} for _ in range(100)]
    with pytest.raises(TooLarge, match="5,000,000 values"):
        run(asked(panels("p", inner, defaultValue=default)), {"p": [{"i": [{}]}] * 300})
