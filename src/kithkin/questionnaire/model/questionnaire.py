"""The questionnaire: its pages, what happens on the way, and the JSON that it came from."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.model.elements import Container, Element, Page, Question, Repeated
from kithkin.questionnaire.model.ours import Completion, Ours
from kithkin.questionnaire.model.text import Localised

FORMAT = "kithkin.questionnaire"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that this release does not know. It stays in the JSON and decides nothing."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Calculated:
    """A value computed from answers."""

    where: str
    name: str
    expression: str | None
    stored: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that happens when an expression is true. `target` is the question that is set or gone to."""

    where: str
    type: str
    expression: str | None
    target: str = ""
    value: Any = None
    source: str = ""
    run: str | None = None
    variable: bool = False


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True, kw_only=True)
class Body:
    """What was read, as it is handed to `Questionnaire`."""

    where: str
    title: Localised
    language: str
    pages: tuple[Page, ...]
    calculated: tuple[Calculated, ...]
    triggers: tuple[Trigger, ...]
    completion: tuple[Completion, ...]
    order: str
    longest_text: int
    longest_comment: int
    read_only: bool
    other_apart: bool
    required_text: Localised
    ours: Ours
    kept: tuple[Kept, ...]


def walk(elements: tuple[Element, ...], *, inside: bool = True) -> Iterator[Element]:
    """Every element in order, containers before what is in them; `inside` goes into repeated questions too."""
    stack = list(reversed(elements))
    while stack:
        element = stack.pop()
        yield element
        if isinstance(element, Container) or (inside and isinstance(element, Repeated)):
            stack.extend(reversed(element.elements))


def questions(elements: tuple[Element, ...], *, inside: bool = False) -> Iterator[Question]:
    """Every question in order."""
    return (element for element in walk(elements, inside=inside) if isinstance(element, Question))


def copied(source: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of JSON values that may be changed."""
    return copy.deepcopy(dict(source))
