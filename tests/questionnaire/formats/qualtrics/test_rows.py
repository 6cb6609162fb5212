"""Every row of the table of logic and settings has a sample that comes in as the row says."""

import pytest

from kithkin.questionnaire.formats import Kind
from kithkin.questionnaire.formats.qualtrics.table import LOGIC
from tests.questionnaire.formats.qualtrics.samples import (
    answers,
    block,
    choices,
    condition,
    element,
    imported,
    one,
    question,
    selected,
    several,
    shown,
    term,
    text,
)  # fmt: skip

YES = condition(selected("QID1", "1"))
END = {"Type": "EndSurvey", "FlowID": "FL_9", "Options": {"Advanced": "true"}}
TWO = [block("BL_1", "QID1"), block("BL_2", "QID2")]


def both(**second):
    return lambda: imported([one("QID1"), text("QID2", **second)])


def flow(*items, blocks=TWO, **more):
    return lambda: imported([one("QID1"), text("QID2")], blocks, list(items), **more)


def branch(*inside, logic=YES):
    return {"Type": "Branch", "FlowID": "FL_8", "BranchLogic": logic, "Flow": list(inside)}


def embedded(**field):
    return {"Type": "EmbeddedData", "FlowID": "FL_7", "EmbeddedData": [{"Field": "team", "Type": "Recipient", **field}]}


def looped():
    options = {"Looping": "Static", "LoopingOptions": {"Static": {"1": {"1": "A"}, "2": {"1": "B"}}}}
    return imported([one("QID1"), text("QID2", text="Of ${lm://Field/1}?")], [block("BL_1", "QID1", "QID2", **options)])


def scored():
    category = {"ScoringCategories": [{"ID": "SC_1", "Name": "Points"}]}
    grades = [{"ChoiceID": "1", "AnswerID": None, "index": 0, "Grades": {"SC_1": "5"}, "reverse": None}]
    return imported([one("QID1", GradingData=grades)], elements=[element("SCO", category)])


def quota():
    raw = {"Name": "few", "ID": "QO_1", "Occurrences": 3, "Logic": YES, "QuotaAction": "EndCurrentSurvey"}
    return imported([one("QID1")], elements=[element("QO", raw)])


CARRIED = {"DynamicChoices": {"Locator": "q://QID1/ChoiceGroup/SelectedChoices", "Type": "ChoiceGroup"}}
SAMPLES = {
    "display logic": lambda: imported([
        one("QID1"), text("QID2", DisplayLogic=YES),
        {**one("QID3"), **choices("a", "b", c2={"DisplayLogic": YES})}]),
    "skip logic": lambda: imported(
        [one("QID1"), text("QID2"), text("QID3")],
        [block("BL_1", ("QID1", {"ChoiceLocator": "q://QID1/SelectableChoice/1", "Condition": "Selected",
                                 "SkipToDestination": "QID3", "QuestionID": "QID1"}), "|", "QID2", "|", "QID3")]),
    "branches": flow(shown("BL_1"), branch(shown("BL_2"))),
    "ends of the survey": flow(shown("BL_1"), branch(END), shown("BL_2")),
    "randomisers of the flow": flow({"Type": "BlockRandomizer", "FlowID": "FL_5", "SubSet": 1, "EvenPresentation": True,
                                     "Flow": [shown("BL_1"), shown("BL_2")]}),
    "randomised questions": lambda: imported([one("QID1"), text("QID2")],
                                             [block("BL_1", "QID1", "QID2", RandomizeQuestions="RandomizationAll")]),
    "randomised choices": lambda: imported([several("QID1", Randomization={"Type": "All"})]),
    "embedded data without": flow(embedded(), shown("BL_1"), shown("BL_2")),
    "embedded data with a": flow(embedded(Value="north"), shown("BL_1"), shown("BL_2")),
    "a block that stands": flow(shown("BL_1"), branch(shown("BL_2")), shown("BL_2")),
    "conditions on contacts": both(DisplayLogic=condition(term("m://FirstName", "NotEmpty", logic="PanelData"))),
    "loop and merge": looped,
    "carried choices": lambda: imported([several("QID1"), several("QID2", **CARRIED)]),
    "carried rows": lambda: imported([several("QID1"), question(
        "QID2", "Matrix", "Likert", "SingleAnswer", Choices={}, ChoiceOrder=[], **answers("a", "b"), **CARRIED)]),
    "text beside": lambda: imported([{**one("QID1"), **choices("a", "b", c2={"TextEntry": "true"})}]),
    "recode values": lambda: imported([one("QID1", RecodeValues={"1": "10", "2": "20"})]),
    "default choices": lambda: imported([one("QID1", DefaultChoices={"1": {"Selected": True}})]),
    "exclusive answers": lambda: imported([{**several("QID1"), **choices("a", "b", c2={"ExclusiveAnswer": True})}]),
    "required answers": lambda: imported([one("QID1", settings={"ForceResponse": "ON", "ForceResponseType": "ON"})]),
    "validation of": lambda: imported([
        text("QID1", settings={"Type": "CharRange", "MinChars": "2", "TotalChars": "9"}),
        text("QID2", settings={"Type": "ContentType", "ContentType": "ValidEmail"}),
        several("QID3", settings={"Type": "ChoiceRange", "MinChoices": "1", "MaxChoices": "2"})]),
    "piped text": both(text="You said ${q://QID1/ChoiceGroup/SelectedChoices}"),
    "computed text": lambda: imported([
        text("QID1", settings={"Type": "ContentType", "ContentType": "ValidNumber"}),
        text("QID2", text="Twice is $e{ q://QID1/ChoiceTextEntryValue * 2 }")]),
    "translations": lambda: imported([one("QID1", Language={"DE": {"QuestionText": "Was?"}})]),
    "quotas": quota, "scoring categories": scored,
    "conditions on devices": both(DisplayLogic=condition(term("mobile", "Is", logic="DeviceType"))),
    "web services": flow(shown("BL_1"), {"Type": "WebService", "FlowID": "FL_4"}, shown("BL_2")),
    "scripts, styles": lambda: imported([one("QID1", QuestionJS="alert(1)")]),
}  # fmt: skip


@pytest.mark.parametrize("row", LOGIC, ids=lambda row: row.element)
def test_row_has_a_sample_that_comes_in_as_it_says(row):
    (sample,) = [make for start, make in SAMPLES.items() if row.element.startswith(start)]
    found = sample()
    kinds = {each.kind for each in found.losses}
    worst = next(kind for kind in (Kind.LOST, Kind.APPROXIMATED, Kind.KEPT) if kind in kinds)
    assert (worst, found.losses.summary()) == (row.kind, found.losses.summary())
