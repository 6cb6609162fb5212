"""Blocks, branches, randomisers, embedded data, loops and ends become pages with conditions."""

import pytest

from kithkin.questionnaire.formats import Kind
from tests.questionnaire.formats.qualtrics.samples import (
    block,
    body,
    choices,
    condition,
    element,
    elements,
    imported,
    one,
    own,
    question,
    selected,
    several,
    shown,
    term,
    text,
    told,
)  # fmt: skip
from tests.questionnaire.formats.qualtrics.test_logic import shown as seen

ASKED = [one("QID1"), text("QID2"), text("QID3"), text("QID4")]


def pages(found):
    return [
        (page["name"], [each["name"] for each in page["elements"]], page.get("visibleIf"))
        for page in body(found)["pages"]
    ]


def branch(asked, *flow):
    return {"Type": "Branch", "FlowID": "FL_B", "BranchLogic": condition(asked), "Flow": list(flow)}


def end(**options):
    return {"Type": "EndSurvey", "FlowID": "FL_E", "Options": options}


def embedded(*fields, flow="FL_D"):
    made = [{"Description": name, "Type": "Custom", "Field": name, "Value": value} for name, value in fields]
    return {"Type": "EmbeddedData", "FlowID": flow, "EmbeddedData": made}


def randomiser(*flow, subset=None):
    return {"Type": "BlockRandomizer", "FlowID": "FL_R", "SubSet": subset, "EvenPresentation": True, "Flow": list(flow)}


def skip(qid, choice, goal, word="Selected"):
    place = f"q://{qid}/SelectableChoice/{choice}"
    return qid, {
        "ChoiceLocator": place,
        "Locator": place,
        "Condition": word,
        "SkipToDestination": goal,
        "QuestionID": qid,
    }


def test_blocks_and_page_breaks_are_pages():
    found = imported(ASKED, [block("A", "QID1", "|", "QID2"), block("B", "QID3", "QID4")])
    assert pages(found) == [
        ("Block_A", ["Q1"], None), ("Block_A_2", ["Q2"], None), ("Block_B", ["Q3", "Q4"], None),
    ]  # fmt: skip


def test_order_of_the_flow_decides():
    found = imported(ASKED, [block("A", "QID1"), block("B", "QID2")], [shown("B"), shown("A")])
    assert [each["name"] for each in elements(found)] == ["Q2", "Q1"]


def test_trash_stays_out_and_is_told():
    found = imported(ASKED, [block("A", "QID1", "QID2"), block("T", "QID3", kind="Trash")], [shown("A")])
    assert [each["name"] for each in elements(found)] == ["Q1", "Q2"]
    assert sorted(told(found, Kind.LOST)) == [("QID3", "question QID3"), ("QID4", "question QID4")]


def test_branch_is_a_condition_of_its_pages():
    found = imported(
        ASKED, [block("A", "QID1"), block("B", "QID2")], [shown("A"), branch(selected("QID1", "1"), shown("B"))]
    )
    assert pages(found)[1][2] == "{Q1} = 1"


def test_branches_within_one_another_hold_together():
    inner = branch(term("team", "EqualTo", "red", "EmbeddedField"), shown("B"))
    found = imported(
        ASKED, [block("A", "QID1"), block("B", "QID2")], [shown("A"), branch(selected("QID1", "1"), inner)]
    )
    assert pages(found)[1][2] == "({Q1} = 1) and ({team} = 'red')"


def test_end_in_a_branch_hides_what_comes_after_and_leads_where_it_says():
    redirect = end(SurveyTermination="Redirect", EOSRedirectURL="https://example.org/?t=${e://Field/t}")
    flow = [shown("A"), branch(selected("QID1", "2"), redirect), shown("B")]
    found = imported(ASKED, [block("A", "QID1"), block("B", "QID2")], flow)
    assert pages(found)[1][2] == "!({Q1} = 2)"
    assert own(found)["completion"] == [{"when": "{Q1} = 2", "url": "https://example.org/?t={t}"}]
    assert (seen(found, {"Q1": 1}), seen(found, {"Q1": 2})) == (["Q1", "Q2"], ["Q1"])


