"""What a higher room draws onto the service map: the weak link, figures in the boxes, and a sentence as its title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from kithkin.platform.models import User


@dataclass(frozen=True)
class MapMarks:
    """`finding` is the map's title where it is given.

    The relations of `weak` are drawn thick and labelled `cost`, those of `onward`, by which it reaches the customer,
    less so. `figures` are written into boxes by key ("unit-7").
    """

    finding: str = ""
    weak: frozenset[int] = frozenset()
    onward: frozenset[int] = frozenset()
    cost: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    legend: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapMarker:
    """`marks(user)` is what this user may see of it, or None."""

    marks: Callable[[User], MapMarks | None]
    position: int = 100


map_markers: Registry[MapMarker] = Registry(lambda marker: marker.position)


def marks_for(user: User) -> MapMarks:
    """What is drawn onto the map for this user."""
    return next((found for marker in map_markers if (found := marker.marks(user)) is not None), MapMarks())
