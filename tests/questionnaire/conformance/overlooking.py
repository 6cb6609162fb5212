"""A replay that does not know a property is one of questionnaires without it."""

from __future__ import annotations

from typing import Any

PROPERTIES = [
    "visibleIf", "requiredIf", "enableIf", "isRequired", "min", "max", "step", "minValueExpression",
    "maxValueExpression", "sliderType", "minRangeLength", "maxRangeLength", "maxLength", "minSelectedChoices",
    "maxSelectedChoices", "defaultValue", "defaultValueExpression", "setValueIf", "setValueExpression",
    "resetValueIf", "choicesFromQuestion", "choicesFromQuestionMode", "choicesVisibleIf", "choicesEnableIf",
    "templateVisibleIf", "keyName", "minRowCount", "minPanelCount", "rowCount", "panelCount", "isAllRowRequired",
    "eachRowUnique", "valueName", "expression", "calculatedValues", "validators", "isExclusive", "showOtherItem",
    "showNoneItem", "showRefuseItem", "showDontKnowItem", "showSelectAllItem", "showCommentArea",
    "storeOthersAsComment", "maxCommentLength", "hideIfChoicesEmpty", "choiceValuesFromQuestion", "inputType",
    "rateMin", "rateMax", "rateStep", "rateCount", "rateValues",
]  # fmt: skip
TRIGGERS = ["setvalue", "copyvalue", "runexpression", "skip", "complete"]
VALIDATORS = ["expression", "text", "regex", "email", "numeric", "answercount"]


def overlooked(body: Any, name: str) -> Any:
    """The same without a property anywhere but in triggers and rules."""
    if isinstance(body, list):
        return [overlooked(each, name) for each in body]
    if not isinstance(body, dict):
        return body
    return {
        key: value if key in {"triggers", "validators"} else overlooked(value, name)
        for key, value in body.items()
        if key != name
    }


def without(body: Any, listed: str, kind: str) -> Any:
    """The same without triggers or rules of a kind."""
    if isinstance(body, list):
        return [without(each, listed, kind) for each in body]
    if not isinstance(body, dict):
        return body
    kept = {key: without(value, listed, kind) for key, value in body.items()}
    if listed in kept:
        kept[listed] = [each for each in kept[listed] if each["type"] != kind]
    return kept
