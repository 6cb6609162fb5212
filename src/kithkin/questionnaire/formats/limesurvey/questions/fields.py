"""Several short texts or numbers in one question, and what they add up to."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.conditions import answer
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.questions.making import Making, Raw, between
from kithkin.questionnaire.formats.limesurvey.structure import Part


def fields(making: Making) -> list[Raw]:
    """Several texts or numbers."""
    asked = making.asked
    fields = [_field(making, part) for part in asked.of_scale("0")]
    if asked.has("slider_layout"):
        making.near("slider_layout", "the sliders", "numbers are typed within the same bounds")
    if asked.has("random_order"):
        making.lost("random_order", "the random order", "fields stand as they are listed")
    validators = _sums(making)
    for attribute, operator in (("min_answers", ">="), ("max_answers", "<=")):
        number = asked.number(attribute)
        if number is not None and number > 0 and fields:
            counted = " + ".join(f"iif({answer(making.name, item['name'])} empty, 0, 1)" for item in fields)
            validators.append({"type": "expression", "expression": f"{counted} {operator} {number}"})
    raw: Raw = {"type": "multipletext", "name": making.name, "items": fields}
    return [raw | ({"validators": validators} if validators else {})]


def _field(making: Making, part: Part) -> Raw:
    asked = making.asked
    item: Raw = {"name": part.code, "title": _without_slider_ends(making.text(part)) or part.code}
    if asked.type == "K" or asked.has("numbers_only"):
        item["inputType"] = "number"
    if asked.mandatory == "Y":
        item["isRequired"] = True
    if asked.has("slider_layout"):
        item |= between(making, "slider_min", "slider_max", {"min": 0, "max": 100})
        step = asked.number("slider_accuracy")
        item |= {"step": step} if step is not None and step > 0 else {}
    if (longest := asked.number("maximum_chars")) is not None and longest > 0:
        item["maxLength"] = int(longest)
    if part.relevance.strip() not in {"", "1"} or asked.attribute("array_filter"):
        reason = "it is always shown instead: fields have no condition"
        making.lost(f"{part.code}/relevance", f"the condition of the field {part.code}", reason)
    return item


def _without_slider_ends(text: Any) -> Any:
    """Sliders keep the words of their two ends behind bars."""
    if isinstance(text, dict):
        return {language: _without_slider_ends(said) for language, said in text.items()}
    return text.partition("|")[0] if isinstance(text, str) else text


def _sums(making: Making) -> list[Raw]:
    """Bounds of what the fields add up to."""
    asked, found = making.asked, []
    if asked.type != "K" or not asked.parts:
        return []
    total = f"sum({', '.join(answer(making.name, part.code) for part in asked.of_scale('0'))})"
    for attribute, operator in (("min_num_value", ">="), ("max_num_value", "<="), ("equals_num_value", "=")):
        said = asked.attribute(attribute)
        if not said:
            continue
        try:
            bound = making.manager.value(said)
        except Untranslatable as error:
            making.lost(attribute, f"{attribute} {said[:80]!r}", error)
            continue
        untouched = f"{answer(making.name)} empty or "
        found.append({"type": "expression", "expression": f"{untouched}{total} {operator} ({bound})"})
    return found
