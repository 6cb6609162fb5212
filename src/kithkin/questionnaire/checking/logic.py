"""Questions that nobody can ever see, by trying every combination of the answers that they depend on."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.expressions import ExpressionError, Functions
from kithkin.questionnaire.model.elements import Boolean, Choose, Element, Page, Question, Rating
from kithkin.questionnaire.replaying.levels import Level, Node, Plan
from kithkin.questionnaire.replaying.names import named_in, reached

MOST_TRIED = 2_000
MOST_TRIED_TOGETHER = 200_000
"""Answers tried for all elements together; of those that are left then, nobody can tell."""
MOST_CHOICES = 40
_FUNCTIONS = Functions()
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Needed:
    """What must hold for an element to be shown: each condition with the element that it stands at."""

    texts: tuple[tuple[str, Element], ...]
    never: Element | None


def unreachable(plan: Plan) -> Iterator[Finding]:
    """Elements that no answers ever show. Said once, at the outermost that is hidden."""
    hidden: set[int] = set()
    tries = Tries(plan)
    for node in plan.top.nodes:
        element = node.subject
        if not isinstance(element, Element):
            continue
        if node.parent in hidden:
            hidden.add(node.place)
            continue
        needed = needed_by(plan.top, node)
        if needed.never is not None:
            hidden.add(node.place)
            yield _never(
                element,
                "It is switched off (visible: false), and nothing shows it.",
                "Take it out, or give it visibleIf.",
            )
        elif element.visible_if is not None and not tries.possible(needed):
            hidden.add(node.place)
            yield _impossible(element, needed)


def needed_by(level: Level, node: Node) -> Needed:
    """All that must hold for what a node works out to be shown."""
    texts: list[tuple[str, Element]] = []
    at: Node | None = node
    while at is not None:
        element = at.subject
        if isinstance(element, Element):
            if element.visible_if is not None:
                texts.append((element.visible_if, element))
            elif not element.visible:
                return Needed((), element)
        at = level.nodes[at.parent] if at.parent >= 0 else None
    return Needed(tuple(texts), None)


class Tries:
    """Tries answers, and no more than so many for all elements together: of those that are left, nobody can tell."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.left = plan, MOST_TRIED_TOGETHER

    def possible(self, needed: Needed) -> bool:
        """Whether any answers fulfil every condition; True where that cannot be told."""
        domains = self._domains(needed)
        if domains is None:
            return True
        for tried in itertools.product(*domains.values()):
            self.left -= 1
            if self.left < 0 or _fulfil(self.plan, needed, dict(zip(domains, tried, strict=True))):
                return True
        return False

    def _domains(self, needed: Needed) -> dict[str, list[Any]] | None:
        """All answers to each question on which it depends; None where there are too many, or no end of them."""
        plan, domains = self.plan, dict[str, list[Any]]()
        texts = {text for text, _ in needed.texts}
        ahead = list(texts)
        while ahead:
            text = ahead.pop()
            for name in named_in(text, plan.expressions[text].names):
                key = reached(name, plan.top.keys)
                question = plan.by_key.get(key) if key is not None else None
                values = _answers(question) if question is not None else None
                if question is None or values is None or len(plan.top.keys[question.key.lower()]) > 1 or "." in name:
                    return None
                if question.key not in domains:
                    domains[question.key] = values
                    inner = needed_by(plan.top, plan.top.nodes[plan.top.place_of[question]])
                    ahead += [each for each, _ in inner.texts if each not in texts]
                    texts |= {each for each, _ in inner.texts}
                    if math.prod(map(len, domains.values())) > MOST_TRIED:
                        return None
        return domains


def _fulfil(plan: Plan, needed: Needed, answers: dict[str, Any]) -> bool:
    if not _all_hold(plan, needed, answers):
        return False
    for key, value in answers.items():
        if value is not None:
            question = plan.by_key[key.lower()]
            shown = needed_by(plan.top, plan.top.nodes[plan.top.place_of[question]])
            if shown.never is not None or not _all_hold(plan, shown, answers):
                return False
    return True


def _all_hold(plan: Plan, needed: Needed, answers: dict[str, Any]) -> bool:
    given = {key: value for key, value in answers.items() if value is not None}
    try:
        return all(plan.expressions[text].is_true(given, functions=_FUNCTIONS, now=_NOW) for text, _ in needed.texts)
    except ExpressionError:
        return True


def _answers(question: Question) -> list[Any] | None:  # noqa: PLR0911
    """Every answer that a question can have, none included; None where there is no end of them."""
    match question:
        case Boolean():
            return [None, question.yes, question.no]
        case Rating():
            return [None, *(point.value for point in question.points.ordinary)]
        case Choose():
            choices = question.choices
            values = [choice.value for choice in (*choices.ordinary, *choices.special)]
            if choices.open or choices.from_question or question.value_property or not values:
                return None
            if not question.multiple:
                return [None, *values] if len(values) <= MOST_CHOICES else None
            if len(values) > 8 or question.type == "ranking":
                return None
            sizes = range(1, len(values) + 1)
            return [None, *(list(some) for size in sizes for some in itertools.combinations(values, size))]
    return None


def _impossible(element: Element, needed: Needed) -> Finding:
    if len(needed.texts) > 1:
        said = "; ".join(f"{text[:80]!r}" for text, _ in needed.texts)
        what = f"{_kind(element)} is never shown: no answers fulfil all of {said}."
        return Finding(
            Severity.WARNING, Kind.CONTRADICTION, f"{element.where}/visibleIf", what, "Mend one of the conditions."
        )
    return _never(
        element, f"No answers fulfil {element.visible_if[:120]!r}." if element.visible_if else "", "Mend the condition."
    )


def _never(element: Element, why: str, advice: str) -> Finding:
    what = f"{_kind(element)} is never shown. {why}".strip()
    return Finding(Severity.WARNING, Kind.UNREACHABLE, element.where, what, advice)


def _kind(element: Element) -> str:
    word = "Page" if isinstance(element, Page) else "Question" if isinstance(element, Question) else "Panel"
    return f"{word} {element.name[:60]!r}"
