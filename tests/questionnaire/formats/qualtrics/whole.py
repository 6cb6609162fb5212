"""One survey in which everything occurs."""

from __future__ import annotations

from typing import Any

from tests.questionnaire.formats.qualtrics.samples import (
    answers,
    block,
    choices,
    condition,
    element,
    one,
    qsf,
    question,
    selected,
    several,
    shown,
    term,
    text,
)  # fmt: skip

SCALE, ROWS = answers("bad", "good"), choices("Taste", "Price", c2={"TextEntry": "true"})
FORWARD = {"Locator": "q://QID2/ChoiceGroup/SelectedChoices"}
TEXT = "Hi ${e://Field/team}, <b>you</b> said ${q://QID1/ChoiceGroup/SelectedChoices} $e{ e://Field/a + 1 }"


def questions() -> list[dict[str, Any]]:
    """Each type once."""
    skip = {"Type": "CustomValidation", "CustomValidation": {"Logic": condition(selected("QID2", "1"))}}
    german = {"DE": {"QuestionText": "Und?", "Choices": {"1": {"Display": "Ja"}}, "Answers": {"1": {"Display": "a"}}}}
    return [
        one("QID1", text=TEXT, Language=german, GradingData=[{"ChoiceID": "1", "Grades": {"SC_0": "5"}}]),
        several("QID2", Randomization={"Type": "Advanced", "Advanced": {"FixedOrder": ["1"], "TotalRandSubset": 2}}),
        question("QID3", "MC", "NPS", **choices(*map(str, range(11)))),
        question("QID4", "Matrix", "Likert", "SingleAnswer", **ROWS, **SCALE, Language=german),
        question("QID5", "Matrix", "Likert", "MultipleAnswer", **SCALE, DynamicChoices=FORWARD),
        question("QID6", "Matrix", "Profile", **ROWS, Answers={"1": SCALE["Answers"], "2": SCALE["Answers"]}),
        question("QID7", "Matrix", "TE", "Short", **ROWS, **SCALE),
        question("QID8", "Matrix", "MaxDiff", **ROWS, **SCALE),
        text("QID9", settings={"Type": "ContentType", "ContentType": "ValidNumber", "ValidNumber": {"Min": "1"}}),
        question("QID10", "TE", "FORM", **ROWS),
        question("QID11", "Slider", "HSLIDER", **ROWS, Labels={"1": {"Display": "low"}, "2": {"Display": "high"}}),
        question("QID12", "Slider", "STAR", **ROWS, configuration={"StarCount": 5}),
        question("QID13", "RO", "DND", **ROWS),
        question("QID14", "CS", "VRTL", **ROWS, settings={"Type": "ChoicesTotal", "ChoiceTotal": "100"}),
        question("QID15", "SBS", "SBSMatrix", **ROWS, AdditionalQuestions={"1": one("x"), "2": text("y", **SCALE)}),
        question("QID16", "DB", "TB", text="<p>See <a href='https://example.org'>it</a></p>"),
        question("QID17", "DD", "DL", **choices("A", "B"), **answers("a ~ b", "a ~ c")),
        question("QID18", "PGR", "DragAndDrop", **ROWS, Groups=["x", "y"]),
        question("QID19", "HotSpot", "OnOff", **ROWS),
        question("QID20", "FileUpload", "FileUpload"),
        question("QID21", "Timing", "PageTimer"),
        several("QID22", DynamicChoices=FORWARD, DisplayLogic=condition([selected("QID4", "1", "2")])),
        text("QID23", settings=skip, text="How is ${lm://Field/1}?"),
    ]


def survey() -> dict[str, Any]:
    """The whole file."""
    asked = [each["QuestionID"] for each in questions()]
    place = "q://QID1/SelectableChoice/2"
    skip = {"ChoiceLocator": place, "Condition": "Selected", "SkipToDestination": "QID4", "QuestionID": "QID1"}
    over = {
        "QID": "QID2",
        "ChoiceGroupLocator": FORWARD["Locator"],
        "Randomization": "All",
        "Static": {"1": {"2": "x"}},
    }
    field = {"Description": "team", "Type": "Custom", "Field": "team", "Value": "red"}
    late = {**field, "Field": "a", "Value": "$e{ ${q://QID9/ChoiceTextEntryValue} * 2 }"}
    team = condition([term("team", "EqualTo", "red", "EmbeddedField"), {**selected("QID2", "1"), "Conjuction": "Or"}])
    quota = {"ID": "QO_1", "Name": "Men", "Occurrences": 9, "QuotaAction": "EndCurrentSurvey", "Logic": team}
    return qsf(
        questions(),
        [
            block("A", ("QID1", skip), "|", *asked[1:9], kind="Default"),
            block("B", *asked[9:16], RandomizeQuestions="RandomizeAll"),
            block("C", *asked[16:22]),
            block("D", "QID23", Looping="Question", LoopingOptions=over),
            block("T", kind="Trash"),
        ],
        [
            {"Type": "EmbeddedData", "FlowID": "FL_2", "EmbeddedData": [field]},
            shown("A"),
            {"Type": "Branch", "FlowID": "FL_3", "BranchLogic": team, "Flow": [
                {"Type": "EmbeddedData", "FlowID": "FL_4", "EmbeddedData": [late]},
                {"Type": "EndSurvey", "FlowID": "FL_5", "Options": {"EOSRedirectURL": "https://example.org",
                                                                    "SurveyTermination": "Redirect"}},
            ]},
            {"Type": "BlockRandomizer", "FlowID": "FL_6", "SubSet": 1, "Flow": [shown("B"), shown("C")]},
            shown("D"),
        ],
        elements=[element("QO", quota), element("SCO", {"ScoringCategories": [{"ID": "SC_0", "Name": "Mood"}]})],
        options={"Header": "x", "SurveyTermination": "DisplayMessage", "EOSMessage": "MS_1"},
    )  # fmt: skip
