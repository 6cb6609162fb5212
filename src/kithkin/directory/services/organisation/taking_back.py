"""A plan is taken back while its day is ahead."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from kithkin.directory.events.organisation import UnitChangeTakenBack
from kithkin.directory.models import Account, Membership, Succession, Unit, UnitChange
from kithkin.directory.models.days import today
from kithkin.directory.organisation.draft import Act, check
from kithkin.directory.organisation.refusals import InUse, NotPlanned
from kithkin.directory.organisation.undoing import without
from kithkin.directory.services.organisation import members
from kithkin.directory.services.organisation.writing import begin, from_plain, write_periods
from kithkin.platform.events import publish
from kithkin.platform.models import RoleGrant


@transaction.atomic
def take_back(*, change: UnitChange) -> None:
    """Nothing of it will happen. What was done since stays, where it does not stand on this; else it is refused."""
    draft = begin(change.on)
    change = UnitChange.objects.get(pk=change.pk)
    if change.taken_back_at is not None or change.on <= today():
        raise NotPlanned
    edits = [from_plain(plain) for plain in change.edits]
    first = min([change.on, *(edit.since for edit in edits)])
    after = check(without(draft.history, edits), first, before=draft.history)
    members.take_back(change.members, change.on)
    write_periods(draft.history, after, {edit.unit for edit in edits})
    Succession.objects.filter(
        on=change.on, predecessor__in=change.units.all(), successor__in=change.units.all()
    ).delete()
    change.taken_back_at = timezone.now()
    change.save(update_fields=["taken_back_at"])
    for edit in edits:
        if edit.act is Act.OPEN:
            _remove(Unit.objects.get(pk=edit.unit))
    publish(UnitChangeTakenBack(change_id=change.pk, on=change.on.isoformat()))


def _remove(unit: Unit) -> None:
    """The unit never was; refused where anything names it."""
    held = (
        Membership.objects.filter(unit=unit),
        Account.objects.filter(unit=unit),
        RoleGrant.objects.filter(scope_id=unit.pk),
    )
    if any(rows.exists() for rows in held):
        raise InUse(unit.name)
    try:
        unit.delete()
    except ProtectedError as error:
        raise InUse(unit.name) from error
