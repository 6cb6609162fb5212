"""What all elements and all questions have in common."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.model.elements import Bounds, Validator
from kithkin.questionnaire.model.questionnaire import Kept
from kithkin.questionnaire.reading.props import Props, spelled_number
from kithkin.questionnaire.vocabulary import VALIDATORS


def element_fields(props: Props) -> dict[str, Any]:
    """The fields of `Element`."""
    return {
        "where": props.where,
        "raw": props.raw,
        "type": props.text("type", default="text"),
        "name": props.text("name"),
        "title": props.localised("title"),
        "description": props.localised("description"),
        "visible": props.flag("visible", default=True),
        "visible_if": props.expression("visibleIf"),
        "enable_if": props.expression("enableIf"),
        "read_only": props.flag("readOnly"),
        "required": props.flag("isRequired"),
        "required_if": props.expression("requiredIf"),
        "required_text": props.localised("requiredErrorText"),
    }


_WITHOUT_COMMENT = {"text", "comment", "slider", "multipletext", "signaturepad", "expression", "html", "image"}


def question_fields(props: Props) -> dict[str, Any]:
    """The fields of `Question`."""
    return element_fields(props) | {
        "key": props.text("valueName") or props.text("name"),
        "default": props.value("defaultValue"),
        "default_expression": props.expression("defaultValueExpression"),
        "set_if": props.expression("setValueIf"),
        "set_expression": props.expression("setValueExpression"),
        "reset_if": props.expression("resetValueIf"),
        "validators": validators(props),
        "comment": props.flag("showCommentArea", "hasComment") and props.text("type") not in _WITHOUT_COMMENT,
        "correct": props.value("correctAnswer"),
    }


def validators(props: Props) -> tuple[Validator, ...]:
    """What the answer must fulfil; unknown kinds are listed."""
    found = []
    for inner in props.objects("validators"):
        kind = inner.text("type").removesuffix("validator")
        if kind not in VALIDATORS:
            props.kept.append(Kept(inner.where, f"validator {kind[:80]!r}"))
            continue
        inner.know(VALIDATORS[kind].properties, f"a {kind} validator")
        found.append(
            Validator(
                inner.where, kind, inner.localised("text"), _settings(kind, inner), inner.expression("expression")
            )
        )
    return tuple(found)


def _settings(kind: str, props: Props) -> dict[str, Any]:
    match kind:
        case "numeric":
            return {"least": props.number("minValue"), "most": props.number("maxValue")}
        case "text":
            return {
                "least": props.whole("minLength", default=0),
                "most": props.whole("maxLength", default=0),
                "digits": props.flag("allowDigits", default=True),
            }
        case "answercount":
            return {"least": props.whole("minCount", default=0), "most": props.whole("maxCount", default=0)}
        case "regex":
            return {"pattern": props.text("regex"), "alike": props.flag("insensitive", "caseInsensitive")}
    return {}


def bounds(props: Props) -> Bounds:
    """The least and the most of an answer. What is no plain value (`=today()`) is an expression."""
    least, least_if = _bound(props, "min", "minValueExpression")
    most, most_if = _bound(props, "max", "maxValueExpression")
    return Bounds(
        least=least,
        most=most,
        least_if=least_if,
        most_if=most_if,
        least_text=props.localised("minErrorText"),
        most_text=props.localised("maxErrorText"),
        step=_step(props.value("step")),
    )


def _bound(props: Props, name: str, expression: str) -> tuple[Any, str | None]:
    computed = props.expression(expression)
    value = props.value(name)
    if isinstance(value, str):
        if value.startswith("="):
            return None, computed or value[1:]
        value = value.strip()
    return (None if value == "" else value), computed


def _step(value: Any) -> float | None:
    """The step, where it is a number above 0; "any" is none."""
    if isinstance(value, str):
        value = spelled_number(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None
