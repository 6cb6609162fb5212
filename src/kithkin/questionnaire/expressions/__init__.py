"""Expressions of questionnaires, as SurveyJS's survey-core reads them and works them out, without running any code.

`compile_expression` reads a text, `Expression.evaluate` and `Expression.is_true` work it out on answers, `pipe` puts
answers into texts. What is said here is held against survey-core itself: docs/reference/expressions.md.
"""

from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.expression import Expression, compile_expression
from kithkin.questionnaire.expressions.functions import Functions
from kithkin.questionnaire.expressions.literals import literal
from kithkin.questionnaire.expressions.parsing import LONGEST
from kithkin.questionnaire.expressions.piping import pipe, referenced
from kithkin.questionnaire.expressions.scope import Found, Scope

__all__ = [
    "LONGEST",
    "Expression",
    "ExpressionError",
    "Found",
    "Functions",
    "Scope",
    "compile_expression",
    "literal",
    "pipe",
    "referenced",
]