def test_address_that_would_run_something_is_refused_and_told():
    found = imported(
        ASKED, flow=[shown("BL_1"), end(SurveyTermination="Redirect", EOSRedirectURL="javascript:alert(1)")]
    )
    assert "completion" not in own(found)
    assert [where for where, _ in told(found, Kind.LOST)] == ["FL_E"]


def test_end_with_a_condition_that_cannot_be_translated_ends_nothing():
    flow = [shown("A"), branch(term("mobile", "Is", "mobile", "DeviceType"), end()), shown("B")]
    found = imported(ASKED, [block("A", "QID1"), block("B", "QID2")], flow)
    assert pages(found)[1][2] in {None, "true"}


def test_several_ends_hold_together():
    nothing = term("q://QID2/ChoiceTextEntryValue", "Empty")
    flow = [shown("A"), branch(selected("QID1", "2"), end()), shown("B"), branch(nothing, end()), shown("C")]
    found = imported(ASKED, [block("A", "QID1"), block("B", "QID2"), block("C", "QID3")], flow)
    assert [seen(found, answered) for answered in ({"Q1": 2}, {"Q1": 1}, {"Q1": 1, "Q2": "x"})] == [
        ["Q1"], ["Q1", "Q2"], ["Q1", "Q2", "Q3"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "expected"),
    [("QID3", ["Q1", "Q3", "Q4"]), ("ENDOFBLOCK", ["Q1", "Q4"]), ("ENDOFSURVEY", ["Q1"])],
)
def test_skip_logic_leaves_out_what_lies_between(goal, expected):
    found = imported(ASKED, [block("A", skip("QID1", "2", goal), "QID2", "QID3"), block("B", "QID4")])
    assert seen(found, {"Q1": 1}) == ["Q1", "Q2", "Q3", "Q4"]
    assert seen(found, {"Q1": 2}) == expected


def test_skip_logic_waits_for_an_answer():
    found = imported(ASKED, [block("A", skip("QID1", "1", "ENDOFSURVEY", "NotSelected"), "QID2")])
    assert (seen(found, {}), seen(found, {"Q1": 2})) == (["Q1", "Q2"], ["Q1"])


def test_skip_to_nowhere_is_told():
    found = imported(ASKED, [block("A", skip("QID1", "1", "QID77"), "QID2")])
    assert told(found, Kind.LOST)[0] == ("QID1/SkipLogic", "skipping to QID77")


def test_randomiser_draws_its_arms_as_pages():
    blocks = [block("A", "QID1"), block("B", "QID2"), block("C", "QID3")]
    found = imported(ASKED, blocks, [randomiser(*map(shown, "ABC"), subset=1)])
    assert own(found)["randomisation"] == [
        {"name": "drawn", "of": ["Block_A", "Block_B", "Block_C"], "shuffle": True, "show": 1}
    ]
    assert {len(seen(found, {}))} == {1}


def test_arm_of_several_pages_is_drawn_as_a_whole():
    blocks = [block("A", "QID1", "|", "QID2"), block("B", "QID3")]
    found = imported(ASKED, blocks, [randomiser(shown("A"), shown("B"), subset=1)])
    assert pages(found)[0][:2] == ("Block_A_arm", ["Block_A", "Block_A_2"])
    assert ("FL_R", "page breaks in a randomiser") in told(found, Kind.APPROXIMATED)
    assert seen(found, {}) in (["Q1", "Q2"], ["Q3"])


def test_arm_that_shows_nothing_is_not_drawn():
    nothing = {"Type": "Group", "FlowID": "FL_0", "Flow": []}
    found = imported(ASKED, [block("A", "QID1"), block("B", "QID2")], [randomiser(shown("A"), shown("B"), nothing)])
    assert own(found)["randomisation"][0]["of"] == ["Block_A", "Block_B"]
    assert ("FL_R", "a randomiser") in told(found, Kind.APPROXIMATED)


