"""Surveys as Qualtrics exports them, put together part by part. Written for these tests; nothing is copied."""

from __future__ import annotations

import json
from typing import Any

from kithkin.questionnaire.formats import Imported, Kind, read

Raw = dict[str, Any]


def question(qid: str, kind: str, selector: str, sub: str | None = None, **more: Any) -> Raw:
    """One question; its export tag is its number after Q."""
    return {
        "QuestionID": qid,
        "QuestionText": more.pop("text", f"Text of {qid}"),
        "QuestionType": kind,
        "Selector": selector,
        **({"SubSelector": sub} if sub else {}),
        "DataExportTag": more.pop("tag", qid.replace("QID", "Q")),
        "Configuration": more.pop("configuration", {"QuestionDescriptionOption": "UseText"}),
        "Validation": {"Settings": {"ForceResponse": "OFF", "Type": "None", **more.pop("settings", {})}},
        "Language": [],
        "NextChoiceId": 9,
        "GradingData": [],
        **more,
    }


def choices(*texts: str, **more: Raw) -> Raw:
    """Choices by their number from 1, with their order; `more` adds to one: c2={"TextEntry": "true"}."""
    found = {str(place): {"Display": text, **more.get(f"c{place}", {})} for place, text in enumerate(texts, 1)}
    return {"Choices": found, "ChoiceOrder": list(found)}


def answers(*texts: str) -> Raw:
    """Answers of a matrix."""
    found = {str(place): {"Display": text} for place, text in enumerate(texts, 1)}
    return {"Answers": found, "AnswerOrder": list(found)}


def one(qid: str, *texts: str, **more: Any) -> Raw:
    """A question with one of several choices."""
    return question(qid, "MC", "SAVR", "TX", **{**choices(*texts or ("Yes", "No")), **more})


def several(qid: str, *texts: str, **more: Any) -> Raw:
    """A question with some of several choices."""
    return question(qid, "MC", "MAVR", "TX", **{**choices(*texts or ("Red", "Green", "Blue")), **more})


def text(qid: str, **more: Any) -> Raw:
    """A text."""
    return question(qid, "TE", more.pop("selector", "SL"), **more)


def element(kind: str, payload: Any, name: str = "") -> Raw:
    """An element of a survey."""
    return {
        "SurveyID": "SV_1",
        "Element": kind,
        "PrimaryAttribute": name,
        "SecondaryAttribute": None,
        "Payload": payload,
    }


def block(name: str, *items: Any, kind: str = "Standard", **options: Any) -> Raw:
    """A block of questions, page breaks ("|") and questions with skip logic (a pair)."""
    made = []
    for item in items:
        if item == "|":
            made.append({"Type": "Page Break"})
        elif isinstance(item, tuple):
            made.append({"Type": "Question", "QuestionID": item[0], "SkipLogic": list(item[1:])})
        else:
            made.append({"Type": "Question", "QuestionID": item})
    return {"Type": kind, "ID": name, "Description": f"Block {name}", "BlockElements": made, "Options": options}


def shown(name: str) -> Raw:
    """A block in the flow."""
    return {"Type": "Standard", "ID": name, "FlowID": f"FL_{name}"}


def qsf(questions: list[Raw], blocks: list[Raw] | None = None, flow: list[Raw] | None = None, **more: Any) -> Raw:
    """A whole file; all questions on one page where nothing else is said."""
    blocks = blocks or [block("BL_1", *(each["QuestionID"] for each in questions), kind="Default")]
    flow = flow or [shown(each["ID"]) for each in blocks if each["Type"] != "Trash"]
    return {
        "SurveyEntry": {"SurveyID": "SV_1", "SurveyName": "Sample", "SurveyLanguage": "EN", **more.pop("entry", {})},
        "SurveyElements": [
            element("BL", blocks),
            element("FL", {"Type": "Root", "FlowID": "FL_1", "Flow": flow}),
            element("SO", more.pop("options", {"BackButton": "true"})),
            element("PROJ", {"ProjectCategory": "CORE"}),
            *more.pop("elements", []),
            *(element("SQ", each, each["QuestionID"]) for each in questions),
        ],
    }


def imported(*args: Any, **more: Any) -> Imported:
    """The survey read."""
    return read(json.dumps(qsf(*args, **more)).encode())


def body(found: Imported) -> Raw:
    """What came out."""
    whole: Raw = found.questionnaire.to_json()["body"]
    return whole


def own(found: Imported) -> Raw:
    """Our part of what came out."""
    part: Raw = found.questionnaire.to_json()["kithkin"]
    return part


def elements(found: Imported) -> list[Raw]:
    """All elements on all pages."""
    return [each for page in body(found)["pages"] for each in page["elements"]]


def only(raw: Raw, **more: Any) -> Raw:
    """The one element that a question becomes."""
    (found,) = elements(imported([raw], **more))
    return found


def told(found: Imported, kind: Kind) -> list[tuple[str, str]]:
    """Where and what was told."""
    return [(loss.where, loss.what) for loss in found.losses.of(kind)]


def term(left: str, operator: str, right: str | None = None, logic: str = "Question", **more: Any) -> Raw:
    """One term of a condition."""
    found = {"LogicType": logic, "LeftOperand": left, "Operator": operator, "Type": "Expression", **more}
    return found | ({"RightOperand": right} if right is not None else {})


def condition(*sets: list[Raw] | Raw, joined: str = "AndIf") -> Raw:
    """Sets of terms; the terms of a set each say by which word they are joined."""
    found: Raw = {"Type": "BooleanExpression", "inPage": False}
    for place, terms in enumerate(sets):
        listed = [terms] if isinstance(terms, dict) else terms
        found[str(place)] = {
            **{str(each): one for each, one in enumerate(listed)},
            "Type": "If" if place == 0 else joined,
        }
    return found


def selected(qid: str, choice: str, *more: str) -> Raw:
    """A choice is selected."""
    return term("/".join((f"q://{qid}/SelectableChoice", choice, *more)), "Selected")


SCALE = answers("bad", "good")
ROWS = choices("Taste", "Price")


def shape(element):
    """Type and values of choices of an element."""
    return element["type"], [each["value"] for each in element.get("choices", [])]
