"""Whatever is done to a file, a questionnaire comes out or a sentence, in bounded time."""

import copy
import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithkin.questionnaire import Severity, check
from kithkin.questionnaire.formats import FormatError, LossReport, read
from tests.questionnaire.formats.qualtrics.samples import (
    answers,
    block,
    choices,
    condition,
    element,
    imported,
    one,
    qsf,
    question,
    selected,
    several,
    shown,
    term,
    text,
)
from tests.questionnaire.formats.qualtrics.whole import survey

WHOLE = survey()
values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12),
        st.sampled_from(["QID1", "QID23", "q://QID1/SelectableChoice/1", "${q://QID2/x}", "$e{1+}", "MC", "SBS", "x1",
                         "{a}", "'", "\\", "Subset", "Advanced", "ENDOFSURVEY", "<script>", "9" * 400, "1e999"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


def places(value, path=()):
    """Where something stands in a document."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from places(inner, (*path, key))


PLACES = [place for place in places(WHOLE) if place]


def changed(changes):
    document = copy.deepcopy(WHOLE)
    for (*path, last), value in changes:
        holder = document
        try:
            for step in path:
                holder = holder[step]
            if value is ...:
                del holder[last]
            else:
                holder[last] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    return document


def outcome(content):
    """The report, or the refusal's advice."""
    try:
        found = read(content)
    except FormatError as refused:
        return refused.advice
    return found.losses


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.one_of(values, st.just(...))), min_size=1, max_size=6))
def test_any_change_gives_a_questionnaire_or_a_sentence(changes):
    assert isinstance(outcome(json.dumps(changed(changes)).encode()), LossReport | str)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(json.dumps(WHOLE))), st.binary(max_size=6), st.integers(0, 40))
def test_any_cut_gives_a_questionnaire_or_a_sentence(place, put, taken):
    content = json.dumps(WHOLE).encode()
    assert isinstance(outcome(content[:place] + put + content[place + taken :]), LossReport | str)


def test_survey_in_which_everything_occurs_is_read():
    found = read(json.dumps(WHOLE).encode())
    names = [question.name for question in found.questionnaire.questions(inside=False)]
    assert len(names) == len(set(names)) == 32
    assert {loss.where.partition("/")[0] for loss in found.losses} >= {each["QuestionID"] for each in WHOLE_QUESTIONS}


WHOLE_QUESTIONS = [each["Payload"] for each in WHOLE["SurveyElements"] if each["Element"] == "SQ"]


def large(count):
    """Questions in blocks of ten, each with a condition on the one before and choices of its own."""
    asked = [one("QID0")]
    for place in range(1, count):
        logic = condition(selected(f"QID{place - 1}", "1")) if place % 2 else None
        asked.append(several(f"QID{place}", *"abcdefgh", DisplayLogic=logic, text=f"<p>Is it <b>{place}</b>?</p>"))
    names = [each["QuestionID"] for each in asked]
    blocks = [block(f"B{place}", *names[place : place + 10]) for place in range(0, count, 10)]
    return json.dumps(qsf(asked, blocks)).encode()


@pytest.mark.parametrize(("count", "seconds"), [(1_000, 2), (10_000, 20)])
def test_large_survey_is_read_in_time(count, seconds):
    content = large(count)
    begun = time.process_time()
    found = read(content)
    assert time.process_time() - begun < seconds
    assert sum(1 for _ in found.questionnaire.questions()) == count


def test_too_large_survey_is_refused():
    with pytest.raises(FormatError, match="More than 20,000 questions"):
        read(json.dumps(qsf([text(f"QID{place}") for place in range(20_001)])).encode())


@pytest.mark.parametrize("elements", [[], {}, None, "x"])
def test_survey_without_elements_is_refused(elements):
    with pytest.raises(FormatError, match="The survey has no elements"):
        read(json.dumps({"SurveyEntry": {}, "SurveyElements": elements}).encode())


@pytest.mark.parametrize(("depth", "is_read"), [(25, True), (200, False)])
def test_flow_that_is_nested_deep_is_read_or_refused(depth, is_read):
    flow = [shown("BL_1")]
    for place in range(depth):
        flow = [{"Type": "Group", "FlowID": f"FL_{place}", "Flow": flow}]
    assert isinstance(outcome(json.dumps(qsf([text("QID1")], flow=flow)).encode()), LossReport) is is_read


def test_conditions_in_a_circle_are_read():
    asked = [one(f"QID{place}", DisplayLogic=condition(selected(f"QID{(place + 1) % 3}", "1"))) for place in range(3)]
    assert imported(asked).losses.is_whole


def test_names_of_paths_stay_names():
    found = imported([text("QID1", tag="../../etc/passwd")])
    assert [question.name for question in found.questionnaire.questions()] == ["etc_passwd"]


def test_block_that_the_flow_repeats_thousands_of_times_is_asked_as_often_as_fits():
    asked = [text(f"QID{place}") for place in range(500)]
    found = read(json.dumps(qsf(asked, flow=[shown("BL_1")] * 400)).encode())
    assert sum(1 for _ in found.questionnaire.questions()) == 10_500
    assert "more do not fit" in found.losses.summary()


def test_loop_whose_fields_multiply_its_texts_is_refused():
    asked = [text(f"QID{place}", text="${lm://Field/1}" * 100) for place in range(50)]
    looped = block("BL_1", *(each["QuestionID"] for each in asked))
    rounds = {str(place): {"1": "x" * 1_000} for place in range(1, 51)}
    looped["Options"] = {"Looping": "Static", "LoopingOptions": {"Static": rounds}}
    with pytest.raises(FormatError, match="the survey grows too large"):
        read(json.dumps(qsf(asked, [looped])).encode())


