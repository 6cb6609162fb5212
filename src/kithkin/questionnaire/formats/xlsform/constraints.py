"""What an answer must fulfil, as a form's constraint: `.` is the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.conditions import answer
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.xlsform.expressing import Expressing, Known
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Question, Validator
from kithkin.questionnaire.model.text import NOTHING, Localised
from kithkin.questionnaire.replaying.options import spelled
from kithkin.questionnaire.replaying.patterns import pattern as compiled


@dataclass
class Constraint:
    """Conditions that must all hold, and what is said where they do not."""

    parts: list[str] = field(default_factory=list)
    text: Localised = NOTHING


def constraint(
    question: Question, expressing: Expressing, known: Mapping[str, Known], path: str, losses: Losses
) -> Constraint:
    """Bounds, lengths, counts and validators of a question."""
    found = Constraint(_limits(question, known.get(path)))
    for name, sign in (("minValueExpression", ">="), ("maxValueExpression", "<=")):
        if isinstance(said := question.raw.get(name), str) and said.strip():
            try:
                found.parts.append(f". {sign} {expressing.condition(said)}")
            except Untranslatable as error:
                losses.lost(
                    f"{question.where}/{name}", f"{name} of {question.name}", f"any answer is accepted: {error}"
                )
    for validator in question.validators:
        try:
            found.parts += _validated(validator, expressing, path)
        except Untranslatable as error:
            what = f"validator {validator.type} of {question.name}"
            losses.lost(validator.where, what, f"any answer is accepted: {error}")
            continue
        if validator.text and not found.text:
            found.text = validator.text
        elif validator.text:
            losses.lost(f"{validator.where}/text", f"what a validator of {question.name} says", "one is said for all")
    return found


def _limits(question: Question, known: Known | None) -> list[str]:
    if isinstance(question, model.Text):
        return _bounds(question)
    if not isinstance(question, model.Choose) or not question.multiple:
        return []
    found = []
    if question.fewest:
        found.append(f"count-selected(.) >= {question.fewest}")
    if question.most:
        found.append(f"count-selected(.) <= {question.most}")
    for choice in (*question.choices.ordinary, *question.choices.special):
        if choice.exclusive and known:
            value = known.values.get(spelled(choice.value), spelled(choice.value))
            found.append(f"(not(selected(., '{value}')) or count-selected(.) = 1)")
    return found


def _bounds(question: model.Text) -> list[str]:
    found = [
        f". {sign} {_written(value)}"
        for sign, value in ((">=", question.bounds.least), ("<=", question.bounds.most))
        if value is not None
    ]
    if question.longest:
        found.append(f"string-length(.) <= {question.longest}")
    return found


def _written(value: Any) -> str:
    return (
        spelled(value) if isinstance(value, int | float) else f"date('{value}')" if "-" in str(value) else f"'{value}'"
    )


def _validated(validator: Validator, expressing: Expressing, path: str) -> list[str]:
    settings = validator.settings
    match validator.type:
        case "expression":
            text = validator.expression or "true"
            untouched = f"{answer(path)} empty or ("
            if text.startswith(untouched) and text.endswith(")"):
                text = text.removeprefix(untouched)[:-1]
            return [expressing.condition(text)]
        case "regex":
            pattern = settings["pattern"]
            if "'" in pattern or settings["alike"]:
                raise Untranslatable("the pattern cannot be written in a form")
            return [f"regex(., '{_of_the_whole(pattern)}')"]
        case "numeric":
            return [
                f". {sign} {spelled(settings[name])}"
                for sign, name in ((">=", "least"), ("<=", "most"))
                if settings[name] is not None
            ]
        case "text":
            return [
                f"string-length(.) {sign} {settings[name]}"
                for sign, name in ((">=", "least"), ("<=", "most"))
                if settings[name]
            ]
        case "answercount":
            return [
                f"count-selected(.) {sign} {settings[name]}"
                for sign, name in ((">=", "least"), ("<=", "most"))
                if settings[name]
            ]
        case "email":
            return ["regex(., '[^@ ]+@[^@ ]+[.][^@ ]+')"]
    raise Untranslatable("a form has no such validator")


def _of_the_whole(pattern: str) -> str:
    """A pattern that is found in a text, as one of the whole text, which is what a form asks of it.

    >>> _of_the_whole("[a-z]"), _of_the_whole("^[a-z]"), _of_the_whole("^(?:[a-z])$")
    ('.*(?:[a-z]).*', '^[a-z].*', '[a-z]')
    """
    inner = pattern[4:-2] if pattern.startswith("^(?:") and pattern.endswith(")$") else ""
    if inner and not isinstance(compiled(inner), str):
        return inner
    begins, ends = pattern.startswith("^"), pattern.endswith("$") and not pattern.endswith("\\$")
    if "|" in pattern or not (begins or ends):
        return f".*(?:{pattern}).*"
    return f"{'' if begins else '.*'}{pattern}{'' if ends else '.*'}"
