"""What a replay finds: what is to be shown, what is wrong, what counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kithkin.questionnaire.model.choices import Role
from kithkin.questionnaire.model.elements import Page, Panel, Question


class Reason(StrEnum):
    """Why an answer does not do, or does not count."""

    REQUIRED = "required"
    INVALID = "invalid"
    HIDDEN = "hidden"
    DISABLED = "disabled"
    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong type"
    NOT_A_CHOICE = "not a choice"
    NOT_ALONE = "not alone"
    TOO_LONG = "too long"
    TOO_MANY = "too many"


BLOCKING = frozenset({Reason.WRONG_TYPE, Reason.NOT_A_CHOICE, Reason.NOT_ALONE, Reason.TOO_LONG, Reason.TOO_MANY})
"""Refusals after which the question must be answered anew; the others only leave out what does not count."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an answer. `question` is its path: "q", "panel[0].q", "matrix.row.column"."""

    question: str
    reason: Reason
    message: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A choice, row or column as it is shown."""

    value: Any
    text: str
    enabled: bool = True
    exclusive: bool = False
    role: Role = Role.ORDINARY


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One row or panel of a repeated question."""

    path: str
    title: str
    elements: tuple[ShownElement, ...]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as it is shown."""

    question: Question
    path: str
    title: str
    description: str
    required: bool
    enabled: bool
    value: Any
    comment: str | None = None
    choices: tuple[ShownChoice, ...] = ()
    rows: tuple[ShownChoice, ...] = ()
    items: tuple[ShownItem, ...] = ()
    sets: tuple[tuple[ShownChoice, ...], ...] = ()
    html: str = ""


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel as it is shown."""

    panel: Panel
    title: str
    description: str
    elements: tuple[ShownElement, ...]


ShownElement = ShownQuestion | ShownPanel


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as it is shown."""

    page: Page
    name: str
    title: str
    description: str
    elements: tuple[ShownElement, ...]


@dataclass(frozen=True, slots=True)
class End:
    """What is said at the end, and where the respondent goes from there."""

    title: str
    html: str
    url: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What the server found.

    `visible` holds the path of every question that is shown; `errors` what stands between here and the end; `refused`
    what was handed in and does not count; `values` the answers that do, as they are to be stored; `next_page` the first
    page on which something is wrong or missing; `progress` the share of questions that are answered, 0…1; `quotas` the
    quotas that the respondent belongs to, and `full` the one that ended it. Of the pages and questions in `shortened`
    texts end with "…", for with the answers in them they are too long.
    """

    pages: tuple[ShownPage, ...]
    visible: frozenset[str]
    errors: tuple[Problem, ...]
    values: Mapping[str, Any]
    complete: bool
    refused: tuple[Problem, ...] = ()
    next_page: str | None = None
    progress: float = 0.0
    quotas: frozenset[str] = frozenset()
    full: str | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    end: End | None = None
    shortened: tuple[str, ...] = ()
