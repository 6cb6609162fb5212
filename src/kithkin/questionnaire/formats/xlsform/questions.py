"""Each type of question of a form, in our vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.xlsform.outline import Line
from kithkin.questionnaire.formats.xlsform.paths import Paths
from kithkin.questionnaire.formats.xlsform.types import ACCEPTED, INPUTS
from kithkin.questionnaire.formats.xlsform.wording import Wording
from kithkin.questionnaire.formats.xlsform.workbook import Row

Raw = dict[str, Any]
MOST_FILTERED = 20_000
_PARAMETER = re.compile(r"(?<![\w-])([\w-]{1,64})\s{0,9}=\s{0,9}([^\s;,]{1,64})")
_READ = {"minimal", "autocomplete", "search", "multiline", "signature"}
_LISTS = {"select_one": "dropdown", "select_multiple": "tagbox"}
_DRAWN = {"draw", "annotate"}


@dataclass
class Asking:
    """A question on its way: what is known of it."""

    line: Line
    paths: Paths
    wording: Wording
    losses: Losses
    choices: dict[str, list[Row]]

    def __post_init__(self) -> None:
        self.looks = set(self.line.row["appearance"].split())
        self.parameters = dict(_PARAMETER.findall(self.line.row["parameters"]))


def question(asking: Asking) -> Raw:
    """The element that a row becomes."""
    line = asking.line
    found: Raw = {"type": line.kind.becomes if line.kind else "text", "name": line.name}
    if line.type in {"select_one", "select_multiple", "rank"}:
        found |= _choices(asking)
    elif line.type == "range":
        found |= _range(asking)
    elif line.type in ACCEPTED:
        found |= _file(asking)
    elif line.type == "acknowledge":
        found |= {"valueTrue": "OK", "valueFalse": ""}
    elif line.type in INPUTS:
        found["inputType"] = INPUTS[line.type]
        if line.type == "integer":
            found["step"] = 1
    elif line.type == "text" and "multiline" in asking.looks:
        found["type"] = "comment"
    left = sorted(asking.looks - _READ - _DRAWN)
    if left:
        looks = f"looks are left out: {', '.join(left)}"[:300]
        asking.losses.kept(f"{line.where}/appearance", line.row["name"], looks)
    return found


def _choices(asking: Asking) -> Raw:
    line = asking.line
    rows = asking.choices.get(line.choices, [])
    found: Raw = {}
    if not rows:
        reason = f"there is no list {line.choices[:60]!r} on the sheet named choices"
        asking.losses.lost(f"{line.where}/choices", f"the choices of {line.row['name']}", reason)
    if asking.looks & {"minimal", "autocomplete", "search"} and line.type in _LISTS:
        found["type"] = _LISTS[line.type]
    found["choices"] = [_item(asking, row) for row in rows]
    _filter(asking, rows, found["choices"])
    if line.or_other:
        found["showOtherItem"] = True
    if asking.parameters.get("randomize", "").lower() == "true":
        found["choicesOrder"] = "random"
    return found


def _item(asking: Asking, row: Row) -> Raw:
    where = f"/choices/{row.number}"
    name = row["name"]
    text = asking.wording.said(row.texts("label"), where, asking.paths.repeat)
    for column in (*row.cells, *row.said):
        if column in {"image", "audio", "video", "big-image"}:
            asking.losses.lost(f"{where}/{column}", f"{column} of the choice {name}", "choices have words only")
    return {"value": name, "text": text or name}


def _filter(asking: Asking, rows: list[Row], items: list[Raw]) -> None:
    """The filter of choices, for each with its own columns in it."""
    said, line = asking.line.row["choice_filter"], asking.line
    if not said:
        return
    if len(rows) > MOST_FILTERED:
        what = f"the filter {said[:120]!r} of {line.row['name']}"
        asking.losses.lost(f"{line.where}/choice_filter", what, "all choices are always shown: there are too many")
        return
    try:
        known = dict.fromkeys((column for row in rows for column in row.cells), "")
        for row, item in zip(rows, items, strict=True):
            paths = asking.paths.at("", asking.paths.repeat, {**known, **row.cells})
            if condition := paths.condition(said):
                item["visibleIf"] = condition
    except Untranslatable as error:
        for item in items:
            item.pop("visibleIf", None)
        what = f"the filter {said[:120]!r} of {line.row['name']}"
        asking.losses.lost(f"{line.where}/choice_filter", what, f"all choices are always shown: {error}")


def _range(asking: Asking) -> Raw:
    found: Raw = {}
    for parameter, name, otherwise in (("start", "min", 0), ("end", "max", 10), ("step", "step", 1)):
        try:
            number = float(asking.parameters.get(parameter, otherwise))
        except ValueError:
            number = otherwise
        found[name] = int(number) if number == int(number) else number
    return found


def _file(asking: Asking) -> Raw:
    if asking.line.type == "image" and asking.looks & {"signature", *_DRAWN}:
        if asking.looks & _DRAWN:
            asking.losses.approximated(asking.line.where, asking.line.row["name"], "what is drawn is a signature")
        return {"type": "signaturepad"}
    accepted = ACCEPTED[asking.line.type]
    return {"acceptedTypes": accepted} if accepted else {}
