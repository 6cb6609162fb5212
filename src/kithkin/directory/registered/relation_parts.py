"""The six parts of a relation's page. A room that has something to say to one of them adds it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.directory.models import ServiceLink
    from kithkin.platform.models import User


class Part(Enum):
    """What hangs on a relation, in the order in which it is lived."""

    NEED = "need"
    PROMISE = "promise"
    DELIVERY = "delivery"
    EXPERIENCE = "experience"
    REPAIR = "repair"
    ANSWER = "answer"

    @property
    def label(self) -> str:
        """Its heading."""
        return str(_LABELS[self][0])

    @property
    def awaited(self) -> str:
        """What will stand here, said while nobody fills it."""
        return str(_LABELS[self][1])


_LABELS: dict[Part, tuple[str | Promise, str | Promise]] = {
    Part.NEED: (_("Need"), _("What the receiver needs, with the evidence.")),
    Part.PROMISE: (_("Promise"), _("What the two have agreed on will stand here.")),
    Part.DELIVERY: (_("Delivery"), _("Requests and figures will show here what is done.")),
    Part.EXPERIENCE: (_("Experience"), _("How the receiver finds it will be read here.")),
    Part.REPAIR: (_("Repair"), _("What went wrong, and how it is mended, will stand here.")),
    Part.ANSWER: (_("Answer"), _("What those who spoke were told will stand here.")),
}


@dataclass(frozen=True)
class RelationPart:
    """What one room brings: a template, and what fills it for this reader, or None where it has nothing to say."""

    part: Part
    template: str
    build: Callable[[User, ServiceLink], dict[str, Any] | None]
    position: int = 100


relation_parts: Registry[RelationPart] = Registry(lambda one: (list(Part).index(one.part), one.position, one.template))
