"""Reads questions that hold questions: matrices of cells, dynamic rows and panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kithkin.questionnaire.errors import TooLarge
from kithkin.questionnaire.model.elements import Element, Growing, NamedRows, Question
from kithkin.questionnaire.model.text import NOTHING
from kithkin.questionnaire.reading.choices import rows
from kithkin.questionnaire.reading.common import question_fields
from kithkin.questionnaire.reading.props import Props
from kithkin.questionnaire.vocabulary import COLUMN, QUESTIONS

if TYPE_CHECKING:
    from kithkin.questionnaire.reading.elements import Reader

MOST_ITEMS = 1_000
MOST_HANDED_DOWN = 300_000
"""Choices that columns take from their matrices, all together: few letters can ask for many."""
_CELL_TYPES = {"default", "text", "comment", "boolean", "dropdown", "checkbox", "radiogroup", "tagbox", "rating",
               "expression", "slider", "file", "image", "html", "signaturepad", "imagepicker"}  # fmt: skip
_WITH_CHOICES = {"dropdown", "checkbox", "radiogroup", "tagbox", "imagepicker"}


def named_rows(props: Props, reader: Reader) -> Question:
    """A matrix of cells with named rows."""
    cells = _columns(props, reader)
    return NamedRows(
        **question_fields(props),
        **_repeated(props, cells, reader),
        rows=rows(props),
        columns=len(cells),
        every_row=props.flag("eachRowRequired", "isAllRowRequired"),
    )


def growing_rows(props: Props, reader: Reader) -> Question:
    """A matrix of cells whose rows grow."""
    cells = _columns(props, reader)
    return Growing(
        **question_fields(props),
        **_repeated(props, cells, reader),
        scope="row",
        columns=len(cells),
        first=_bounded(props, "rowCount", 2),
        fewest=_bounded(props, "minRowCount", 0),
        most=_bounded(props, "maxRowCount", MOST_ITEMS),
        item_title=NOTHING,
        item_visible_if=None,
    )


def growing_panels(props: Props, reader: Reader) -> Question:
    """Questions asked again for each of several things."""
    key = props.text("keyName")
    return Growing(
        **question_fields(props),
        elements=reader.elements(props, "templateElements"),
        unique=frozenset({key} if key else ()),
        unique_text=props.localised("keyDuplicationError"),
        scope="panel",
        columns=0,
        first=_bounded(props, "panelCount", 0),
        fewest=_bounded(props, "minPanelCount", 0),
        most=_bounded(props, "maxPanelCount", MOST_ITEMS),
        item_title=props.localised("templateTitle"),
        item_visible_if=props.expression("templateVisibleIf"),
    )


def _bounded(props: Props, name: str, default: int) -> int:
    return max(0, min(props.whole(name, default=default), MOST_ITEMS))


def _repeated(props: Props, cells: tuple[Element, ...], reader: Reader) -> dict[str, Any]:
    unique = {inner.text("name") for inner in props.objects("columns") if inner.flag("isUnique")}
    key = props.text("keyName")
    detailed = props.word("detailPanelMode", ("none", "underRow", "underRowSingle"), "none") != "none"
    return {
        "elements": cells + (reader.elements(props, "detailElements") if detailed else ()),
        "unique": frozenset(unique | ({key} if key else set())),
        "unique_text": props.localised("keyDuplicationError"),
    }


def _columns(props: Props, reader: Reader) -> tuple[Element, ...]:
    """Each column as the question that its cells ask; it takes the matrix's choices where it has none."""
    own = props.text("cellType", default="dropdown")
    found = []
    for column in props.objects("columns"):
        kind = column.word("cellType", _CELL_TYPES, "default")
        if kind == "default":
            kind = own if own in QUESTIONS else "dropdown"
        column.know(COLUMN.keys() | QUESTIONS[kind].properties.keys(), f"a {kind} column")
        raw = {**column.raw, "type": kind}
        if kind in _WITH_CHOICES and not raw.get("choices") and "choices" in props.raw:
            raw["choices"] = props.raw["choices"]
            _hand_down(raw["choices"], props, reader)
        found.append(reader.element(Props(raw, column.where, column.kept), "columns"))
    return tuple(found)


def _hand_down(choices: Any, props: Props, reader: Reader) -> None:
    reader.handed_down += len(choices) if isinstance(choices, list) else 0
    if reader.handed_down > MOST_HANDED_DOWN:
        what = f"The columns of matrices share more than {MOST_HANDED_DOWN:,} choices in all."
        raise TooLarge(props.where, what, "Shorten the list of choices, or ask in fewer columns.")
