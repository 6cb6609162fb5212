"""A journey as a whole."""

from __future__ import annotations

from enum import Enum

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kithkin.directory.events.journeys import JourneyAdded, JourneyChanged, JourneyRemoved
from kithkin.directory.models import Journey, Stage
from kithkin.platform import audit
from kithkin.platform.events import publish


class JourneyNameTaken(Exception):
    """There is one of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is a journey called “%(name)s” already. Choose another name.") % {"name": name})


class Start(Enum):
    """With which stages a journey begins."""

    EMPTY = ""
    CUSTOMER = "customer"
    EMPLOYEE = "employee"


STAGES = {
    Start.EMPTY: (),
    Start.CUSTOMER: (
        (gettext_lazy("Need"), gettext_lazy("I find out quickly whether they can help me.")),
        (gettext_lazy("Choice"), gettext_lazy("I can compare, and nobody presses me.")),
        (gettext_lazy("Purchase"), gettext_lazy("It is simple, and the price is the one I was told.")),
        (gettext_lazy("Delivery"), gettext_lazy("It comes when it was promised, whole and complete.")),
        (gettext_lazy("Use"), gettext_lazy("It does what I bought it for.")),
        (gettext_lazy("Help"), gettext_lazy("Somebody listens, once, and mends it.")),
        (gettext_lazy("Renewal"), gettext_lazy("Staying is worth more than looking elsewhere.")),
        (gettext_lazy("Lost"), gettext_lazy("I am asked why, and may go in peace.")),
    ),
    Start.EMPLOYEE: (
        (gettext_lazy("Application"), gettext_lazy("I hear back, and I know where I stand.")),
        (gettext_lazy("First days"), gettext_lazy("My desk, my log-in and somebody to ask are there.")),
        (gettext_lazy("Settling in"), gettext_lazy("I know what is expected of me.")),
        (gettext_lazy("Work"), gettext_lazy("Other departments give me what I need to serve mine.")),
        (gettext_lazy("Growth"), gettext_lazy("I learn, and it is seen.")),
        (pgettext_lazy("stage of a journey", "Change"), gettext_lazy("I am told why, and in time.")),
        (gettext_lazy("Lost"), gettext_lazy("I am asked why, and thanked.")),
    ),
}
"""Each stage with what people expect there, in their words; the last one is where they leave."""


@transaction.atomic
def add_journey(*, name: str, side: str, outcome: str = "", start: Start = Start.EMPTY) -> Journey:
    """A new journey, with the stages of a template or with none."""
    _check_name(name, None)
    journey = Journey.objects.create(name=name, side=side, outcome=outcome)
    stages = STAGES[start]
    made = Stage.objects.bulk_create(
        Stage(
            journey=journey,
            name=str(stage),
            expectation=str(expected),
            position=position,
            is_lost=position == len(stages) - 1,
        )
        for position, (stage, expected) in enumerate(stages)
    )
    audit.record_created(made)
    publish(JourneyAdded(journey.pk))
    return journey


@transaction.atomic
def change_journey(*, journey: Journey, name: str, side: str, outcome: str = "") -> Journey:
    """Another name, side or question."""
    _check_name(name, journey)
    journey.name, journey.side, journey.outcome = name, side, outcome
    journey.save()
    publish(JourneyChanged(journey.pk))
    return journey


@transaction.atomic
def remove_journey(*, journey: Journey) -> None:
    """Draw it no longer; its touchpoints stay where they are."""
    publish(JourneyRemoved(journey.pk))
    journey.delete()


def _check_name(name: str, journey: Journey | None) -> None:
    others = Journey.objects.exclude(pk=journey.pk) if journey else Journey.objects.all()
    if others.filter(name=name).exists():
        raise JourneyNameTaken(name)
