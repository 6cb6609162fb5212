"""Every property of the vocabulary, at every place where it can stand, is in the form that goes out, or is told."""

import copy

import pytest

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import Kind, write
from kithkin.questionnaire.vocabulary import (
    CALCULATED,
    COLUMN,
    CONDITION,
    FIELD,
    ITEM,
    OURS,
    PAGE,
    PANEL,
    PARTS,
    QUESTIONS,
    SURVEY,
    TRIGGERS,
    VALIDATORS,
)
from tests.questionnaire.formats.xlsform.samples import sheets

WHEN = "{other} = 1"
INNER = {"type": "text", "name": "inner"}
SAID = {
    "expression": WHEN, "flag": True, "number": 3, "whole": 3, "localised": {"default": "Words", "de": "Wörter"},
    "text": "word", "value": "a", "names": ["other"], "list": ["a"], "object": {"url": "https://example.org"},
    "items": ["a", "d"], "elements": [INNER], "pages": [{"name": "further", "elements": [INNER]}],
    "columns": [{"name": "d", "cellType": "text"}], "fields": [{"name": "h"}],
    "validators": [{"type": "expression", "expression": WHEN}], "triggers": [{"type": "complete", "expression": WHEN}],
    "calculated": [{"name": "sum", "expression": "1"}], "conditions": [{"expression": WHEN, "html": "End", "url": "https://example.org"}],
}  # fmt: skip
"""What a property of a kind says here."""
OTHERWISE = {
    "visible": False, "storeOthersAsComment": False, "stored": False, "allowDigits": False, "shuffle": False,
    "showPrevButton": False, "step": 2, "choicesFromQuestion": "lender", "choiceValuesFromQuestion": "v",
    "locale": "fr", "identity": "anonymous", "rateMin": 2, "isVariable": True, "cellType": "checkbox",
}  # fmt: skip
"""Properties that say nothing with that, since it is the default."""
BESIDE = {
    "noneText": {"showNoneItem": True}, "refuseText": {"showRefuseItem": True},
    "dontKnowText": {"showDontKnowItem": True}, "selectAllText": {"showSelectAllItem": True},
    "otherText": {"showOtherItem": True}, "otherErrorText": {"showOtherItem": True},
    "minSelectedChoices": {"multiSelect": True}, "maxSelectedChoices": {"multiSelect": True},
    "choicesFromQuestionMode": {"choicesFromQuestion": "lender"},
    "choiceValuesFromQuestion": {"choicesFromQuestion": "grown"},
    "choiceTextsFromQuestion": {"choicesFromQuestion": "grown"},
    "detailElements": {"detailPanelMode": "underRow"}, "detailPanelMode": {"detailElements": [INNER]},
    "step": {"inputType": "number"}, "autoGenerate": {"rateValues": ["x", "y"]},
    "setValueIf": {"setValueExpression": "1"},
}  # fmt: skip
"""Properties that say something only beside another."""
STRUCTURE = {"type"}
LENDERS = [
    {"type": "checkbox", "name": "lender", "choices": ["a", "b", "c"]},
    {"type": "matrixdynamic", "name": "grown", "columns": [{"name": name, "cellType": "text"} for name in "vt"]},
]


def question(kind):
    known = QUESTIONS[kind].properties
    parts = {
        "choices": ["a", "b", "c"], "columns": ["x", "y"], "rows": ["r", "s"], "items": [{"name": "f"}, {"name": "g"}],
        "templateElements": [{"type": "text", "name": "in"}],
    }  # fmt: skip
    asked = {name: part for name, part in parts.items() if known.get(name) and known[name].kind != "whole"}
    if kind in {"matrixdropdown", "matrixdynamic"}:
        asked["columns"] = [{"name": "c"}]
    if kind == "expression":
        asked["expression"] = "1"
    return {"type": kind, "name": "q", **asked}


def asks(*elements, **more):
    return {"pages": [{"name": "p", "elements": [{"type": "text", "name": "other"}, *LENDERS, *elements]}], **more}


