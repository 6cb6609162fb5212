"""One replay: the answers as expressions see them, what time it is, who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kithkin.questionnaire.errors import BadExpression, TooLarge
from kithkin.questionnaire.expressions import ExpressionError, Found, Functions, Scope, pipe
from kithkin.questionnaire.expressions.scope import walk
from kithkin.questionnaire.model.elements import Boolean, Choose, Question, Rating
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.replaying.plan import Plan
from kithkin.questionnaire.replaying.result import Problem, Reason
from kithkin.questionnaire.replaying.seeds import Seed

MOST_WORK = 200_000
MOST_ITEMS = 10_000
"""Rows and panels of all repeated questions together, those within others included."""


@dataclass(slots=True)
class Session:
    """What stays the same during one replay, and what was refused on the way."""

    plan: Plan
    language: str
    now: datetime
    seed: Seed
    functions: Functions
    full: frozenset[str]
    embedded: Mapping[str, Any]
    refused: dict[str, list[Problem]] = field(default_factory=dict)
    quiet: bool = False
    items: int = 0
    work: int = 0

    def true(self, text: str, scope: Scope) -> bool:
        """Whether a condition holds."""
        self._spend()
        try:
            return self.plan.expressions[text].is_true(scope, functions=self.functions, now=self.now)
        except ExpressionError as error:
            raise _too_costly(text, error) from None

    def value(self, text: str, scope: Scope) -> Any:
        """What an expression comes to."""
        self._spend()
        try:
            return self.plan.expressions[text].evaluate(scope, functions=self.functions, now=self.now)
        except ExpressionError as error:
            raise _too_costly(text, error) from None

    def _spend(self) -> None:
        self.work += 1
        if self.work > MOST_WORK:
            raise TooLarge(
                "", f"With these answers more than {MOST_WORK:,} conditions have to be looked at.", "Ask less."
            )

    def room_for(self, count: int) -> int:
        """How many of so many rows or panels may still be asked for in this replay."""
        allowed = min(count, MOST_ITEMS - self.items)
        self.items += allowed
        return allowed

    def said(self, text: Localised, scope: Scope) -> str:
        """A text in the respondent's language, with the answers that it names put in."""
        said = text.said_in(self.language, self.plan.body.language)
        return pipe(said, scope) if "{" in said else said

    def refuse(self, path: str, reason: Reason) -> None:
        """Note that an answer does not count; nobody is to blame for a default that will not do (`quiet`)."""
        if self.quiet:
            return
        self.refused.setdefault(path, []).append(Problem(path, reason))


def _too_costly(text: str, error: ExpressionError) -> BadExpression:
    return BadExpression("", f"{text[:120]!r}: {error}.", "Make the expression simpler.")


class Answers(Scope):
    """The answers of the whole questionnaire; piping shows a choice's text in place of its value."""

    def __init__(self, values: Mapping[str, Any], session: Session) -> None:
        super().__init__(values)
        self.session = session

    def look(self, name: str) -> Found | None:
        """The answer at a path; rows and panels in which nothing was said are no answer."""
        found = super().look(name)
        if found is None or not isinstance(found.value, list) or not found.value:
            return found
        if all(each == {} for each in found.value):
            return Found([])
        question = self.session.plan.titles.get(name.lower())
        return found if question is None or question.type != "ranking" else Found(found.value, ordered=True)

    def text(self, name: str) -> str | None:
        """What piping shows for a path."""
        question = self.session.plan.titles.get(name.lower())
        shown = None if question is None else self._display(question, self.values.get(question.key))
        return super().text(name) if shown is None else str(shown)

    def display_value(self, question: str, value: Any = None) -> Any:
        """What the respondent reads for the answer of a question."""
        found = self.session.plan.top.named.get(question)
        if not isinstance(found, Question):
            return None
        answer = (
            self.values.get(found.key) if value is None or not isinstance(value, str | int | float | list) else value
        )
        shown = self._display(found, answer)
        return answer if shown is None else shown

    def property_value(self, question: str, name: str) -> Any:
        """A text of a question in the respondent's language, or another property as it was written."""
        found = self.session.plan.top.named.get(question)
        if found is None:
            return None
        said = {"title": found.title, "description": found.description, "requiredErrorText": found.required_text}
        if name in said:
            return self.session.said(said[name], self) or (found.name if name == "title" else None)
        written = found.raw.get(name)
        return written if isinstance(written, str | int | float) else None

    def comment(self, question: str, item: Any = None) -> Any:  # noqa: ARG002
        """What was written beside a question."""
        return self.values.get(f"{question}-Comment")

    def is_display_mode(self) -> bool | None:
        """Whether the questionnaire is only shown."""
        return self.session.plan.body.read_only

    def _display(self, question: Question, value: Any) -> str | None:
        match question:
            case Choose():
                choices = (*question.choices.ordinary, *question.choices.special)
            case Rating():
                choices = question.points.ordinary
            case Boolean():
                return self._yes_or_no(question, value)
            case _:
                return None
        own = self.session.plan.body.language
        texts = {choice.value: choice.said_in(self.session.language, own) for choice in choices}
        listed = value if isinstance(value, list) else [value]
        scalars = [each for each in listed if isinstance(each, str | int | float)]
        return ", ".join(texts.get(each, str(each)) for each in scalars) if scalars else None

    def _yes_or_no(self, question: Boolean, value: Any) -> str | None:
        if value is None:
            return None
        text = question.yes_text if value == question.yes else question.no_text
        german = self.session.language.startswith("de")
        words = ("Ja", "Nein") if german else ("Yes", "No")
        said = text.said_in(self.session.language, self.session.plan.body.language)
        return said or words[value != question.yes]


class Inside(Scope):
    """The answers of one row or panel, before those around it."""

    def text(self, name: str) -> str | None:
        """What piping shows for a path; outside, a choice's text in place of its value."""
        if self.around is None or walk(self.values, name) is not None:
            return super().text(name)
        return self.around.text(name)
