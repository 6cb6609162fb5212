"""Which name is which function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kithkin.questionnaire.expressions.asked import Asked, Builtin
from kithkin.questionnaire.expressions.functions import aggregates, choosing, dates, lists, survey
from kithkin.questionnaire.expressions.values import from_json, to_json

BUILT_IN: Mapping[str, Builtin] = {
    **aggregates.FUNCTIONS,
    **choosing.FUNCTIONS,
    **dates.FUNCTIONS,
    **lists.FUNCTIONS,
    **survey.FUNCTIONS,
}


class Functions:
    """SurveyJS's functions, and own ones by name, which come first. An own function takes and gives JSON.

    >>> Functions({"double": lambda number: 2 * number}).names() - Functions().names()
    frozenset({'double'})
    """

    def __init__(self, own: Mapping[str, Callable[..., Any]] | None = None) -> None:
        self.known: Mapping[str, Builtin] = BUILT_IN
        if own:
            self.known = {**BUILT_IN, **{name: _taking_json(function) for name, function in own.items()}}

    def names(self) -> frozenset[str]:
        """All names that can be called; they are told apart by case."""
        return frozenset(self.known)


def _taking_json(function: Callable[..., Any]) -> Builtin:
    def call(asked: Asked) -> Any:
        given = [to_json(value) for value in asked.values]
        return from_json(function(*given), asked.run.zone)

    return call
