"""Conditions as people read them: questions by their numbers, choices by their texts, operators as words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from kithkin.questionnaire.expressions import Expression, Functions
from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.nodes import Chain, Emptiness, Listed, Literal, Negated, Node, Variable
from kithkin.questionnaire.expressions.operators import name_of
from kithkin.questionnaire.expressions.parsing import Parsed, parsed
from kithkin.questionnaire.formats.paper.words import Word, spoken
from kithkin.questionnaire.formats.wording import plainly
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choice, Choices
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.replaying.options import spelled

LONGEST = 80
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_BRACES = re.compile(r"\{#?([^{}]{1,200})\}")
_JOINED = {"and": Word.AND, "or": Word.OR}
_COMPARED = {
    "equal": Word.IS, "unequal": Word.IS_NOT, "greater": Word.MORE, "greater_or_equal": Word.AT_LEAST,
    "less": Word.LESS, "less_or_equal": Word.AT_MOST, "contains": Word.HAS, "lacks": Word.LACKS,
    "any_of": Word.ONE_OF, "none_of": Word.NONE_OF, "all_of": Word.HAS,
}  # fmt: skip


_TURNED = {
    Word.IS: Word.IS, Word.IS_NOT: Word.IS_NOT, Word.MORE: Word.LESS, Word.LESS: Word.MORE,
    Word.AT_LEAST: Word.AT_MOST, Word.AT_MOST: Word.AT_LEAST,
}  # fmt: skip
"""What is said of the question where the value stands before it: 'n' = {region}, as filters of XLSForm have it."""


class _Unsaid(Exception):
    """A part for which there are no words."""


@dataclass(frozen=True)
class Conditions:
    """Says conditions in one language. `numbers` and `asked` are the questions by name, `inner` those within one."""

    language: str
    otherwise: str
    numbers: Mapping[str, int]
    asked: Mapping[str, Question]
    inner: Mapping[str, Question]
    _choices: dict[Choices, dict[str, Choice]] = field(default_factory=dict)

    def has_words(self, expression: str) -> bool:
        """Whether there are words for all of it."""
        try:
            return bool(self._said(parsed(expression).root))
        except (_Unsaid, ExpressionError):
            return False

    def in_words(self, expression: str) -> str:
        """The condition; where there are no words for it, as it is written, with the questions' numbers."""
        try:
            return self._said(parsed(expression).root)
        except (_Unsaid, ExpressionError):
            return _BRACES.sub(lambda found: self._place(found[1]), expression)

    def _said(self, node: Node) -> str:
        match _affirmed(node):
            case Emptiness(operand=Variable() as variable, wanted=wanted):
                word = Word.NOT_ANSWERED if wanted else Word.ANSWERED
                return f"{self._place(variable.name)} {spoken(word, self.language)}"
            case Negated(operand=operand):
                return f"{spoken(Word.NOT, self.language)} ({self._said(operand)})"
            case Chain() as chain:
                return self._chain(chain)
            case Literal(value=bool(value)):
                return spoken(Word.ALWAYS if value else Word.NEVER, self.language)
        raise _Unsaid

    def _chain(self, node: Chain) -> str:
        names = {name_of(operator) for operator, _ in node.steps}
        if len(names) == 1 and (word := _JOINED.get(next(iter(names)))):
            return self._joined(word, [self._part(each) for each in (node.head, *(other for _, other in node.steps))])
        if len(node.steps) != 1:
            raise _Unsaid
        operator, other = node.steps[0]
        if isinstance(node.head, Literal) and isinstance(other, Literal):
            holds = Expression("", Parsed(node)).is_true({}, functions=Functions(), now=_ANY_TIME)
            return spoken(Word.ALWAYS if holds else Word.NEVER, self.language)
        return self._compared(node.head, _COMPARED.get(name_of(operator)), other)

    def _joined(self, word: Word, parts: list[str]) -> str:
        """Parts with a word between them, each once; those left out that decide nothing."""
        deciding, idle = (Word.NEVER, Word.ALWAYS) if word is Word.AND else (Word.ALWAYS, Word.NEVER)
        decided, idle_words = spoken(deciding, self.language), spoken(idle, self.language)
        if decided in parts:
            return decided
        return f" {spoken(word, self.language)} ".join(
            [each for each in dict.fromkeys(parts) if each != idle_words] or [idle_words]
        )

    def _part(self, node: Node) -> str:
        """A part of several: in brackets where it has parts of its own."""
        node = _affirmed(node)
        said = self._said(node)
        inner = isinstance(node, Chain) and any(name_of(operator) in _JOINED for operator, _ in node.steps)
        return f"({said})" if inner else said

    def _compared(self, left: Node, word: Word | None, right: Node) -> str:
        if word in _TURNED and isinstance(left, Literal) and isinstance(right, Variable):
            left, word, right = right, _TURNED[word], left
        if word is None or not isinstance(left, Variable):
            raise _Unsaid
        place = self._place(left.name)
        if isinstance(right, Variable):
            return f"{place} {spoken(word, self.language)} {self._place(right.name)}"
        items = right.items if isinstance(right, Listed) else (right,)
        values = ", ".join(self._value(left.name, each) for each in items)
        return f"{place} {spoken(word, self.language)} {values}"

    def _value(self, path: str, node: Node) -> str:
        if not isinstance(node, Literal):
            raise _Unsaid
        said = self._choice(path, node)
        if said is None and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return f"{node.value:g}"
        return spoken(Word.QUOTED, self.language, _short(plainly(str(node.value) if said is None else said)))

    def title(self, question: Question) -> str:
        """What a question is called; for the answers in it stands what they answer, or dots."""
        return _short(_BRACES.sub(lambda found: f"[{self._answer(found[1].strip())}]", self._called(question)))

    def _called(self, question: Question) -> str:
        return plainly(question.title.said_in(self.language, self.otherwise)) or question.name

    def _answer(self, path: str) -> str:
        """What stands for an answer in a title: of a title in a title no more than dots, as they may go in circles."""
        if (number := self.numbers.get(path.partition(".")[0])) is not None:
            return spoken(Word.ANSWER, self.language, number)
        inner = self._within(path)
        return "…" if inner is None else _BRACES.sub("…", self._called(inner))

    def _within(self, path: str) -> Question | None:
        """The question of the same repetition that a path means."""
        name, _, rest = path.strip().partition(".")
        return self.inner.get(rest) if name.lower() in {"panel", "row"} else None

    def _choice(self, path: str, node: Literal) -> str | None:
        """The text of a choice by its value; yes and no where there are but these."""
        question = self._within(path) or self.asked.get(path.partition(".")[0])
        if isinstance(question, model.Boolean):
            for value, text, word in (
                (question.yes, question.yes_text, Word.YES),
                (question.no, question.no_text, Word.NO),
            ):
                if str(node.value).lower() == str(value).lower():
                    return text.said_in(self.language, self.otherwise) or spoken(word, self.language)
        choices = question.columns if isinstance(question, model.Matrix) else getattr(question, "choices", None)
        return self._text(choices, node.value) if isinstance(choices, Choices) else None

    def _text(self, choices: Choices, value: object) -> str | None:
        if choices not in self._choices:
            listed = reversed((*choices.ordinary, *choices.special))
            self._choices[choices] = {spelled(each.value): each for each in listed}
        chosen = self._choices[choices].get(spelled(value))
        return None if chosen is None else chosen.said_in(self.language, self.otherwise) or spelled(value)

    def _place(self, path: str) -> str:
        """A question by its number, and a row of it by its text."""
        name, _, rest = path.strip().partition(".")
        if (inner := self._within(path)) is not None:
            return spoken(Word.QUOTED, self.language, self.title(inner))
        number = self.numbers.get(name)
        if number is None:
            return path
        found = spoken(Word.QUESTION, self.language, number)
        rows = getattr(self.asked.get(name), "rows", None)
        row = self._text(rows, rest) if rest and isinstance(rows, Choices) else None
        return f"{found} ({row or rest})" if rest else found


def _affirmed(node: Node) -> Node:
    """Without what is denied twice."""
    while isinstance(node, Negated) and isinstance(node.operand, Negated):
        node = node.operand.operand
    return node


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"
