"""Patterns that nobody can read, and those that hold what is not checked here."""

from __future__ import annotations

from collections.abc import Iterator

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.errors import pointer
from kithkin.questionnaire.model.elements import MultipleText, Question
from kithkin.questionnaire.model.questionnaire import Body, questions
from kithkin.questionnaire.replaying.patterns import pattern
from kithkin.questionnaire.replaying.patterns.reading import Reader
from kithkin.questionnaire.replaying.patterns.room import Unsupported

_BROKEN = {
    "a closing bracket too many": "a bracket is closed that was not opened",
    "an end too early": "it ends within a set or after a backslash",
    "nothing to repeat": "there is nothing to repeat",
    "a bracket that is not closed": "a bracket is not closed",
    "a range that runs backwards": "a range runs backwards",
    "a number of repetitions that runs backwards": "a number of repetitions runs backwards",
}
"""What is wrong in JavaScript too; all else is a pattern, but one that is not checked here."""


def patterns(body: Body) -> Iterator[Finding]:
    """Each pattern that is none, with the character at which it goes wrong, and each that is not checked."""
    for question in questions(body.pages, inside=True):
        fields = question.fields if isinstance(question, MultipleText) else ()
        for each in (question, *fields):
            yield from _of(each)


def _of(question: Question) -> Iterator[Finding]:
    for validator in question.validators:
        if validator.type != "regex":
            continue
        source = validator.settings["pattern"]
        why = pattern(source, alike=validator.settings["alike"])
        where = pointer(validator.where, "regex")
        if isinstance(why, str) and why in _BROKEN:
            said = f"{_BROKEN[why]}{_place(source)}"
            what = f"The pattern {source[:60]!r} of question {question.name[:60]!r} cannot be read: {said}."
            yield Finding(Severity.ERROR, Kind.EXPRESSION, where, what, "Mend it; until then any answer is accepted.")
        elif isinstance(why, str):
            what = f"This pattern is not checked: it holds {why}."
            yield Finding(Severity.WARNING, Kind.EXPRESSION, where, what, "Write it without.")


def _place(source: str) -> str:
    """The character, counted from 1, at which the pattern goes wrong; of repetitions it is not known."""
    reader = Reader(source, alike=False)
    try:
        reader.whole()
    except Unsupported as error:
        place = reader.at + 1 if str(error) == "a closing bracket too many" else reader.at
        return f" (character {max(place, 1)})"
    return ""
