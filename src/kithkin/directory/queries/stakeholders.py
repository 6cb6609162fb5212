"""Those with a stake: on the grid of power and interest, and what is due about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Stakeholder
from kithkin.directory.models.days import today
from kithkin.directory.rules.stakeholders import can_see_stakeholders

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User

MUCH = 3
"""From this figure on power and interest count as much."""
SOON = timedelta(days=7)


class Quadrant(Enum):
    """What to do about them: by whether power is great, and interest."""

    SATISFY = "satisfy"
    MANAGE = "manage"
    MONITOR = "monitor"
    INFORM = "inform"

    @property
    def label(self) -> str:
        """As people call it."""
        return str(_LABELS[self])

    @property
    def levels(self) -> tuple[Sequence[int], Sequence[int]]:
        """Its rows of power from the top, and its columns of interest."""
        powers, interests = _SIDES[self]
        return powers, interests

    @property
    def condition(self) -> Q:
        """Who is in it."""
        powers, interests = self.levels
        return Q(power__in=powers, interest__in=interests)


_LABELS = {
    Quadrant.SATISFY: _("Keep satisfied"),
    Quadrant.MANAGE: _("Manage closely"),
    Quadrant.MONITOR: _("Monitor"),
    Quadrant.INFORM: _("Keep informed"),
}
_LITTLE_LEVELS, _MUCH_LEVELS = tuple(range(1, MUCH)), tuple(range(MUCH, 6))
_SIDES = {
    Quadrant.SATISFY: (_MUCH_LEVELS[::-1], _LITTLE_LEVELS),
    Quadrant.MANAGE: (_MUCH_LEVELS[::-1], _MUCH_LEVELS),
    Quadrant.MONITOR: (_LITTLE_LEVELS[::-1], _LITTLE_LEVELS),
    Quadrant.INFORM: (_LITTLE_LEVELS[::-1], _MUCH_LEVELS),
}


@dataclass(frozen=True)
class Cell:
    """One of the twenty-five."""

    power: int
    interest: int
    stakeholders: tuple[Stakeholder, ...]


@dataclass(frozen=True)
class ShownQuadrant:
    """A quadrant with its cells, from the top left."""

    quadrant: Quadrant
    cells: tuple[Cell, ...]
    count: int


def stakeholders_visible_to(user: User | AnonymousUser) -> QuerySet[Stakeholder]:
    """All of them, or none."""
    found = Stakeholder.objects.select_related("owner")
    return found if can_see_stakeholders(user) else found.none()


def on_grid(stakeholders: Sequence[Stakeholder]) -> list[ShownQuadrant]:
    """These, each in its cell."""
    by_place: dict[tuple[int, int], list[Stakeholder]] = {}
    for one in stakeholders:
        by_place.setdefault((one.power, one.interest), []).append(one)
    shown = []
    for quadrant in Quadrant:
        powers, interests = quadrant.levels
        cells = tuple(Cell(p, i, tuple(by_place.get((p, i), ()))) for p in powers for i in interests)
        shown.append(ShownQuadrant(quadrant, cells, sum(len(cell.stakeholders) for cell in cells)))
    return shown


def due_for(user: User) -> QuerySet[Stakeholder]:
    """What this user is to do about stakeholders within a week, the latest first."""
    soon = stakeholders_visible_to(user).filter(owner=user, next_step_due__lte=today() + SOON)
    return soon.exclude(next_step="").order_by("next_step_due", "pk")
