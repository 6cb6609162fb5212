"""The second writer of a record sees both: what they wrote, and what stands there now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.forms import BaseForm, BoundField
from django.forms.widgets import ChoiceWidget


@dataclass(frozen=True)
class Difference:
    """One field that two people wrote differently."""

    label: str
    yours: str
    now: str


def differences(form: BaseForm, now: BaseForm, names: Collection[str] | None = None) -> list[Difference]:
    """Where what was sent differs from the record as a fresh form shows it; of some fields only, where named."""
    found = []
    for field in form:
        if names is not None and field.name not in names:
            continue
        yours, there = _read(field), _read(now[field.name])
        if yours != there:
            found.append(Difference(str(field.label), yours, there))
    return found


def _read(field: BoundField) -> str:
    """The value as the field shows it: of a choice, its words."""
    value = field.value()
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(field.field.widget, ChoiceWidget):
        return ", ".join(str(one.data["label"]) for one in field.subwidgets if one.data["selected"])
    return "" if value is None else str(value)
