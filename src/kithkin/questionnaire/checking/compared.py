"""Values that conditions compare answers with, and that no choice has, or that a choice spells otherwise."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.checking import names
from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.expressions.comparing import same
from kithkin.questionnaire.expressions.nodes import Chain, Listed, Literal, Node, Variable
from kithkin.questionnaire.expressions.operators import name_of
from kithkin.questionnaire.expressions.parsing import parsed
from kithkin.questionnaire.model.choices import Choices, Role
from kithkin.questionnaire.model.elements import Boolean, Choose, Element, Matrix, Question, Rating, Repeated
from kithkin.questionnaire.model.questionnaire import Body, questions, walk
from kithkin.questionnaire.replaying.beside import is_apart
from kithkin.questionnaire.replaying.levels import Plan
from kithkin.questionnaire.replaying.options import spelled

_TRUE, _FALSE = "is never true", "is always true"
_ONE = {"equal": _TRUE, "unequal": _FALSE}
_SEVERAL = {"contains": _TRUE, "lacks": _FALSE, "any_of": _TRUE, "none_of": _FALSE, "all_of": _TRUE}
_LOCAL = ("panel.", "row.")
_SHOWN = 5
MOST_COMPARED = 300_000
"""Values of questions held against those in conditions, in one check: some seconds. What is left is not told."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, or a row of one, of whose answers all that there can be are known."""

    name: str
    values: tuple[Any, ...]
    several: bool


def compared(plan: Plan, told: frozenset[str]) -> Iterator[Finding]:
    """Comparisons with what is no answer. What is `told` to be never shown (its pointers) is not told again."""
    asked, left = _asked(plan.body), MOST_COMPARED
    for where, text in names.texts(plan.body):
        if where.rpartition("/")[0] in told or where in told:
            continue
        seen: set[tuple[str, str]] = set()
        for operator, name, literal in _comparisons(parsed(text).root):
            question = asked.get(name.lower())
            if question is None or literal.value in (None, "") or (name, spelled(literal.value)) in seen:
                continue
            seen.add((name, spelled(literal.value)))
            left -= len(question.values)
            if left < 0:
                return
            then = (_ONE | (_SEVERAL if question.several else {"any_of": _TRUE, "none_of": _FALSE})).get(operator)
            if then is not None:
                yield from _judged(where, name, literal.value, question, then)


def _judged(where: str, name: str, value: Any, question: _Asked, then: str) -> Iterator[Finding]:
    said = spelled(value)[:60]
    if any(spelled(each) == spelled(value) for each in question.values):
        return
    alike = next((each for each in question.values if same(each, value)), None)
    if alike is not None:
        what = f"It asks {{{name[:60]}}} for {said!r}, which {question.name[:60]!r} spells {spelled(alike)[:60]!r}."
        advice = "Spell it so: here they are equal, in other tools they are not."
        yield Finding(Severity.NOTE, Kind.CHOICES, where, what, advice)
        return
    what = f"No choice of {question.name[:60]!r} is {said!r}: what is asked of {{{name[:60]}}} with it {then}."
    yield Finding(Severity.WARNING, Kind.CHOICES, where, what, _nearest(said, question.values))


def _nearest(said: str, values: Sequence[Any]) -> str:
    known = [spelled(each) for each in values]
    small = {each.lower(): each for each in known}
    if near := difflib.get_close_matches(said.lower(), small, 1):
        return f"Did you mean {small[near[0]][:60]!r}?"
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"Name one that there is: {', '.join(each[:40] for each in known[:_SHOWN])}{more}."


def _comparisons(root: Node) -> Iterator[tuple[str, str, Literal]]:
    """Each operator between an answer and a value: the operator's name, the answer's, the value."""
    ahead = [root]
    while ahead:
        node = ahead.pop()
        ahead += node.parts()
        if not isinstance(node, Chain) or len(node.steps) != 1:
            continue
        operator, right = node.steps[0]
        left: Node = node.head
        if isinstance(right, Variable) and isinstance(left, Literal) and name_of(operator) in _ONE:
            left, right = right, left
        if isinstance(left, Variable):
            items = right.items if isinstance(right, Listed) else (right,)
            for each in items:
                if isinstance(each, Literal):
                    yield name_of(operator), left.name, each


def _asked(body: Body) -> Mapping[str, _Asked]:
    """By path, in small letters; a name that several have is left out."""
    found: dict[str, _Asked | None] = {}

    def add(path: str, asked: _Asked | None) -> None:
        found[path.lower()] = None if path.lower() in found else asked

    for question in questions(body.pages):
        for path, asked in _paths(question, body):
            add(path, asked)
    for repeated in walk(body.pages):
        if isinstance(repeated, Repeated):
            for question in questions(repeated.elements):
                for path, asked in _paths(question, body):
                    for local in _LOCAL:
                        add(f"{local}{path}", asked)
    return {path: asked for path, asked in found.items() if asked is not None}


def _paths(question: Question, body: Body) -> Iterator[tuple[str, _Asked | None]]:
    if isinstance(question, Matrix):
        values = _listed(question.columns)
        for row in question.rows.ordinary:
            yield f"{question.key}.{spelled(row.value)}", _known(question, values, several=question.multiple)
        return
    yield question.key, _of_question(question, body)


def _of_question(question: Question, body: Body) -> _Asked | None:
    match question:
        case Boolean():
            return _known(question, (question.yes, question.no), several=False)
        case Rating():
            return _known(question, _listed(question.points), several=False)
        case Choose():
            choices = question.choices
            written = choices.of_role(Role.OTHER) is not None and not is_apart(question, body)
            if choices.open or choices.from_question or question.value_property or written:
                return None
            return _known(question, _listed(choices), several=question.multiple)
    return None


def _listed(choices: Choices) -> tuple[Any, ...]:
    return tuple(each.value for each in (*choices.ordinary, *choices.special))


def _known(question: Element, values: tuple[Any, ...], *, several: bool) -> _Asked | None:
    return _Asked(question.name, values, several) if values else None
