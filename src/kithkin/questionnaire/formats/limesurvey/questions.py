"""Each type of question, in our vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.formats.conditions import answer, literal
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.manager import Manager
from kithkin.questionnaire.formats.limesurvey.structure import Asked, Part
from kithkin.questionnaire.formats.limesurvey.types import CELLS, WORDS
from kithkin.questionnaire.formats.limesurvey.variables import comment_of
from kithkin.questionnaire.formats.limesurvey.wording import Wording
from kithkin.questionnaire.formats.losses import Losses

Raw = dict[str, Any]
MOST_STEPS = 1_000


@dataclass
class Making:
    """A question on its way: what is known of it."""

    asked: Asked
    name: str
    where: str
    wording: Wording
    manager: Manager
    losses: Losses
    languages: list[str]

    def lost(self, part: str, what: str, reason: object) -> None:
        """Tell that a part does not come along."""
        self.losses.lost(f"{self.where}/{part}", f"{what} of {self.asked.code}", str(reason))

    def near(self, part: str, what: str, reason: str) -> None:
        """Tell that a part comes along, but not quite."""
        self.losses.approximated(f"{self.where}/{part}", f"{what} of {self.asked.code}", reason)

    def text(self, part: Part) -> Any:
        """A choice's or a row's text."""
        return self.wording.plain(part.texts, f"{self.where}/{part.code}", f"text of {part.code}")

    def worded(self, word: str) -> Any:
        """One of the words that LimeSurvey says itself."""
        known = WORDS[word]
        own = known.get(self.wording.language, known["en"])
        others = {language: known[language] for language in self.languages if language in known}
        others.pop(self.wording.language, None)
        return {"default": own, **others} if others else own

    def attribute(self, name: str) -> Any:
        """An attribute that is a text."""
        return self.wording.plain(self.asked.attributes.get(name, {}), f"{self.where}/{name}", name)

    def items(self, parts: Iterable[Part], *, rows: bool = False) -> list[Raw]:
        """Choices or rows, each with its condition and its points."""
        found = []
        for part in parts:
            item: Raw = {"value": part.code, "text": self.text(part) or part.code}
            condition = self._shown(part)
            if condition:
                item["visibleIf"] = condition
            if (points := _number(part.points)) is not None and points and not rows:
                item["score"] = points
            found.append(item)
        return found

    def _shown(self, part: Part) -> str | None:
        parts = [self.condition(part.relevance, f"{part.code}/relevance", "the condition")]
        for name, wanted in (("array_filter", True), ("array_filter_exclude", False)):
            parts.append(self._filtered(part, name, wanted=wanted))
        found = [each for each in parts if each]
        return " and ".join(f"({each})" for each in found) if len(found) > 1 else found[0] if found else None

    def _filtered(self, part: Part, name: str, *, wanted: bool) -> str | None:
        """Chosen, or answered, in another question; or not."""
        conditions = []
        for code in self.asked.attribute(name).replace(",", ";").split(";"):
            variable = self.manager.variables.get(f"{code.strip()}_{part.code}") if code.strip() else None
            if variable is None:
                continue
            chosen = variable.chosen or f"!({variable.empty})"
            conditions.append(chosen if wanted else f"!({chosen})")
        return " and ".join(f"({each})" for each in conditions) if len(conditions) > 1 else "".join(conditions) or None

    def condition(self, text: str, part: str, what: str) -> str | None:
        """A condition in ours; where it cannot be said, None: the element is then always shown."""
        try:
            found = self.manager.condition(text)
        except Untranslatable as error:
            self.lost(part, f"{what} {text.strip()[:200]!r}", f"it is always shown instead: {error}")
            return None
        for note in sorted(self.manager.notes):
            self.near(part, what, note)
        self.manager.notes.clear()
        return found


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    if not abs(found) < 1e12:
        return None
    return int(found) if found == int(found) else found


def _chosen(kind: str) -> Callable[[Making], list[Raw]]:
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


def _five(making: Making) -> list[Raw]:
    return [{"type": "rating", "name": making.name, "rateMin": 1, "rateMax": 5}]


def _gender(making: Making) -> list[Raw]:
    choices = [{"value": value, "text": making.worded(word)} for value, word in CELLS["G"]]
    return [{"type": "radiogroup", "name": making.name, "choices": choices}]


def _yes_no(making: Making) -> list[Raw]:
    words = {"labelTrue": making.worded("yes"), "labelFalse": making.worded("no")}
    return [{"type": "boolean", "name": making.name, "valueTrue": "Y", "valueFalse": "N", **words}]


def _several(making: Making) -> list[Raw]:
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
    raw |= _limits(making, "minSelectedChoices", "maxSelectedChoices")
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


def _limits(making: Making, least: str, most: str) -> Raw:
    found: Raw = {}
    for attribute, name in (("min_answers", least), ("max_answers", most)):
        said = making.asked.attribute(attribute)
        number = making.asked.number(attribute)
        if number is not None and number == int(number) and 0 < number < 10_000:
            found[name] = int(number)
        elif said and number is None:
            making.lost(attribute, f"{attribute} {said[:80]!r}", "how many choices is a number here, not computed")
    return found


def _ranking(making: Making) -> list[Raw]:
    raw: Raw = {"type": "ranking", "name": making.name, "selectToRankEnabled": True}
    raw["choices"] = making.items(making.asked.of_scale("0", making.asked.answers) or making.asked.of_scale("0"))
    return [raw | _ordered(making) | _limits(making, "minSelectedChoices", "maxSelectedChoices")]


def _rows(making: Making) -> list[Raw]:
    asked = making.asked
    if asked.type in CELLS:
        columns = [
            {"value": value, **({"text": making.worded(word)} if word else {})} for value, word in CELLS[asked.type]
        ]
    else:
        columns = making.items(asked.of_scale("0", asked.answers))
    raw: Raw = {"type": "matrix", "name": making.name, "columns": columns, "rows": _row_items(making)}
    return [raw | _row_order(making)]


def _row_items(making: Making) -> list[Raw]:
    items = making.items(making.asked.of_scale("0"), rows=True)
    for item in items:
        if isinstance(item["text"], str) and "|" in item["text"]:
            item["text"] = item["text"].replace("|", " – ").strip(" –")
    return items


def _row_order(making: Making) -> Raw:
    asked = making.asked
    shuffled = asked.has("random_order") or asked.attribute("subquestion_order") == "random"
    return ({"rowsOrder": "random"} if shuffled else {}) | ({"eachRowRequired": True} if asked.mandatory == "Y" else {})


def _dual(making: Making) -> list[Raw]:
    columns = []
    for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB")):
        choices = making.items(making.asked.of_scale(scale, making.asked.answers))
        title = making.attribute(header) or f"{int(scale) + 1}"
        columns.append(
            {"name": f"scale_{scale}", "title": title, "cellType": "radiogroup", "choices": choices}
            | ({"isRequired": True} if making.asked.mandatory == "Y" else {})
        )
    return [
        {"type": "matrixdropdown", "name": making.name, "columns": columns, "rows": _row_items(making)}
        | _row_order(making)
    ]


def _numbers(making: Making) -> list[Raw]:
    asked = making.asked
    if asked.has("multiflexible_checkbox"):
        cell: Raw = {"cellType": "boolean", "valueTrue": "1", "valueFalse": "0"}
    else:
        least, most = asked.number("multiflexible_min"), asked.number("multiflexible_max")
        step = asked.number("multiflexible_step") or 1
        least, most = 1 if least is None else least, 10 if most is None else most
        if asked.has("input_boxes") or step <= 0 or (most - least) / step > MOST_STEPS or most < least:
            cell = {"cellType": "text", "inputType": "number"}
            if asked.number("multiflexible_min") is not None:
                cell["min"] = least
            if asked.number("multiflexible_max") is not None:
                cell["max"] = most
        else:
            values = [least + step * place for place in range(int((most - least) / step + 1e-9) + 1)]
            cell = {"cellType": "dropdown", "choices": [round(value, 9) for value in values]}
    return _cells(making, cell)


def _texts(making: Making) -> list[Raw]:
    asked = making.asked
    cell: Raw = {"cellType": "text"}
    if asked.has("numbers_only"):
        cell["inputType"] = "number"
    if (longest := asked.number("maximum_chars")) is not None and longest > 0:
        cell["maxLength"] = int(longest)
    return _cells(making, cell)


def _cells(making: Making, cell: Raw) -> list[Raw]:
    required = {"isRequired": True} if making.asked.mandatory == "Y" else {}
    columns = []
    for part in making.asked.of_scale("1"):
        columns.append({"name": part.code, "title": making.text(part) or part.code, **cell, **required})
        if part.relevance not in {"", "1"}:
            making.lost(
                f"{part.code}/relevance",
                f"the condition of the column {part.code}",
                "it is always shown instead: columns have no condition",
            )
    return [
        {"type": "matrixdropdown", "name": making.name, "columns": columns, "rows": _row_items(making)}
        | _row_order(making)
    ]


def _fields(making: Making) -> list[Raw]:
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
        item |= _between(making, "slider_min", "slider_max", {"min": 0, "max": 100})
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


def _between(making: Making, least: str, most: str, otherwise: Raw | None = None) -> Raw:
    """Bounds, as numbers or computed."""
    found: Raw = dict(otherwise or {})
    for attribute, name in ((least, "min"), (most, "max")):
        said = making.asked.attribute(attribute)
        number = making.asked.number(attribute)
        if number is not None:
            found[name] = number
        elif said:
            try:
                found[f"{name}ValueExpression"] = making.manager.value(said)
            except Untranslatable as error:
                making.lost(attribute, f"{attribute} {said[:80]!r}", error)
    return found


def _text(making: Making) -> list[Raw]:
    asked = making.asked
    raw: Raw = {"type": "text" if asked.type in "SN" else "comment", "name": making.name}
    if asked.type == "N" or (asked.type == "S" and asked.has("numbers_only")):
        raw |= {"type": "text", "inputType": "number"} | _between(making, "min_num_value_n", "max_num_value_n")
        if asked.has("num_value_int_only"):
            said = answer(making.name)
            raw["validators"] = [{"type": "expression", "expression": f"{said} empty or trunc({said}) = {said}"}]
    if (longest := asked.number("maximum_chars")) is not None and longest > 0:
        raw["maxLength"] = int(longest)
    return [raw]


def _date(making: Making) -> list[Raw]:
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
        return {f"{name}ValueExpression": making.manager.value(said)}
    except Untranslatable as error:
        making.lost(attribute, f"{attribute} {said[:80]!r}", error)
        return {}


def _file(making: Making) -> list[Raw]:
    asked = making.asked
    most, size = asked.number("max_num_of_files"), asked.number("max_filesize")
    kinds = [kind.strip().lstrip(".") for kind in asked.attribute("allowed_filetypes").split(",") if kind.strip()]
    raw: Raw = {"type": "file", "name": making.name, "allowMultiple": most is None or most != 1}
    if most is not None and most >= 1:
        raw["maxFiles"] = int(most)
    if size is not None and size > 0:
        raw["maxSize"] = int(size * 1024)
    if kinds:
        raw["acceptedTypes"] = ",".join(f".{kind}" for kind in kinds)
    return [raw]


def _display(making: Making) -> list[Raw]:
    html = making.wording.html(making.asked.texts, f"{making.where}/text", "the text")
    return [{"type": "html", "name": making.name, "html": html or ""}]


MAKERS: dict[str, Callable[[Making], list[Raw]]] = {
    "5": _five, "G": _gender, "Y": _yes_no, "L": _chosen("radiogroup"), "O": _chosen("radiogroup"),
    "!": _chosen("dropdown"), "M": _several, "P": _several, "R": _ranking,
    **dict.fromkeys("ABCEFH", _rows), "1": _dual, ":": _numbers, ";": _texts,
    "K": _fields, "Q": _fields, "N": _text, "S": _text, "T": _text, "U": _text, "D": _date, "|": _file, "X": _display,
}  # fmt: skip
