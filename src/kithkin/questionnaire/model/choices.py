"""What can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kithkin.questionnaire.model.text import NOTHING, Localised


class Role(StrEnum):
    """What a choice is for."""

    ORDINARY = "ordinary"
    OTHER = "other"
    NONE = "none"
    REFUSE = "refuse"
    DONT_KNOW = "dontknow"


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One choice, row or column of a matrix, or point of a scale."""

    where: str
    value: Any
    text: Localised = NOTHING
    visible_if: str | None = None
    enable_if: str | None = None
    exclusive: bool = False
    role: Role = Role.ORDINARY
    score: float | None = None

    def said_in(self, language: str, own: str = "") -> str:
        """Its text in a language; its value where it has none."""
        return self.text.said_in(language, own) or ("" if self.value is None else str(self.value))


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Choices with what holds for all of them. `special` ("other", "none" …) stand last whatever the order.

    `open`: any short text is accepted, since the choices come from elsewhere. `other_apart`: what is written beside
    "other" has a key of its own.
    """

    ordinary: tuple[Choice, ...] = ()
    special: tuple[Choice, ...] = ()
    from_question: str | None = None
    from_mode: str = "all"
    from_values: str | None = None
    from_texts: str | None = None
    order: str = "none"
    visible_if: str | None = None
    enable_if: str | None = None
    open: bool = False
    hide_empty: bool = False
    select_all: bool = False
    other_text: Localised = NOTHING

    def of_role(self, role: Role) -> Choice | None:
        """The special choice of a role, where there is one."""
        return next((choice for choice in self.special if choice.role is role), None)
