"""What a plan is made of: levels, on each of them nodes to be worked out, and the conditions under which pages end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.expressions import Expression
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Element, Question
from kithkin.questionnaire.model.questionnaire import Body, Calculated, Trigger


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether all that is in a page, a panel or a dynamic panel will do: decided once, after all that is in it."""

    of: Element


Subject = Element | Calculated | Readiness | str
"""What a node works out: an element, a calculated value, whether something is ready, or a variable by its name."""


@dataclass(frozen=True, slots=True)
class End:
    """A condition under which a page is left out. `quota`: once this one is full; `left`: the pages of which one
    must have been shown, since a trigger acts when a page is left: the place of each, and those of the questions of
    which one must be shown for it to be; `target`: what must be there to go to;
    `after`: the last page on which it depends; `unless`: what comes after it and goes elsewhere from the same page.
    """

    text: str | None
    quota: str | None = None
    left: tuple[tuple[int, tuple[int, ...]], ...] = ()
    target: Element | None = None
    after: int = -1
    unless: tuple[End, ...] = ()


@dataclass(slots=True)
class Node:
    """One thing to be worked out. `ends` are conditions under any of which a page is left out."""

    place: int
    subject: Subject
    parent: int
    page: int
    sets: list[Trigger] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)


@dataclass(slots=True)
class Level:
    """Elements that share one set of names: the whole questionnaire, or what is asked again in a row or panel."""

    prefix: str
    nodes: list[Node] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    rings: list[list[int]] = field(default_factory=list)
    place_of: dict[Element, int] = field(default_factory=dict)
    keys: dict[str, list[int]] = field(default_factory=dict)
    named: dict[str, Element] = field(default_factory=dict)
    inner: dict[Element, Level] = field(default_factory=dict)


@dataclass(eq=False)
class Plan:
    """Everything about a questionnaire that does not depend on answers. Shared by replays and threads."""

    body: Body
    expressions: dict[str, Expression] = field(default_factory=dict)
    top: Level = field(default_factory=lambda: Level(""))
    fixed: dict[Choices, Any] = field(default_factory=dict)
    by_key: dict[str, Question] = field(default_factory=dict)
