"""What people do about those with a stake."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kithkin.directory.events.stakeholders import (
    StakeholderAdded,
    StakeholderChanged,
    StakeholderRemoved,
    StepDone,
)
from kithkin.directory.models import Stakeholder
from kithkin.platform.events import publish
from kithkin.platform.models import User


class StakeholderNameTaken(Exception):
    """They are written down already."""

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is on the grid already. Change that entry instead.") % {"name": name})


@dataclass(frozen=True)
class Stake:
    """All that is written down about one of them; figures are from 1 to 5."""

    name: str
    group: str
    kind: str = ""
    strength: int = 3
    power: int = 3
    interest: int = 3
    owner: User | None = None
    next_step: str = ""
    next_step_due: date | None = None


@transaction.atomic
def add_stakeholder(*, stake: Stake) -> Stakeholder:
    """Put somebody on the grid."""
    _check_name(stake.name, None)
    stakeholder = Stakeholder.objects.create(**_fields(stake))
    publish(StakeholderAdded(stakeholder.pk))
    return stakeholder


@transaction.atomic
def change_stakeholder(*, stakeholder: Stakeholder, stake: Stake) -> Stakeholder:
    """See them otherwise."""
    _check_name(stake.name, stakeholder)
    for name, value in _fields(stake).items():
        setattr(stakeholder, name, value)
    stakeholder.save()
    publish(StakeholderChanged(stakeholder.pk))
    return stakeholder


@transaction.atomic
def finish_step(*, stakeholder: Stakeholder) -> None:
    """What came next is done; twice is once."""
    if not stakeholder.next_step:
        return
    stakeholder.next_step, stakeholder.next_step_due = "", None
    stakeholder.save(update_fields=["next_step", "next_step_due"])
    publish(StepDone(stakeholder.pk))


@transaction.atomic
def remove_stakeholder(*, stakeholder: Stakeholder) -> None:
    """Take them off the grid."""
    publish(StakeholderRemoved(stakeholder.pk))
    stakeholder.delete()


def _fields(stake: Stake) -> dict[str, object]:
    return {one.name: getattr(stake, one.name) for one in fields(stake)}


def _check_name(name: str, stakeholder: Stakeholder | None) -> None:
    others = Stakeholder.objects.exclude(pk=stakeholder.pk) if stakeholder else Stakeholder.objects.all()
    if others.filter(name=name).exists():
        raise StakeholderNameTaken(name)
