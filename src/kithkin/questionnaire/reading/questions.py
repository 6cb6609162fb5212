"""Reads each type of question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Element, Question, Text
from kithkin.questionnaire.reading.choices import choices, columns, points, rows
from kithkin.questionnaire.reading.common import bounds, question_fields
from kithkin.questionnaire.reading.props import Props
from kithkin.questionnaire.reading.repeated import growing_panels, growing_rows, named_rows
from kithkin.questionnaire.vocabulary import FIELD

if TYPE_CHECKING:
    from kithkin.questionnaire.reading.elements import Reader

INPUTS = (
    "text", "number", "range", "date", "datetime", "datetime-local", "time", "month", "week", "email", "tel", "url",
    "color", "password",
)  # fmt: skip
_SEVERAL = {"checkbox", "tagbox", "ranking"}


def _text(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    longest = props.whole("maxLength", default=-1)
    return Text(
        **question_fields(props),
        input=props.word("inputType", INPUTS, "text") if props.text("type", default="text") == "text" else "text",
        longest=None if longest < 0 else longest,
        placeholder=props.localised("placeholder"),
        bounds=bounds(props),
    )


def _boolean(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    return model.Boolean(
        **question_fields(props),
        yes=props.value("valueTrue", default=True),
        no=props.value("valueFalse", default=False),
        yes_text=props.localised("labelTrue"),
        no_text=props.localised("labelFalse"),
    )


def _choose(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    kind = props.text("type")
    multiple = kind in _SEVERAL or (kind == "imagepicker" and props.flag("multiSelect"))
    return model.Choose(
        **question_fields(props),
        choices=choices(props, alone=multiple),
        multiple=multiple,
        fewest=props.whole("minSelectedChoices", default=0),
        most=props.whole("maxSelectedChoices", default=0),
        value_property=(props.text("valuePropertyName") or None) if multiple else None,
        partial=props.flag("selectToRankEnabled"),
    )


def _rating(props: Props, reader: Reader) -> Question:
    return model.Rating(
        **question_fields(props),
        points=points(props, reader.count_points),
        lowest_text=props.localised("minRateDescription"),
        highest_text=props.localised("maxRateDescription"),
        look=props.word("rateType", ("labels", "stars", "smileys"), "labels"),
    )


def _slider(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    said = bounds(props)
    step = 1 if props.value("step") is None else said.step
    least, most = (0 if said.least is None else said.least), (100 if said.most is None else said.most)
    return model.Slider(
        **question_fields(props),
        range=props.word("sliderType", ("single", "range"), "single") == "range",
        bounds=replace(said, least=least, most=most, step=step),
        shortest=props.number("minRangeLength"),
        longest=props.number("maxRangeLength"),
    )


def _matrix(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    return model.Matrix(
        **question_fields(props),
        rows=rows(props),
        columns=columns(props),
        multiple=props.word("cellType", ("radio", "checkbox"), "radio") == "checkbox",
        every_row=props.flag("eachRowRequired", "isAllRowRequired"),
        unique=props.flag("eachRowUnique"),
    )


def _multiple_text(props: Props, reader: Reader) -> Question:
    fields = []
    for item in props.objects("items"):
        item.know(FIELD, "a text field")
        named = Props({**item.raw, "type": "text"}, item.where, item.kept)
        fields.append(cast("Text", reader.element(named, "items")))
    return model.MultipleText(**question_fields(props), fields=tuple(fields))


def _file(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    accepted = props.text("acceptedTypes").replace(" ", "").lower()
    return model.File(
        **question_fields(props),
        multiple=props.flag("allowMultiple"),
        accepted=tuple(kind for kind in accepted.split(",") if kind),
        largest=props.whole("maxSize", default=0),
        most=props.whole("maxFiles", default=0),
    )


def _signature(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    return model.Signature(**question_fields(props))


def _computed(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    precision = props.whole("precision", default=-1)
    return model.Computed(
        **question_fields(props),
        expression=props.expression("expression"),
        precision=precision if 0 <= precision <= 15 else None,
    )


def _shown(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    return model.Shown(**question_fields(props), html=props.localised("html"))


def _constant_sum(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    total, step = props.number("total"), props.number("step")
    return model.ConstantSum(
        **question_fields(props),
        choices=choices(props, alone=False),
        total=100 if total is None else total,
        least=props.number("min") or 0,
        most=props.number("max"),
        step=1 if step is None or step <= 0 else step,
        total_text=props.localised("totalErrorText"),
    )


def _maxdiff(props: Props, reader: Reader) -> Question:  # noqa: ARG001
    found = choices(props, alone=False)
    many = len(found.ordinary)
    size = max(2, min(props.whole("setSize", default=4), many or 2))
    count = props.whole("setCount", default=0) or -(-3 * many // size)
    return model.MaxDiff(
        **question_fields(props),
        choices=found,
        set_size=size,
        set_count=max(1, min(count, 200, 100_000 // max(many, 1))),
        best_text=props.localised("bestText"),
        worst_text=props.localised("worstText"),
    )


READERS: dict[str, Callable[[Props, Any], Element]] = {
    "text": _text, "comment": _text, "boolean": _boolean, "radiogroup": _choose, "dropdown": _choose,
    "buttongroup": _choose, "checkbox": _choose, "tagbox": _choose, "ranking": _choose, "imagepicker": _choose,
    "rating": _rating, "slider": _slider, "matrix": _matrix, "matrixdropdown": named_rows,
    "matrixdynamic": growing_rows, "multipletext": _multiple_text, "paneldynamic": growing_panels, "file": _file,
    "signaturepad": _signature, "expression": _computed, "html": _shown, "image": _shown,
    "constantsum": _constant_sum, "maxdiff": _maxdiff,
}  # fmt: skip