def test_value_set_in_an_arm_is_there_when_the_arm_is_drawn():
    arms = [{"Type": "Group", "FlowID": f"FL_{arm}", "Flow": [embedded(("arm", arm)), shown(arm)]} for arm in "AB"]
    found = imported(ASKED, [block("A", "QID1"), block("B", "QID2")], [randomiser(*arms, subset=1)])
    drawn = body(found)["pages"][0]["elements"][1]
    assert (drawn["type"], drawn["valueName"], drawn["expression"]) == ("expression", "arm", "'A'")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"RandomizeQuestions": "RandomizeAll"}, ("random", None)),
        ({"RandomizeQuestions": "false"}, (None, None)),
        (
            {"RandomizeQuestions": "RandomWithOnlyX", "Randomization": {"Advanced": {"TotalRandSubset": 1}}},
            (None, [{"name": "Block_A_order", "of": ["Q1", "Q2", "Q3"], "shuffle": True, "show": 1}]),
        ),
        (
            {
                "RandomizeQuestions": "Advanced",
                "Randomization": {"Advanced": {"FixedOrder": ["QID1", "{~Randomized~}"]}},
            },
            (None, [{"name": "Block_A_order", "of": ["Q2", "Q3"], "shuffle": True}]),
        ),
    ],
)
def test_questions_of_a_block_are_shuffled(options, expected):
    found = imported(ASKED, [block("A", "QID1", "QID2", "QID3", **options)])
    assert (body(found)["pages"][0].get("questionsOrder"), own(found).get("randomisation")) == expected


def test_field_without_a_value_comes_with_the_invitation():
    assert own(imported(ASKED, flow=[embedded(("team", "")), shown("BL_1")]))["embedded"] == [{"name": "team"}]


def test_field_with_a_value_is_calculated():
    found = imported(ASKED, flow=[embedded(("wave", "3"), ("who", "${q://QID2/ChoiceTextEntryValue}")), shown("BL_1")])
    assert body(found)["calculatedValues"] == [
        {"name": "wave", "expression": "'3'", "includeIntoResult": True},
        {"name": "who", "expression": "{Q2}", "includeIntoResult": True},
    ]


def test_field_set_in_branches_takes_the_last_that_holds():
    flow = [embedded(("kind", "x")), shown("BL_1"), branch(selected("QID1", "1"), embedded(("kind", "y")))]
    assert body(imported(ASKED, flow=flow))["calculatedValues"][0]["expression"] == "iif({Q1} = 1, 'y', 'x')"


def test_computed_field():
    found = imported(ASKED, flow=[shown("BL_1"), embedded(("double", "$e{ ${q://QID2/ChoiceTextEntryValue} * 2 }"))])
    assert body(found)["calculatedValues"][0]["expression"] == "( {Q2} * 2 )"


def test_field_is_called_by_a_name_that_expressions_know():
    found = imported([*ASKED, text("QID5", text="${e://Field/Q1}")])
    assert elements(found)[4]["title"] == "{Q1_2}"
    assert ("field Q1", "an embedded field") in told(found, Kind.APPROXIMATED)


def looped(options, *more):
    asked = [several("QID1", "Red", "Blue"), text("QID2", text="How is ${lm://Field/1}?"), *more]
    return imported(asked, [block("A", "QID1"), block("B", *(each["QuestionID"] for each in asked[1:]), **options)])


def test_loop_over_chosen_choices_is_a_round_for_each():
    locator = "q://QID1/ChoiceGroup/SelectedChoices"
    found = looped(
        {"Looping": "Question", "LoopingOptions": {"QID": "QID1", "ChoiceGroupLocator": locator, "Static": {}}}
    )
    assert [(each["name"], each["title"]) for each in elements(found)[1:]] == [
        ("Q2_loop1", "How is Red?"), ("Q2_loop2", "How is Blue?"),
    ]  # fmt: skip
    assert seen(found, {"Q1": [2]}) == ["Q1", "Q2_loop2"]


def test_loop_over_a_list_is_a_round_for_each_row():
    rows = {"1": {"1": "apples", "2": "red"}, "2": {"1": "plums", "2": "blue"}}
    found = looped({"Looping": "Static", "LoopingOptions": {"Static": rows, "Randomization": "All"}})
    assert [each["title"] for each in elements(found)[1:]] == ["How is apples?", "How is plums?"]
    assert own(found)["randomisation"][0]["of"] == ["Block_B_1", "Block_B_2"]


