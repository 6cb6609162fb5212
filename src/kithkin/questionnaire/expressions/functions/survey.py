"""Functions that ask the questionnaire itself; the scope answers them."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.expressions.asked import Asked, Builtin
from kithkin.questionnaire.expressions.values import from_json, is_empty, is_nothing, is_number


def display_value(asked: Asked) -> Any:
    """What a respondent reads for an answer."""
    if not isinstance(asked.value(0), str):
        return None
    value = asked.value(1)
    scope = asked.run.scope
    shown = scope.display_value(asked.value(0)) if is_empty(value) else scope.display_value(asked.value(0), value)
    return from_json(shown, asked.run.zone)


def property_value(asked: Asked) -> Any:
    """A property of a question."""
    question, name = asked.value(0), asked.value(1)
    if len(asked.values) != 2 or not (isinstance(question, str) and question and isinstance(name, str) and name):
        return None
    return from_json(asked.run.scope.property_value(question, name), asked.run.zone)


def is_container_ready(asked: Asked) -> bool:
    """Whether everything in a page, a panel or one panel of a dynamic panel is answered without errors."""
    name, place = asked.value(0), asked.value(1)
    if not isinstance(name, str) or not name:
        return False
    return asked.run.scope.is_ready(name, int(place) if is_number(place) else None)


def is_display_mode(asked: Asked) -> bool | None:
    """Whether the questionnaire is only shown."""
    return asked.run.scope.is_display_mode()


def get_comment(asked: Asked) -> Any:
    """The comment of a question, or of one of its choices."""
    question, item = asked.value(0), asked.value(1)
    if not isinstance(question, str) or not question:
        return None
    return from_json(asked.run.scope.comment(question, None if is_nothing(item) else item), asked.run.zone)


FUNCTIONS: dict[str, Builtin] = {
    "displayValue": display_value,
    "getComment": get_comment,
    "isContainerReady": is_container_ready,
    "isDisplayMode": is_display_mode,
    "propertyValue": property_value,
}
