"""Where a person belongs: the account outside, the unit inside."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Accounts, Unfit, Units
from kithkin.directory.imports.people.fields import KNOWN_BY
from kithkin.directory.models import Membership, Person, Tie, TieKind
from kithkin.platform.access import Reach
from kithkin.platform.imports.lines import Change, Create, Line, Problem, Write, changed
from kithkin.platform.registries.imports import Setting


class Ties:
    """Ties to accounts."""

    def __init__(self, known: Collection[int], accounts: Accounts, setting: Setting) -> None:
        self._accounts, self._setting = accounts, setting
        found = Tie.objects.filter(person_id__in=known, account__isnull=False, other__isnull=True)
        self._there = {(one.person_id, one.kind, one.account_id) for one in found}

    def plan(self, line: Line, person: Person) -> tuple[Write, ...]:
        """The tie that the line asks for, where it is not there."""
        text = line.values.get("account")
        if not text:
            return ()
        account = self._accounts.find(text)
        kind = line.values.get("tie") or self._setting.options.get("tie") or TieKind.BUYER
        if kind == TieKind.FAMILY:
            said = _("Family is tied to a person, not to an account.")
            raise Unfit(Problem("tie", said, _("Name the person in a column of its own, or choose another tie.")))
        if (person.pk, kind, account.pk) in self._there:
            return ()
        return (Create(Tie(person=person, kind=kind, account=account)),)


class Memberships:
    """Who works where today."""

    def __init__(self, known: Collection[int], units: Units, setting: Setting, today: date, within: Reach) -> None:
        self._units, self._today, self._within = units, today, within
        self._present: dict[int, list[Membership]] = defaultdict(list)
        open_now = Q(until__isnull=True) | Q(until__gt=today)
        for one in setting.read(Membership.objects.filter(open_now, person_id__in=known).select_related("unit")):
            self._present[one.person_id].append(one)

    def plan(self, line: Line, person: Person) -> tuple[Write, ...]:
        """The same unit: title and kind as the line says. Another one: the old membership ends, a new one begins."""
        text = line.values.get("unit")
        if not text:
            return ()
        if not person.is_kin and not line.unread & {"side", *KNOWN_BY}:
            raise Unfit(
                Problem("unit", _("Only kin work in a unit."), _("Write kin or both, or leave the unit empty."))
            )
        unit_id = self._units.find(text)
        if not self._within.covers(unit_id):
            raise Unfit(Problem("unit", _("This unit is outside your part of the organisation."), _("Name one of it.")))
        present = self._present.get(person.pk, []) if person.pk else []
        here = next((one for one in present if one.unit_id == unit_id), None)
        if here:
            return self._changed(here, self._filled(copy.copy(here), line))
        since = line.values.get("since") or self._today
        if len(present) == 1 and since == present[0].since:
            moved = self._filled(copy.copy(present[0]), line)
            moved.unit_id = unit_id
            return self._changed(present[0], moved)
        ended = tuple(self._ended(one, since) for one in present)
        return (*ended, Create(self._filled(Membership(person=person, unit_id=unit_id, since=since), line)))

    def _filled(self, membership: Membership, line: Line) -> Membership:
        if "title" in line.values:
            membership.title = line.values["title"]
        elif "title" in line.cleared:
            membership.title = ""
        if "works_as" in line.values:
            membership.kind = line.values["works_as"]
        return membership

    def _changed(self, before: Membership, after: Membership) -> tuple[Write, ...]:
        fields = changed(before, after)
        return (Change(before, after, fields),) if fields else ()

    def _ended(self, one: Membership, until: date) -> Change:
        if until <= one.since:
            said = _("They work in %(unit)s since %(since)s, which is later.")
            known = {"unit": one.unit, "since": one.since.isoformat()}
            raise Unfit(Problem("since", said % known, _("Write a later day, or correct the membership by hand.")))
        after = copy.copy(one)
        after.until = until
        return Change(one, after, frozenset({"until"}))