SECONDS = 6
"""Of the processor. Each takes a third of that at most, and took minutes, or had no end."""


def read_in_time(asked, *more, **rest):
    content = json.dumps(qsf(asked, *more, **rest)).encode()
    begun = time.process_time()
    found = outcome(content)
    assert time.process_time() - begun < SECONDS
    return found


def test_questions_that_ask_twice_whether_the_one_before_is_shown_are_read_in_time():
    logic = [
        condition(*[term(f"q://QID{place + 1}/SelectableChoice/1", "Displayed", "", "Question")] * 2)
        for place in range(40)
    ]
    asked = [one(f"QID{place}", DisplayLogic=each) for place, each in enumerate(logic)]
    found = read_in_time([*asked, one("QID40", DisplayLogic=condition(selected("QID41", "1"))), one("QID41")])
    assert isinstance(found, LossReport)
    assert found.is_whole


def skipping(goal):
    return [
        (
            f"QID{place}",
            {
                "ChoiceLocator": f"q://QID{place}/SelectableChoice/1",
                "Condition": "Selected",
                "QuestionID": f"QID{place}",
                "SkipToDestination": goal(place),
            },
        )
        for place in range(5_000)
    ]


@pytest.mark.parametrize("goal", [lambda _: "ENDOFBLOCK", lambda place: f"QID{5_000 + place}"], ids=["one", "many"])
def test_thousands_of_skips_in_one_block_are_read_in_time_or_refused(goal):
    asked = [one(f"QID{place}", "Y") for place in range(10_000)]
    places = [*skipping(goal), *(f"QID{place}" for place in range(5_000, 10_000))]
    assert isinstance(read_in_time(asked, [block("BL_1", *places)]), LossReport | str)


def test_questions_skipped_by_many_are_still_skipped():
    asked = [one(f"QID{place}", "Y", "N") for place in range(5_001)]
    document = json.dumps(qsf(asked, [block("BL_1", *skipping(lambda _: "ENDOFBLOCK"), "QID5000")])).encode()
    elements = read(document).questionnaire.to_json()["body"]["pages"][0]["elements"]
    assert all(len(each["visibleIf"]) < 4_000 for each in elements[1:])


def test_thousands_of_questions_in_an_order_by_chance_are_read_in_time():
    whole = block("BL_1", *(f"QID{place}" for place in range(10_000)), RandomizeQuestions="Advanced")
    whole["Options"]["Randomization"] = {"Advanced": {"FixedOrder": ["QID0"], "TotalRandSubset": 3}}
    assert isinstance(read_in_time([text(f"QID{place}") for place in range(10_000)], [whole]), LossReport)


def test_thousands_of_recommendations_are_read_in_time():
    asked = [question(f"QID{place}", "MC", "NPS" if place % 2 else "SAVR", **choices("a")) for place in range(10_000)]
    assert isinstance(read_in_time(asked), LossReport)


def test_scores_of_many_categories_are_read_in_time():
    graded = [{"ChoiceID": "1", "Grades": {"SC_0": "1"}}] * 20
    asked = [one(f"QID{place}", "Y", GradingData=graded) for place in range(2_000)]
    categories = [{"ID": f"SC_{place}", "Name": f"n{place}"} for place in range(5_000)]
    assert isinstance(read_in_time(asked, elements=[element("SCO", {"ScoringCategories": categories})]), LossReport)


def test_rows_and_conditions_do_not_multiply():
    table = question("QID0", "Matrix", "Likert", "SingleAnswer", **choices(*map(str, range(5_000))), **answers("a"))
    any_row = condition(term("q://QID0/SelectableAnswer/1", "Selected", "", "Question"))
    found = read_in_time([table, *(text(f"QID{place}", DisplayLogic=any_row) for place in range(1, 2_000))])
    assert "more than 2,048 rows" in found.summary()


def test_text_that_is_piped_in_thousands_of_times_is_refused_before_it_is_made():
    piped = text("QID1", text="${q://QID0/QuestionText}" * 100_000)
    assert isinstance(read_in_time([text("QID0", text="y" * 100_000), piped]), str)


def test_choices_that_loops_and_tables_multiply_are_refused_in_time():
    source = several("QID0", *map(str, range(2_000)))
    forward = {"Locator": "q://QID0/ChoiceGroup/SelectedChoices"}
    tables = [
        question(f"QID{place}", "Matrix", "Likert", "SingleAnswer", **answers("a"), DynamicChoices=forward)
        for place in range(1, 2_000)
    ]
    assert isinstance(read_in_time([source, *tables]), str)


def test_field_that_is_set_in_more_places_than_an_expression_holds_is_told():
    asked = [one(f"QID{place}") for place in range(300)]
    sets = [
        {
            "Type": "Branch",
            "FlowID": f"FL_{place}",
            "BranchLogic": condition(selected(f"QID{place}", "1")),
            "Flow": [{"Type": "EmbeddedData", "EmbeddedData": [{"Field": "team", "Value": f"v{place}"}]}],
        }
        for place in range(300)
    ]
    found = read(json.dumps(qsf(asked, flow=[shown("BL_1"), *sets])).encode())
    assert "it is set in more places than one expression holds" in found.losses.summary()
    assert found.questionnaire.to_json()["kithkin"]["embedded"] == [{"name": "team"}]
    assert not [each for each in check(found.questionnaire) if each.severity is Severity.ERROR]


@pytest.mark.parametrize("order", [5, True, "x", {"1": "1"}, [[1]]])
def test_fixed_order_of_any_kind_is_read(order):
    chance = {"Type": "Advanced", "Advanced": {"FixedOrder": order}}
    assert isinstance(outcome(json.dumps(qsf([several("QID1", Randomization=chance)])).encode()), LossReport)
