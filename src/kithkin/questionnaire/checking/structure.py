"""Where respondents get stuck, and what cannot be chosen."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.model.questionnaire import Body, questions, walk
from kithkin.questionnaire.replaying.options import spelled
from kithkin.questionnaire.replaying.texts import choices_of

_NEEDED = (model.Choose, model.Rating, model.Matrix, model.NamedRows, model.ConstantSum, model.MaxDiff)


def unknown(body: Body) -> Iterator[Finding]:
    """What is kept and decides nothing."""
    for kept in body.kept:
        what = f"Unknown here: {kept.what}. It stays, and decides nothing."
        yield Finding(Severity.NOTE, Kind.UNKNOWN, kept.where, what, "Nothing, unless something should depend on it.")


def empty(body: Body) -> Iterator[Finding]:
    """Pages with nothing on them, and a questionnaire that asks nothing."""
    if next(questions(body.pages), None) is None:
        yield Finding(Severity.ERROR, Kind.EMPTY, "", "Nothing is asked.", "Add a question.")
        return
    for page in body.pages:
        if not page.elements:
            yield Finding(Severity.NOTE, Kind.EMPTY, page.where, f"Page {page.name[:60]!r} is empty.", "Take it out.")


def choices(body: Body) -> Iterator[Finding]:
    """Choices without values, values that stand twice, and questions with nothing to choose."""
    for question in questions(body.pages, inside=True):
        listed = choices_of(question)
        for each in listed:
            yield from _values(question, each)
        if isinstance(question, _NEEDED) and any(_is_bare(each) for each in listed):
            dead = question.required
            yield Finding(
                Severity.ERROR if dead else Severity.WARNING,
                Kind.DEAD_END if dead else Kind.CHOICES,
                question.where,
                f"Question {question.name[:60]!r} has nothing to choose" + (", but must be answered." if dead else "."),
                "Give it choices, or rows and columns.",
            )


def _values(question: Question, listed: Choices) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for choice in listed.ordinary:
        if choice.value is None or choice.value == "":
            what = f"A choice of {question.name[:60]!r} has no value."
            yield Finding(Severity.ERROR, Kind.CHOICES, choice.where, what, "Give it one; it is what is stored.")
        elif (alike := seen.get(_blurred(choice.value))) not in {None, spelled(choice.value)}:
            both = f"{alike!r:.60} and {spelled(choice.value)!r:.60} of {question.name[:60]!r}"
            what = f"{both} differ in capitals or blanks only: conditions take them for the same."
            yield Finding(Severity.WARNING, Kind.TWICE, choice.where, what, "Give one of them another value.")
        elif alike is not None:
            what = f"The value {spelled(choice.value)[:60]!r} stands twice in {question.name[:60]!r}."
            yield Finding(Severity.WARNING, Kind.TWICE, choice.where, what, "Give each choice a value of its own.")
        seen.setdefault(_blurred(choice.value), spelled(choice.value))


def _blurred(value: object) -> str:
    """A value as conditions compare it: whatever its capitals and the blanks around it."""
    return spelled(value).strip().lower()


def _is_bare(listed: Choices) -> bool:
    return not (listed.ordinary or listed.special or listed.open or listed.from_question)


def dead_ends(body: Body) -> Iterator[Finding]:
    """Questions that must be answered and cannot be; bounds that leave nothing; goals that are not there."""
    for question in questions(body.pages, inside=True):
        yield from _stuck(question)
    named = {element.name for element in walk(body.pages)} | {question.key for question in questions(body.pages)}
    for trigger in body.triggers:
        if trigger.type == "skip" and trigger.target not in named:
            what = f"It leads to {trigger.target[:60]!r}, which is not there."
            yield Finding(Severity.WARNING, Kind.DEAD_END, trigger.where, what, "Name a question that is there.")
        if trigger.expression is None:
            yield Finding(
                Severity.NOTE, Kind.DEAD_END, trigger.where, "A trigger without a condition never acts.", "Give it one."
            )


def _stuck(question: Question) -> Iterator[Finding]:
    where, name = question.where, f"Question {question.name[:60]!r}"
    if isinstance(question, model.Unknown) and question.required:
        yield _dead(where, f"{name} must be answered, but its type is unknown here.", "Choose another type.")
    if isinstance(question, model.Text | model.Slider):
        least, most = question.bounds.least, question.bounds.most
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            yield _dead(where, f"{name} takes no answer: {least} is above {most}.", "Change min or max.")
    if isinstance(question, model.Choose) and question.multiple:
        fewest, most = question.fewest, question.most
        if most and fewest > most:
            yield _dead(where, f"{name} wants at least {fewest} and at most {most} choices.", "Change one of the two.")
        count = len(question.choices.ordinary)
        if fewest > count and not question.choices.from_question and not question.choices.open:
            yield _dead(where, f"{name} wants at least {fewest} choices and has {count}.", "Ask for fewer.")
    if isinstance(question, model.Growing) and question.fewest > question.most:
        yield _dead(
            where, f"{name} wants at least {question.fewest} and at most {question.most}.", "Change one of the two."
        )
    if isinstance(question, model.ConstantSum):
        most = math.inf if question.most is None else question.most
        if most * max(len(question.choices.ordinary), 1) < question.total:
            yield _dead(where, f"{name} can never add up to {question.total}.", "Raise max, or lower total.")


def _dead(where: str, what: str, advice: str) -> Finding:
    return Finding(Severity.ERROR, Kind.DEAD_END, where, what, advice)
