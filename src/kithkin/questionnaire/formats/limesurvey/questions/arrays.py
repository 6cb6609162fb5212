"""Arrays: rows and columns, ticked, typed or chosen from lists."""

from __future__ import annotations

from kithkin.questionnaire.formats.limesurvey.questions.making import Making, Raw
from kithkin.questionnaire.formats.limesurvey.types import CELLS

MOST_STEPS = 1_000


def rows(making: Making) -> list[Raw]:
    """One answer in each row."""
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


def dual(making: Making) -> list[Raw]:
    """Two answers in each row."""
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


def numbers(making: Making) -> list[Raw]:
    """A number in each cell."""
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


def texts(making: Making) -> list[Raw]:
    """A text in each cell."""
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
        column: Raw = {"name": part.code, "title": making.text(part) or part.code, **cell, **required}
        if shown := making.condition(part.relevance, f"{part.code}/relevance", "the condition"):
            column["visibleIf"] = shown
        columns.append(column)
    return [
        {"type": "matrixdropdown", "name": making.name, "columns": columns, "rows": _row_items(making)}
        | _row_order(making)
    ]
