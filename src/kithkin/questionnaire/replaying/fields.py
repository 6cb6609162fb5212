"""The texts of a question that asks for several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kithkin.questionnaire.model.elements import MultipleText, Text
from kithkin.questionnaire.replaying.accepting import accept
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.state import State
from kithkin.questionnaire.replaying.storable import Refused

if TYPE_CHECKING:
    from kithkin.questionnaire.replaying.settling import Settling


def with_computed(settling: Settling, question: MultipleText, state: State, value: Any) -> Any:
    """The answer with the texts that are computed where nobody gave them. What was taken back stays empty: None."""
    if value is not None and not isinstance(value, Mapping):  # the answer of another question under the same key
        return value
    handed_in = settling.given.get(question.key) if state.enabled else {}
    if question.key in settling.given and is_empty(handed_in) and state.enabled:
        return value
    told = handed_in if isinstance(handed_in, Mapping) else {}
    texts = dict(value or {})
    for field in question.fields:
        if field.default_expression is None or field.name in texts:
            continue
        if field.name in told:
            texts[field.name] = None
        elif (found := _computed(settling, field, field.default_expression)) is not None:
            texts[field.name] = found
    return {field.name: texts[field.name] for field in question.fields if field.name in texts} or None


def _computed(settling: Settling, field: Text, expression: str) -> Any:
    try:
        return accept(
            field, settling.session.value(expression, settling.scope), "", State(True, True), settling.session
        )
    except Refused:
        return None