def test_loop_over_the_rest_is_a_round_for_each_that_was_not_chosen():
    locator = "q://QID1/ChoiceGroup/UnselectedChoices"
    options = {"QID": "QID1", "ChoiceGroupLocator": locator, "Static": {}}
    assert seen(looped({"Looping": "Question", "LoopingOptions": options}), {"Q1": [2]}) == ["Q1", "Q2_loop1"]


def test_recommendation_measures_nps_in_each_round():
    asked = question("QID3", "MC", "NPS", **choices(*map(str, range(11))))
    found = looped({"Looping": "Static", "LoopingOptions": {"Static": {"1": {"1": "a"}, "2": {"1": "b"}}}}, asked)
    assert [each["question"] for each in own(found)["metrics"]] == ["Q3_loop1", "Q3_loop2"]


def test_conditions_within_a_round_speak_of_the_round():
    third = text("QID3", DisplayLogic=condition(term("q://QID2/ChoiceTextEntryValue", "NotEmpty")))
    found = looped({"Looping": "Static", "LoopingOptions": {"Static": {"1": {"1": "a"}, "2": {"1": "b"}}}}, third)
    assert [each.get("visibleIf") for each in elements(found)[1:]] == [
        None, "{Q2_loop1} notempty", None, "{Q2_loop2} notempty",
    ]  # fmt: skip


def test_loop_by_a_number_is_told():
    source = text("QID1", settings={"Type": "ContentType", "ContentType": "ValidNumber", "ValidNumber": {"Max": "3"}})
    options = {
        "Looping": "Question",
        "LoopingOptions": {"QID": "QID1", "ChoiceGroupLocator": "q://QID1/x/MergeOnNumericResponse"},
    }
    found = imported(
        [source, text("QID2", text="Child ${lm://Field/1}")], [block("A", "QID1"), block("B", "QID2", **options)]
    )
    assert seen(found, {"Q1": 2}) == ["Q1", "Q2_loop1", "Q2_loop2"]
    assert ("B", "as many rounds as a number says") in told(found, Kind.APPROXIMATED)


def test_loop_of_too_many_rounds_is_cut_and_told():
    rows = {str(place): {"1": "x"} for place in range(1, 500)}
    found = looped({"Looping": "Static", "LoopingOptions": {"Static": rows}})
    assert len(elements(found)) == 101
    assert told(found, Kind.LOST) == [("B", "399 rounds of a loop")]


def test_quotas():
    logic = condition(selected("QID1", "1"))
    quota = {"ID": "QO_1", "Name": "Men", "Occurrences": 50, "QuotaAction": "EndCurrentSurvey", "Logic": logic}
    mark = {"ID": "QO_2", "Name": "All", "Occurrences": "9", "QuotaAction": "ForBranching", "Logic": None}
    found = imported(ASKED, elements=[element("QO", quota), element("QO", mark)])
    assert own(found)["quotas"] == [
        {"name": "Men", "then": "end", "limit": 50, "when": "{Q1} = 1"}, {"name": "All", "then": "mark", "limit": 9},
    ]  # fmt: skip


def test_points_stand_on_choices_and_are_summed_under_their_category():
    grades = [{"ChoiceID": "1", "Grades": {"SC_0": "5"}}, {"ChoiceID": "2", "Grades": {"SC_0": "0"}}]
    categories = {"ScoringCategories": [{"ID": "SC_0", "Name": "Mood"}, {"ID": "SC_1", "Name": "Unused"}]}
    found = imported([one("QID1", GradingData=grades)], elements=[element("SCO", categories)])
    assert [item["score"] for item in elements(found)[0]["choices"]] == [5, 0]
    assert own(found)["scoring"] == [{"name": "score_Mood", "questions": ["Q1"]}]


