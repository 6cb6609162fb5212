"""An expression, ready to be worked out as often as answers change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from kithkin.questionnaire.expressions.comparing import loosely_equal
from kithkin.questionnaire.expressions.errors import ExpressionError, Unanswerable
from kithkin.questionnaire.expressions.functions import Functions
from kithkin.questionnaire.expressions.parsing import Parsed, parsed
from kithkin.questionnaire.expressions.run import MOST_WORK, Purse, Run
from kithkin.questionnaire.expressions.scope import Scope
from kithkin.questionnaire.expressions.values import UNDEFINED, to_json

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. It holds no answers and may be shared between replays and threads.

    >>> from datetime import UTC, datetime
    >>> expression = compile_expression("{age} >= 18 and {country} anyof ['de', 'at']")
    >>> expression.is_true({"age": "21", "country": "AT"}, functions=Functions(), now=datetime(2026, 1, 1, tzinfo=UTC))
    True
    >>> sorted(expression.names)
    ['age', 'country']
    """

    text: str
    parsed: Parsed

    @property
    def names(self) -> frozenset[str]:
        """Every path that stands in braces, as written, without the # that keeps a text a text."""
        return self.parsed.names

    @property
    def calls(self) -> frozenset[str]:
        """Every function that it calls, as written."""
        return self.parsed.calls

    def evaluate(
        self, values: Mapping[str, Any] | Scope, *, functions: Functions, now: datetime, purse: Purse | None = None
    ) -> Any:
        """What it comes to, as JSON holds it: undefined, NaN and infinities are None, points in time are ISO texts.

        Where survey-core would throw, that is None too. Raises ExpressionError when the answers make it too costly:
        by itself, or together with what else was paid from the purse.
        """
        return self._work_out(values, functions, now, to_json, purse)

    def is_true(
        self, values: Mapping[str, Any] | Scope, *, functions: Functions, now: datetime, purse: Purse | None = None
    ) -> bool:
        """Whether a condition holds: SurveyJS asks for what equals true, so 1 and "1" do, 2 and "yes" do not."""
        return self._work_out(values, functions, now, _equals_true, purse)

    def _work_out(
        self,
        values: Mapping[str, Any] | Scope,
        functions: Functions,
        now: datetime,
        finish: Callable[[Any], _T],
        purse: Purse | None,
    ) -> _T:
        scope = values if isinstance(values, Scope) else Scope(values)
        most = MOST_WORK if purse is None else min(MOST_WORK, purse.left)
        run = Run(scope, functions, now, most)
        try:
            return finish(self.parsed.work(run))
        except Unanswerable:
            return finish(UNDEFINED)
        except RecursionError:
            raise ExpressionError("The answers are nested too deep to be compared.", 0) from None
        finally:
            if purse is not None:
                purse.left -= most - run.left


def _equals_true(value: Any) -> bool:
    return value if type(value) is bool else loosely_equal(value, True)


def compile_expression(text: str) -> Expression:
    """An expression from its text. Raises ExpressionError, which points at the character."""
    return Expression(text, parsed(text))
