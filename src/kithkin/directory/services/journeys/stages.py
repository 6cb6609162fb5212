"""The stages of a journey, in their order."""

from __future__ import annotations

from copy import copy

from django.db import transaction
from django.utils.translation import gettext as _

from kithkin.directory.events.journeys import JourneyChanged
from kithkin.directory.models import Journey, Stage
from kithkin.platform import audit
from kithkin.platform.events import publish


class StageNameTaken(Exception):
    """The journey has one of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("This journey has a stage called “%(name)s” already. Choose another name.") % {"name": name})


@transaction.atomic
def add_stage(*, journey: Journey, name: str, expectation: str = "", is_lost: bool = False) -> Stage:
    """One more, at the end of its kind."""
    stages = in_order(journey)
    _check_name(journey, name, None)
    stage = Stage.objects.create(
        journey=journey, name=name, expectation=expectation, is_lost=is_lost, position=len(stages)
    )
    publish(JourneyChanged(journey.pk))
    return stage


@transaction.atomic
def change_stage(*, stage: Stage, name: str, expectation: str = "", is_lost: bool = False) -> Stage:
    """Another name, another expectation; or people leave here."""
    _check_name(stage.journey, name, stage)
    stage.name, stage.expectation, stage.is_lost = name, expectation, is_lost
    stage.save()
    publish(JourneyChanged(stage.journey_id))
    return stage


@transaction.atomic
def move_stage(*, stage: Stage, by: int) -> None:
    """One place earlier (−1) or later (1) among its kind; at the end it stays."""
    stages = in_order(stage.journey)
    kind = [one for one in stages if one.is_lost == stage.is_lost]
    here = next((place for place, one in enumerate(kind) if one.pk == stage.pk), None)
    if here is None or not 0 <= here + by < len(kind):
        return
    kind.insert(here + by, kind.pop(here))
    others = [one for one in stages if one.is_lost != stage.is_lost]
    _number([*others, *kind] if stage.is_lost else [*kind, *others])
    publish(JourneyChanged(stage.journey_id))


@transaction.atomic
def remove_stage(*, stage: Stage) -> None:
    """Take it out; its touchpoints stay, though on this journey no longer."""
    journey = stage.journey
    others = [one for one in in_order(journey) if one.pk != stage.pk]
    stage.delete()
    _number(others)
    publish(JourneyChanged(journey.pk))


def in_order(journey: Journey) -> list[Stage]:
    """Its stages; whoever else is about to move some waits until this is done."""
    Journey.objects.select_for_update().get(pk=journey.pk)
    return list(Stage.objects.filter(journey=journey))


def _number(stages: list[Stage]) -> None:
    moved = []
    for position, stage in enumerate(stages):
        if stage.position != position:
            before = copy(stage)
            stage.position = position
            moved.append((before, stage))
    Stage.objects.bulk_update([after for _before, after in moved], ["position"])
    audit.record_changed(moved)


def _check_name(journey: Journey, name: str, stage: Stage | None) -> None:
    others = Stage.objects.exclude(pk=stage.pk) if stage else Stage.objects.all()
    if others.filter(journey=journey, name=name).exists():
        raise StageNameTaken(name)