Q = ("body", "pages", 0, "elements", 3)
AT = {kind: (asks(question(kind)), Q, type_.properties) for kind, type_ in QUESTIONS.items()}
AT |= {
    "the whole": (asks(), ("body",), SURVEY),
    "a page": (asks(), ("body", "pages", 0), PAGE),
    "a panel": (asks({"type": "panel", "name": "q", "elements": [{"type": "text", "name": "in"}]}), Q, PANEL),
    "a text of several": (asks(question("multipletext")), (*Q, "items", 0), FIELD),
    "a calculated value": (asks(calculatedValues=[{"name": "c", "expression": "2"}]),
                           ("body", "calculatedValues", 0), CALCULATED),
    "an end": (asks(completedHtmlOnCondition=[{"expression": WHEN, "html": "x"}]),
               ("body", "completedHtmlOnCondition", 0), CONDITION),
}  # fmt: skip
for kind, name in [("radiogroup", "choices"), ("checkbox", "choices"), ("ranking", "choices"), ("matrix", "rows"),
                   ("matrix", "columns"), ("rating", "rateValues"), ("imagepicker", "choices")]:  # fmt: skip
    items = [{"value": "k", "text": "K"}, "l", "m"]
    AT[f"one of the {name} of {kind}"] = (asks(question(kind) | {name: items}), (*Q, name, 0), ITEM)
for cell in ("text", "dropdown", "expression"):
    grown = question("matrixdynamic") | {"choices": ["a"], "columns": [{"name": "c", "cellType": cell}]}
    AT[f"a column of {cell}"] = (asks(grown), (*Q, "columns", 0), COLUMN | QUESTIONS[cell].properties)
for kind, type_ in VALIDATORS.items():
    asked = {"type": "checkbox", "name": "q", "choices": ["a"], "validators": [{"type": kind}]}
    AT[f"a validator {kind}"] = (asks(asked), (*Q, "validators", 0), type_.properties)
for kind, type_ in TRIGGERS.items():
    AT[f"a trigger {kind}"] = (
        asks(triggers=[{"type": kind, "expression": WHEN}]), ("body", "triggers", 0), type_.properties
    )  # fmt: skip


def enveloped(body, own=None):
    return {"format": "kithkin.questionnaire", "version": 1, "body": body, "kithkin": own or {}}


OWN = {
    "metrics": {"question": "other", "measures": "nps"}, "quotas": {"name": "n"},
    "scoring": {"name": "n", "questions": ["other"]},
    "randomisation": {"name": "n", "of": ["other"]}, "embedded": {"name": "n"}, "completion": {"title": "End"},
}  # fmt: skip
DOCUMENTS = {name: (enveloped(body), place, known) for name, (body, place, known) in AT.items()}
DOCUMENTS["our own part"] = (enveloped(asks()), ("kithkin",), {"identity": OURS["identity"]})
for part, known in PARTS.items():
    DOCUMENTS[f"our own {part}"] = (enveloped(asks(), {part: [OWN[part]]}), ("kithkin", part, 0), known)


def with_said(document, place, said):
    found = copy.deepcopy(document)
    at = found
    for step in place:
        at = at[step]
    at.update(said)
    return found


def went_out(document):
    written = write(Questionnaire.from_json(document), "xlsform")
    return sheets(written.content), [each for each in written.losses if each.reason]


def is_lost_as_a_whole(told, place):
    where = "".join(f"/{step}" for step in place)
    return any(each.kind is Kind.LOST and (where == each.where or where.startswith(f"{each.where}/")) for each in told)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_property_is_in_the_form_or_told(name):
    document, place, known = DOCUMENTS[name]
    silent = []
    for each in known.values():
        said = OTHERWISE.get(each.name, SAID.get(each.kind, each.words[-1] if each.words else None))
        beside = with_said(document, place, BESIDE.get(each.name, {}))
        before, after = went_out(beside), went_out(with_said(beside, place, {each.name: said}))
        if each.name not in STRUCTURE and after == before and not is_lost_as_a_whole(after[1], place):
            silent.append(each.name)
    assert silent == []


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ((), "of the envelope"),
        (("body",), "of the questionnaire"),
        (("body", "pages", 0), "of a page"),
        (Q, "of a text question"),
    ],
)
def test_what_is_not_known_is_told(place, what):
    told = went_out(with_said(enveloped(asks(question("text"))), place, {"smell": "rose"}))[1]
    assert [(each.kind, each.what) for each in told if "smell" in each.where] == [
        (Kind.LOST, f"property 'smell' {what}")
    ]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"validators": [{"type": "tax number"}]}, "validator 'tax number'"),
        ({"choices": [{"value": "a", "smell": "rose"}]}, "property 'smell' of a choice"),
        ({"choicesOrder": "by smell"}, "choicesOrder 'by smell'"),
    ],
)
def test_unknown_word_is_told(said, what):
    told = went_out(with_said(enveloped(asks(question("radiogroup"))), Q, said))[1]
    assert what in [each.what for each in told if each.kind is Kind.LOST]


def test_unknown_type_and_trigger_are_told():
    told = went_out(enveloped(asks({"type": "hologram", "name": "q"}, triggers=[{"type": "explode"}])))[1]
    assert {"hologram q", "trigger 'explode'"} <= {each.what for each in told if each.kind is Kind.LOST}
