"""Our answers in the words of `answering.js`, and the few places where they may differ."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kithkin.questionnaire.expressions import ExpressionError, Functions, Scope, pipe
from kithkin.questionnaire.expressions.comparing import loosely_equal
from kithkin.questionnaire.expressions.errors import Unanswerable
from kithkin.questionnaire.expressions.moments import Moment
from kithkin.questionnaire.expressions.parsing import Parsed, parsed
from kithkin.questionnaire.expressions.run import Run
from kithkin.questionnaire.expressions.values import UNDEFINED, is_number, to_text
from tests.questionnaire.expressions.survey_core import Question

FUNCTIONS = Functions()
_LONG = re.compile(r"\d+\.\d{10,}")


def answer(question: Question, read: Callable[[str], Parsed] = parsed) -> dict[str, Any]:
    """What we say to a question: as it is before JSON takes undefined and NaN away."""
    if question.pipes:
        return {"piped": pipe(question.text, Scope(question.values))}
    try:
        expression = read(question.text)
    except ExpressionError as error:
        return {"refused": error.position}
    now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=question.at)
    run = Run(Scope(question.values), FUNCTIONS, now.astimezone(ZoneInfo(question.zone)))
    try:
        value = expression.work(run)
    except Unanswerable:
        return {"threw": True}
    return {"value": told(value), "holds": loosely_equal(value, True), "names": expression.names}


def told(value: Any) -> dict[str, Any]:
    """A value in words."""
    if value is UNDEFINED:
        return {"kind": "undefined"}
    if is_number(value):
        return {"kind": "number", "text": to_text(value)}
    if isinstance(value, Moment):
        return {"kind": "moment", "text": str(int(value.milliseconds)) if value.valid else "none"}
    if isinstance(value, list):
        return {"kind": "list", "items": [told(one) for one in value]}
    if isinstance(value, dict):
        return {"kind": "object", "items": {name: told(one) for name, one in value.items()}}
    return {"kind": "plain", "value": value}


def agree(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether two answers are the same: value, truth and names; of what is refused or thrown, only that it is."""
    if "piped" in ours:
        return ours == theirs
    if "value" not in ours or "value" not in theirs:
        return ours.keys() == theirs.keys()
    alike = ours["holds"] == theirs["holds"] and ours["names"] == frozenset(theirs["names"])
    return alike and close(ours["value"], theirs["value"])


def close(ours: Any, theirs: Any) -> bool:
    """Equal, but for the last digit of a power, which V8 and the C library round differently."""
    if ours == theirs:
        return True
    if not (isinstance(ours, dict) and isinstance(theirs, dict) and ours.get("kind") == theirs.get("kind")):
        return False
    if ours["kind"] == "number":
        one, other = (float(side["text"].replace("Infinity", "inf")) for side in (ours, theirs))
        return math.isclose(one, other, rel_tol=1e-15)
    if ours["kind"] == "plain" and isinstance(ours["value"], str) and isinstance(theirs["value"], str):
        return _LONG.sub(_rounded, ours["value"]) == _LONG.sub(_rounded, theirs["value"])
    if ours["kind"] == "list":
        pairs = zip(ours["items"], theirs["items"], strict=False)
        return len(ours["items"]) == len(theirs["items"]) and all(close(*pair) for pair in pairs)
    return False


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.14g}"


def differences(
    questions: Sequence[Question], theirs: Sequence[dict[str, Any]], read: Callable[[str], Parsed] = parsed
) -> Iterator[str]:
    """The questions that are answered differently, each with both answers."""
    for question, said in zip(questions, theirs, strict=True):
        ours = answer(question, read)
        if not agree(ours, said):
            yield f"{question.text!r} in {question.zone}: ours {ours}, survey-core's {said}"
