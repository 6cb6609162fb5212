"""How elements stand while a replay goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kithkin.questionnaire.expressions import Scope
from kithkin.questionnaire.replaying.begun import NOTHING, Begun
from kithkin.questionnaire.replaying.options import Option, Options

if TYPE_CHECKING:
    from kithkin.questionnaire.replaying.settling import Settling


@dataclass(slots=True)
class Item:
    """One row or panel of a repeated question."""

    path: str
    scope: Scope
    settling: Settling
    shown: bool
    values: dict[str, Any]
    option: Option | None = None


@dataclass(slots=True)
class State:
    """How an element stands."""

    shown: bool
    enabled: bool
    options: Options | None = None
    rows: Options | None = None
    sets: tuple[tuple[Option, ...], ...] = ()
    begun: Begun = NOTHING
    items: list[Item] = field(default_factory=list)
