"""What the doctor finds, and how he says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Health(Enum):
    """`BROKEN` stops Kithkin from working; `LACKING` makes something poorer, or only the tests."""

    GOOD = "ok"
    LACKING = "note"
    BROKEN = "BROKEN"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it is, and what to do where it is not well."""

    health: Health
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.health.value:<7} {self.what}" + (f" {self.remedy}" if self.remedy else "")
