"""The second writer of a record sees both: what they wrote, and what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm


@dataclass(frozen=True)
class Difference:
    """One field that two people wrote differently."""

    label: str
    yours: str
    now: str


def differences(form: BaseForm, now: BaseForm) -> list[Difference]:
    """Where what was sent differs from the record as a fresh form shows it."""
    found = []
    for field in form:
        yours, there = _read(field.value()), _read(now[field.name].value())
        if yours != there:
            found.append(Difference(str(field.label), yours, there))
    return found


def _read(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    return "" if value is None else str(value)
