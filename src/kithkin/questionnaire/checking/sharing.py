"""Questions whose answers stand under one key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.model.questionnaire import Body, questions
from kithkin.questionnaire.replaying.options import spelled


def unlike(body: Body) -> Iterator[Finding]:
    """Questions under the key of one before them whose answers have another form: only what both can have is kept."""
    sharing = defaultdict[str, list[Question]](list)
    for question in questions(body.pages):
        sharing[question.key].append(question)
    for key, (first, *others) in sharing.items():
        for other in others:
            if _form(other) != _form(first):
                what = f"It has the key {key[:60]!r} of {first.name[:60]!r}, and answers of another form."
                advice = "Only what both can have is kept: give it a key of its own."
                yield Finding(Severity.WARNING, Kind.TWICE, other.where, what, advice)


def _form(question: Question) -> tuple[object, ...]:
    """What its answers look like: a value, a list of them, a value for each of these names."""
    match question:
        case model.MultipleText():
            return "names", frozenset(field.name for field in question.fields)
        case model.Matrix() | model.NamedRows():
            rows = frozenset(spelled(row.value) for row in question.rows.ordinary)
            return "names", rows, isinstance(question, model.NamedRows)
        case model.Choose():
            return ("several" if question.multiple else "one",)
        case model.Slider():
            return ("two" if question.range else "one",)
        case model.Text() | model.Boolean() | model.Rating() | model.Computed():
            return ("one",)
    return (type(question),)
