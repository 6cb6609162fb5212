"""Questions of whose choices none is ever shown."""

from __future__ import annotations

from collections.abc import Iterator

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.checking.logic import MOST_CHOICES, Needed, Tries, needed_by
from kithkin.questionnaire.model.choices import Choice
from kithkin.questionnaire.model.elements import Choose, Question, Rating
from kithkin.questionnaire.replaying.levels import Plan


def never_offered(plan: Plan) -> Iterator[Finding]:
    """Questions that have choices, and show none whatever is answered: who must answer them does not get on."""
    tries = Tries(plan)
    for node in plan.top.nodes:
        question = node.subject
        if not isinstance(question, Choose | Rating):
            continue
        choices = _conditional(question)
        before = needed_by(plan.top, node)
        if not choices or before.never is not None or not tries.possible(before):
            continue  # that it is never shown itself is told already
        if any(tries.possible(_with(before, question, choice)) for choice in choices):
            continue
        dead = question.required
        yield Finding(
            Severity.ERROR if dead else Severity.WARNING,
            Kind.DEAD_END if dead else Kind.CHOICES,
            question.where,
            f"No choice of question {question.name[:60]!r} is ever shown"
            + (", but it must be answered." if dead else "."),
            "Mend the conditions of its choices.",
        )


def _conditional(question: Choose | Rating) -> tuple[Choice, ...]:
    """The choices where each has a condition; none where some have not, come from elsewhere, or are too many."""
    listed = question.choices if isinstance(question, Choose) else question.points
    if listed.special or listed.open or listed.from_question or len(listed.ordinary) > MOST_CHOICES:
        return ()
    if isinstance(question, Choose) and listed.hide_empty:
        return ()
    return listed.ordinary if all(choice.visible_if for choice in listed.ordinary) else ()


def _with(before: Needed, question: Question, choice: Choice) -> Needed:
    return Needed((*before.texts, (choice.visible_if or "true", question)), None)
