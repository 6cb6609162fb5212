"""A rule that was understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from kithkin.directory.registries.segment_fields import Operator, SegmentField, Value


class Mode(Enum):
    """How the parts of a group go together."""

    ALL = "all"
    ANY = "any"
    NONE = "none"

    @property
    def label(self) -> str:
        """As the builder shows it."""
        return str(_LABELS[self])


_LABELS = {Mode.ALL: _("all of these"), Mode.ANY: _("any of these"), Mode.NONE: _("none of these")}


@dataclass(frozen=True)
class Condition:
    """One field compared with one value."""

    field: SegmentField
    operator: Operator
    value: Value = None

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        kept: dict[str, Any] = {"field": self.field.key, "operator": self.operator.value}
        if self.operator.takes_a_value:
            kept["value"] = _plain(self.value)
        return kept


@dataclass(frozen=True)
class Group:
    """Conditions and groups that hold together; never empty."""

    mode: Mode
    parts: tuple[Condition | Group, ...]

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {self.mode.value: [part.to_json() for part in self.parts]}

    def conditions(self) -> Iterator[Condition]:
        """Every condition in it, in reading order."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.conditions()
            else:
                yield part


Rule = Group
"""The group at the top."""


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