@pytest.mark.parametrize("kind", ["WebService", "Authenticator", "ReferenceSurvey", "Quota", "Teleport"])
def test_element_of_the_flow_that_nothing_corresponds_to_is_told(kind):
    found = imported(ASKED, flow=[{"Type": kind, "FlowID": "FL_9", "Flow": [shown("BL_1")]}])
    assert [where for where, _ in told(found, Kind.LOST)] == ["FL_9"]
    assert len(elements(found)) == 4


def test_block_and_question_that_are_missing_are_told():
    found = imported([one("QID1")], [block("A", "QID1", "QID8")], [shown("A"), shown("Z")])
    assert told(found, Kind.LOST) == [("A/QID8", "question QID8"), ("FL_Z", "block Z")]


def test_block_to_which_the_flow_does_not_lead_is_told():
    found = imported(ASKED, [block("A", "QID1", "QID2"), block("B", "QID3", "QID4")], [shown("A")])
    assert told(found, Kind.LOST) == [("QID3", "question QID3"), ("QID4", "question QID4")]


def test_options_that_do_not_come_along_are_told():
    found = imported(
        ASKED, options={"Header": "<b>x</b>", "BackButton": "true", "AnonymizeResponse": "Yes", "EOSMessage": "MS_1"}
    )
    assert [where for where, _ in told(found, Kind.LOST)] == ["options/Header", "options"]
    assert told(found, Kind.APPROXIMATED) == [("options/AnonymizeResponse", "anonymised answers")]


def test_elements_of_other_kinds_are_told():
    assert told(imported(ASKED, elements=[element("CJ", {}), element("XY", {})]), Kind.LOST) == [
        ("CJ", "a conjoint study"), ("XY", "an element of kind 'XY'"),
    ]  # fmt: skip


def test_link_of_the_preview_is_no_loss():
    link = element("PL", {"PreviewType": "Brand", "PreviewID": "1"})
    assert told(imported(ASKED, elements=[link]), Kind.LOST) == []


def test_question_without_an_identifier_is_told():
    nameless = element("SQ", {"QuestionText": "How?", "QuestionType": "TE", "Selector": "SL"})
    assert told(imported(ASKED, elements=[nameless]), Kind.LOST) == [("SQ", "the question 'How?'")]


def test_no_way_back_is_told():
    found = imported(ASKED, options={"BackButton": "false"})
    assert told(found, Kind.APPROXIMATED) == [("options/BackButton", "no way back")]


def test_everything_that_came_along_is_named():
    found = imported([one("QID1"), question("QID2", "DB", "TB")])
    assert told(found, Kind.KEPT) == [("BL_1", "block Block BL_1"), ("QID1", "MC Q1"), ("QID2", "DB Q2")]
    assert found.losses.is_whole


def test_long_conditions_stand_once_under_a_name():
    either = {"Conjuction": "Or"}
    terms = [{**term("team", "EqualTo", "x" * 90 + str(place), "EmbeddedField"), **either} for place in range(4)]
    flow = [shown("A"), branch(terms, shown("B"))]
    found = imported(ASKED, [block("A", "QID1"), block("B", "QID2", "|", "QID3")], flow)
    assert [page[2] for page in pages(found)[1:]] == ["{when_1} = true"] * 2
    assert body(found)["calculatedValues"][0]["name"] == "when_1"


def test_block_that_stands_in_the_flow_twice_asks_for_the_same_answers():
    when = condition(selected("QID1", "1"))
    branch = {"Type": "Branch", "FlowID": "FL_2", "BranchLogic": when, "Flow": [shown("BL_2")]}
    blocks = [block("BL_1", "QID1"), block("BL_2", "QID2", "QID3")]
    flow = [shown("BL_1"), branch, shown("BL_2")]
    found = imported([one("QID1"), text("QID2"), question("QID3", "DB", "TB")], blocks, flow)
    assert [(each["name"], each.get("valueName")) for each in elements(found)] == [
        ("Q1", None), ("Q2", None), ("Q3", None), ("Q2_again", "Q2"), ("Q3_again", None),
    ]  # fmt: skip
    assert found.losses.is_whole


def test_bookkeeping_of_a_randomiser_is_no_loss():
    assert told(imported([one("QID1")], elements=[element("BR", {"FL_7": 3})]), Kind.LOST) == []
