"""Questions that are answered by choosing: one, several, in an order, a point on a scale."""

from __future__ import annotations

from collections.abc import Callable

from kithkin.questionnaire.formats.conditions import answer, literal
from kithkin.questionnaire.formats.limesurvey.questions.making import Making, Raw, counted
from kithkin.questionnaire.formats.limesurvey.types import CELLS
from kithkin.questionnaire.formats.limesurvey.variables import comment_of


def chosen(kind: str) -> Callable[[Making], list[Raw]]:
    """One of a list."""

    def make(making: Making) -> list[Raw]:
        asked = making.asked
        raw: Raw = {"type": kind, "name": making.name, "choices": making.items(asked.of_scale("0", asked.answers))}
        if asked.type == "O":
            raw["showCommentArea"] = True
        return [raw | _ordered(making) | _other(making)]

    return make


def _other(making: Making) -> Raw:
    if not making.asked.other:
        return {}
    said = making.attribute("other_replace_text")
    return {"showOtherItem": True} | ({"otherText": said} if said else {})


def _ordered(making: Making) -> Raw:
    asked = making.asked
    if asked.has("random_order") or "random" in {asked.attribute("answer_order"), asked.attribute("subquestion_order")}:
        return {"choicesOrder": "random"}
    if asked.has("alphasort") or asked.attribute("answer_order").startswith("alpha"):
        return {"choicesOrder": "asc"}
    return {}


def five(making: Making) -> list[Raw]:
    """A point from one to five."""
    return [{"type": "rating", "name": making.name, "rateMin": 1, "rateMax": 5}]


def gender(making: Making) -> list[Raw]:
    """A gender."""
    choices = [{"value": value, "text": making.worded(word)} for value, word in CELLS["G"]]
    return [{"type": "radiogroup", "name": making.name, "choices": choices}]


def yes_no(making: Making) -> list[Raw]:
    """Yes or no."""
    words = {"labelTrue": making.worded("yes"), "labelFalse": making.worded("no")}
    return [{"type": "boolean", "name": making.name, "valueTrue": "Y", "valueFalse": "N", **words}]


def several(making: Making) -> list[Raw]:
    """Some of several choices."""
    asked = making.asked
    choices = making.items(asked.of_scale("0"))
    alone = {code.strip() for code in asked.attribute("exclude_all_others").replace(",", ";").split(";")}
    points = asked.number("assessment_value")
    for item in choices:
        if item["value"] in alone:
            item["isExclusive"] = True
        if points is not None and making.manager.assessed:
            item["score"] = points
    raw: Raw = {"type": "checkbox", "name": making.name, "choices": choices, **_ordered(making), **_other(making)}
    raw |= counted(making, "minSelectedChoices", "maxSelectedChoices")
    if asked.type != "P":
        return [raw]
    comments = [
        {
            "type": "text",
            "name": comment_of(making.name, part.code),
            "title": making.text(part) or part.code,
            "visibleIf": f"{answer(making.name)} contains {literal(part.code)}",
        }
        for part in asked.of_scale("0")
    ]
    return [raw, *comments]


def ranking(making: Making) -> list[Raw]:
    """Choices in an order."""
    raw: Raw = {"type": "ranking", "name": making.name, "selectToRankEnabled": True}
    raw["choices"] = making.items(making.asked.of_scale("0", making.asked.answers) or making.asked.of_scale("0"))
    return [raw | _ordered(making) | counted(making, "minSelectedChoices", "maxSelectedChoices")]
