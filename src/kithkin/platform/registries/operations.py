"""What rooms show among the operations: a card each, on the page of administrators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Card:
    """How one part is: a sentence, another in small print, and whether an administrator has to look after it."""

    says: str
    more: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class OperationsCard:
    """One part: its title, and how it is now, in few statements that do not depend on how much there is."""

    title: str | Promise
    state: Callable[[], Card]
    position: int = 100


operations_cards: Registry[OperationsCard] = Registry(lambda card: (card.position, str(card.title)))
