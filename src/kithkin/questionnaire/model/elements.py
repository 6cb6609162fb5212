"""Pages, panels and questions: what the engine reads of them. `raw` is the JSON that they were read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.text import Localised


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Element:
    """What pages, panels and questions have in common. Expressions are texts; None where there is none."""

    where: str
    raw: Mapping[str, Any]
    type: str
    name: str
    title: Localised
    description: Localised
    visible: bool
    visible_if: str | None
    enable_if: str | None
    read_only: bool
    required: bool
    required_if: str | None
    required_text: Localised


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Container(Element):
    """A page or a panel."""

    elements: tuple[Element, ...]
    order: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page(Container):
    """One page."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel(Container):
    """Questions that belong together on a page."""


@dataclass(frozen=True, slots=True)
class Validator:
    """What an answer must fulfil. `settings` holds its bounds as they were read."""

    where: str
    type: str
    text: Localised
    settings: Mapping[str, Any]
    expression: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question(Element):
    """Anything that can have an answer. `key` is where the answer is stored."""

    key: str
    default: Any
    default_expression: str | None
    set_if: str | None
    set_expression: str | None
    reset_if: str | None
    validators: tuple[Validator, ...]
    comment: bool
    correct: Any


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unknown(Question):
    """A type that this release does not know: kept, shown as nothing, any answer to it refused."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shown(Question):
    """HTML or a picture: shown, never answered."""

    html: Localised


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Computed(Question):
    """An expression question: its answer is computed, whatever is handed in."""

    expression: str | None
    precision: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bounds:
    """The least and the most, as values or as expressions, and the step between allowed answers."""

    least: Any
    most: Any
    least_if: str | None
    most_if: str | None
    least_text: Localised
    most_text: Localised
    step: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Text(Question):
    """One line, or several (`type` is comment). `longest` None: as the questionnaire says; 0: no limit."""

    input: str
    longest: int | None
    placeholder: Localised
    bounds: Bounds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slider(Question):
    """A point on a line, or a stretch of it (`range`)."""

    range: bool
    bounds: Bounds
    shortest: float | None
    longest: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Boolean(Question):
    """Yes or no, each with the answer that stands for it."""

    yes: Any
    no: Any
    yes_text: Localised
    no_text: Localised


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choose(Question):
    """One of several choices, some of them (`multiple`), or all in an order (type ranking)."""

    choices: Choices
    multiple: bool
    fewest: int
    most: int
    value_property: str | None
    partial: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rating(Question):
    """A point on a scale; `points` are its choices."""

    points: Choices
    lowest_text: Localised
    highest_text: Localised
    look: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matrix(Question):
    """One choice, or some, in each of several rows. The answer is an object: row → column."""

    rows: Choices
    columns: Choices
    multiple: bool
    every_row: bool
    unique: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Repeated(Question):
    """Questions that are asked again and again: `elements` is what is asked each time."""

    elements: tuple[Element, ...]
    unique: frozenset[str]
    unique_text: Localised


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NamedRows(Repeated):
    """A matrix with a small question in each cell of named rows. The answer is an object: row → {column: answer}."""

    rows: Choices
    columns: int
    every_row: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Growing(Repeated):
    """Rows or panels that the respondent adds. The answer is a list of objects; `scope` is "row" or "panel"."""

    scope: str
    columns: int
    first: int
    fewest: int
    most: int
    item_title: Localised
    item_visible_if: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MultipleText(Question):
    """Several short texts. The answer is an object: name → text."""

    fields: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class File(Question):
    """Files, each an object with `name`, `type` and `content`."""

    multiple: bool
    accepted: tuple[str, ...]
    largest: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Signature(Question):
    """A picture of a signature, as a data address."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConstantSum(Question):
    """Points shared out among choices. The answer is an object: choice → points."""

    choices: Choices
    total: float
    least: float
    most: float | None
    step: float
    total_text: Localised


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MaxDiff(Question):
    """The best and the worst of small sets. The answer is a list, one {"best", "worst"} for each set in order."""

    choices: Choices
    set_size: int
    set_count: int
    best_text: Localised
    worst_text: Localised
