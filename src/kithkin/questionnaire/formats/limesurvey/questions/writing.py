"""Texts, numbers, dates, files, and what is only shown."""

from __future__ import annotations

from kithkin.questionnaire.formats.conditions import answer
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.moments import in_days
from kithkin.questionnaire.formats.limesurvey.questions.making import Making, Raw, between


def text(making: Making) -> list[Raw]:
    """A text or a number."""
    asked = making.asked
    raw: Raw = {"type": "text" if asked.type in "SN" else "comment", "name": making.name}
    if asked.type == "N" or (asked.type == "S" and asked.has("numbers_only")):
        raw |= {"type": "text", "inputType": "number"} | between(making, "min_num_value_n", "max_num_value_n")
        if asked.has("num_value_int_only"):
            said = answer(making.name)
            raw["validators"] = [{"type": "expression", "expression": f"{said} empty or trunc({said}) = {said}"}]
    if (longest := asked.number("maximum_chars")) is not None and longest > 0:
        raw["maxLength"] = int(longest)
    return [raw]


def date(making: Making) -> list[Raw]:
    """A date, a time or both."""
    asked = making.asked
    form = asked.attribute("date_format").lower()
    has_time, has_day = "h" in form, not form or "d" in form or "y" in form
    kind = "date" if not has_time else "datetime-local" if has_day else "time"
    raw: Raw = {"type": "text", "name": making.name, "inputType": kind}
    if form and has_day and not all(mark in form for mark in "dmy"):
        making.near("date_format", f"the form {form!r}", "a whole date is asked for")
    for attribute, name in (("date_min", "min"), ("date_max", "max")):
        raw |= _day(making, attribute, name)
    return [raw]


def _day(making: Making, attribute: str, name: str) -> Raw:
    said = making.asked.attribute(attribute)
    if not said:
        return {}
    if len(said) == 4 and said.isdigit():
        return {name: f"{said}-01-01" if name == "min" else f"{said}-12-31"}
    if len(said) >= 10 and said[:4].isdigit() and said[4] == "-" and said[7] == "-":
        return {name: said[:10]}
    try:
        found = in_days(said)
        return {f"{name}ValueExpression": making.manager.value(said) if found is None else found}
    except Untranslatable as error:
        making.lost(attribute, f"{attribute} {said[:80]!r}", error)
        return {}


def file(making: Making) -> list[Raw]:
    """Files."""
    asked = making.asked
    most, size = asked.number("max_num_of_files"), asked.number("max_filesize")
    kinds = [kind.strip().lstrip(".") for kind in asked.attribute("allowed_filetypes").split(",") if kind.strip()]
    raw: Raw = {"type": "file", "name": making.name, "allowMultiple": most is None or most != 1}
    if most is not None and most >= 1:
        raw["maxFiles"] = int(most)
    if size is not None and size > 0:
        raw["maxSize"] = int(size * 1024)
    if (fewest := asked.number("min_num_of_files")) is not None and fewest > 1:
        expression = f"{answer(making.name)} empty or {answer(making.name, 'length')} >= {int(fewest)}"
        raw["validators"] = [{"type": "expression", "expression": expression}]
    if asked.has("show_title") or asked.has("show_comment"):
        raw["showCommentArea"] = True
        making.near("show_comment", "what is said of each file", "one comment is asked for, whatever the number")
    if kinds:
        raw["acceptedTypes"] = ",".join(f".{kind}" for kind in kinds)
    return [raw]


def display(making: Making) -> list[Raw]:
    """A passage that is shown."""
    html = making.wording.html(making.asked.texts, f"{making.where}/text", "the text")
    return [{"type": "html", "name": making.name, "html": html or ""}]
