"""A survey of LimeSurvey as it is held in its files, whatever their version: texts by language, one place for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_POINTS = 1e12
Texts = dict[str, str]
"""A text in each language."""


@dataclass(slots=True)
class Part:
    """A subquestion or an answer. `points` is what an assessment counts for it."""

    code: str
    texts: Texts = field(default_factory=dict)
    scale: str = "0"
    relevance: str = ""
    points: str = ""
    id: str = ""
    order: float = 0

    @property
    def counted(self) -> float:
        """Its points as a number; none where they are no number, or beyond all reckoning.

        >>> Part("A1", points="2.0").counted, Part("A2", points="many").counted
        (2, 0)
        """
        try:
            found = float(self.points)
        except ValueError:
            return 0
        if not abs(found) < MOST_POINTS:
            return 0
        return int(found) if found == int(found) else found


@dataclass(slots=True)
class Default:
    """An answer that is given beforehand: of a subquestion, of "other", or of the whole."""

    texts: Texts
    part: str = ""
    special: str = ""


@dataclass(slots=True)
class Asked:
    """A question."""

    code: str
    type: str
    id: str = ""
    texts: Texts = field(default_factory=dict)
    helps: Texts = field(default_factory=dict)
    scripts: Texts = field(default_factory=dict)
    other: bool = False
    mandatory: str = "N"
    relevance: str = ""
    pattern: str = ""
    attributes: dict[str, Texts] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    answers: list[Part] = field(default_factory=list)
    defaults: list[Default] = field(default_factory=list)
    order: float = 0

    def attribute(self, name: str) -> str:
        """An attribute's value: without a language, else in any."""
        found = self.attributes.get(name, {})
        return (found.get("") or next((said for said in found.values() if said), "")).strip()

    def has(self, name: str) -> bool:
        """Whether an attribute is switched on."""
        return self.attribute(name).upper() in {"1", "Y"}

    def number(self, name: str) -> float | None:
        """An attribute that is a number."""
        try:
            found = float(self.attribute(name).replace(",", "."))
        except ValueError:
            return None
        return (int(found) if found == int(found) else found) if abs(found) < 1e15 else None

    def of_scale(self, scale: str, parts: list[Part] | None = None) -> list[Part]:
        """Subquestions of one scale, or other parts: rows are 0, columns 1."""
        return [part for part in (self.parts if parts is None else parts) if part.scale == scale]


@dataclass(slots=True)
class Group:
    """A group of questions."""

    id: str
    names: Texts = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    relevance: str = ""
    random: str = ""
    questions: list[Asked] = field(default_factory=list)
    order: float = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the older kind: the question `of` is shown where `field` compares so with `value`."""

    of: str
    field: str
    method: str
    value: str
    scenario: str = "1"


@dataclass(slots=True)
class Quota:
    """How many of a kind are wanted. `members` are pairs of a question's id and a code."""

    name: str
    limit: str
    action: str = "1"
    active: bool = True
    messages: Texts = field(default_factory=dict)
    url: str = ""
    members: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Assessment:
    """What is said about points within bounds: of the whole (T) or of a group (G)."""

    scope: str
    group: str
    least: str
    most: str
    names: Texts = field(default_factory=dict)
    messages: Texts = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    """The whole."""

    language: str = "en"
    languages: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Texts] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    quotas: list[Quota] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def questions(self) -> Iterator[Asked]:
        """Every question, in order."""
        for group in self.groups:
            yield from group.questions
