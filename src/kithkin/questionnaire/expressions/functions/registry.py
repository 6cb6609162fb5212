"""Which name is which function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kithkin.questionnaire.expressions.functions import aggregates, choosing, dates, lists, survey
from kithkin.questionnaire.expressions.functions.asked import Asked, Builtin
from kithkin.questionnaire.expressions.nodes import Node
from kithkin.questionnaire.expressions.run import Run
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
        self._own = dict(own or {})

    def names(self) -> frozenset[str]:
        """All names that can be called; they are told apart by case."""
        return frozenset(self._own) | frozenset(BUILT_IN)

    def call(self, name: str, values: list[Any], nodes: Sequence[Node], run: Run) -> Any:
        """What a function answers; None where nobody knows it."""
        if name in self._own:
            given = [to_json(value) for value in values]
            return from_json(self._own[name](*given), run.zone)
        built_in = BUILT_IN.get(name)
        return None if built_in is None else built_in(Asked(values, nodes, run))
