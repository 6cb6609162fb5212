"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: respondents cannot get through; something is not as it seems to be meant; worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Kind(StrEnum):
    """What is wrong."""

    EXPRESSION = "expression"
    UNDEFINED = "undefined name"
    CYCLE = "cycle"
    UNREACHABLE = "unreachable"
    CONTRADICTION = "contradiction"
    DEAD_END = "dead end"
    CHOICES = "choices"
    TWICE = "twice"
    TRANSLATION = "translation"
    LENGTH = "length"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: where (a JSON pointer), what, and what to do."""

    severity: Severity
    kind: Kind
    where: str
    what: str
    advice: str

    def to_dict(self) -> dict[str, str]:
        """The finding as JSON types."""
        return {
            "severity": str(self.severity),
            "kind": str(self.kind),
            "where": self.where,
            "what": self.what,
            "advice": self.advice,
        }
