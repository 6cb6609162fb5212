"""Pieces of expressions of ours, on their way from LimeSurvey's."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.questionnaire.formats.infix import check_fits
from kithkin.questionnaire.formats.limesurvey.variables import Variable

COMPARED = {
    "==": "=", "eq": "=", "!=": "!=", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "<": "<", ">": ">",
    "<=": "<=", ">=": ">=",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of an expression of ours. Brackets are put around what is not `whole` when it becomes part of more."""

    text: str
    whole: bool = True
    moment: bool = False
    variable: Variable | None = None
    constant: str | int | float | None = None

    def __post_init__(self) -> None:
        check_fits(self.text)

    @property
    def inner(self) -> str:
        """As it can stand beside an operator."""
        return self.text if self.whole else f"({self.text})"


def with_constant(left: Said, operator: str, right: Said) -> Said | None:
    """A choice among several compared with Y or nothing; an answer compared with nothing."""
    variable, constant = left.variable, right.constant
    if variable is None or constant is None or operator not in {"=", "!="}:
        return None
    blank = isinstance(constant, str) and not constant.strip()
    if blank:
        return Said(variable.empty, whole=False) if operator == "=" else Said(f"!({variable.empty})")
    if variable.chosen is not None and constant == "Y":
        return Said(variable.chosen, whole=False) if operator == "=" else Said(f"!({variable.chosen})")
    return None
