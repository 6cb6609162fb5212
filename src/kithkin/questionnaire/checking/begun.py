"""Defaults with which a questionnaire begins, and which it would not take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.errors import QuestionnaireError
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.model.questionnaire import Body, questions
from kithkin.questionnaire.replaying.result import Reason
from kithkin.questionnaire.replaying.run import replay

_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def unfit(body: Body) -> Iterator[Finding]:
    """Numbers out of their bounds or between two steps: whoever leaves them as they are cannot go on."""
    numbers = {question.name: question for question in questions(body.pages) if _is_number(question)}
    if not numbers:
        return
    try:
        errors = replay(body, {}, language=body.language, now=_ANY_DAY, seed=0).errors
    except QuestionnaireError:
        return  # nobody comes to any default
    for error in errors:
        question = numbers.get(error.question)
        if question is not None and error.reason is Reason.INVALID:
            what = f"It begins with {question.default!s:.60}, which it does not take: {error.message}"
            advice = "Begin with an answer that can be given, or with none."
            yield Finding(Severity.WARNING, Kind.CONTRADICTION, f"{question.where}/defaultValue", what, advice)


def _is_number(question: Question) -> bool:
    if question.default is None:
        return False
    return isinstance(question, model.Slider) or (
        isinstance(question, model.Text) and question.input in {"number", "range"}
    )
