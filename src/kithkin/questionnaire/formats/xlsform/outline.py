"""The rows of a form as they lie in one another: groups and repeats hold what stands between their ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.xlsform.types import ALSO, Type
from kithkin.questionnaire.formats.xlsform.workbook import Row

DEEPEST = 20
_YES = {"yes", "true", "true()", "1"}
_LISTED = {"select_one", "select_multiple", "rank"}
_OPENING = {"begin_group": "end_group", "begin_repeat": "end_repeat"}


@dataclass(slots=True)
class Line:
    """A row: its type, its list of choices, and what lies in it."""

    row: Row
    type: str
    kind: Type | None
    choices: str = ""
    or_other: bool = False
    name: str = ""
    inner: list[Line] = field(default_factory=list)

    @property
    def where(self) -> str:
        """Its place in the file."""
        return f"/survey/{self.row.number}"


def outlined(rows: list[Row], losses: Losses) -> list[Line]:
    """The rows at the top. Raises FormatError where ends do not fit."""
    top: list[Line] = []
    opened: list[Line] = []
    for row in rows:
        if row["disabled"].lower() in _YES:
            losses.lost(f"/survey/{row.number}", f"{row['type']} {row['name']}".strip(), "it is switched off there")
            continue
        if not row["type"]:
            if row.cells or row.said:
                losses.lost(f"/survey/{row.number}", "a row", "it has no type")
            continue
        line = _line(row)
        if line.type in _OPENING.values():
            if not opened or _OPENING[opened[-1].type] != line.type:
                what = f"Row {row.number} ends something that was not begun."
                raise FormatError(line.where, what, "Look at the rows that begin and end groups and repeats.")
            opened.pop()
            continue
        (opened[-1].inner if opened else top).append(line)
        if line.type in _OPENING:
            opened.append(line)
            if len(opened) > DEEPEST:
                raise FormatError(line.where, f"More than {DEEPEST} levels of groups.", "Put fewer into one another.")
    if opened:
        what = f"Row {opened[-1].row.number} begins something that does not end."
        raise FormatError(opened[-1].where, what, "Look at the rows that begin and end groups and repeats.")
    return top


def _line(row: Row) -> Line:
    said = " ".join(row["type"].split())
    known = ALSO.get(said.lower())
    if known:
        return Line(row, known.name, known)
    or_other = said.lower().endswith((" or_other", " or other", " or specify other"))
    words = said.split(" ")
    if or_other:
        words = words[: -(3 if said.lower().endswith("or specify other") else 1 if "or_other" in words[-1] else 2)]
    for count in range(len(words) - 1, 0, -1):
        known = ALSO.get(" ".join(words[:count]).lower())
        if known and (known.name in _LISTED or "from_file" in known.name):
            return Line(row, known.name, known, " ".join(words[count:]), or_other)
    return Line(row, said[:60], None)
