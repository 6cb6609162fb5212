"""Whoever imports over a part of the organisation reaches its people, its units and its accounts, and nothing else.

What lies outside is, for their file, as if it were not there, and is refused in the same words as what is not there.
Numbers are unique all over, so that giving somebody a number would tell whether another has it: they cannot.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Unfit
from kithkin.directory.models import Person
from kithkin.directory.queries.people import people_within
from kithkin.directory.rules.people import WRITERS, sight
from kithkin.platform.access import Reach, reach
from kithkin.platform.imports.lines import Line, Problem
from kithkin.platform.models import Import, ImportRow, RowAction, User
from kithkin.platform.registries.imports import Setting


def part_of(setting: Setting) -> Reach:
    """How far whoever imports may write people."""
    return reach(setting.user, *WRITERS) if setting.user else Reach(everywhere=False, unit_ids=frozenset())


def check_number(within: Reach, line: Line, found: Person | None) -> None:
    """`Unfit` where a line names a number that nobody within reach has, whether or not somebody else has it."""
    number = line.values.get("number")
    if number and not within.everywhere and (found is None or not found.external_id):
        said = _("Nobody in your part of the organisation has this number.")
        raise Unfit(Problem("number", said, _("Leave it empty to add somebody: administrators give numbers.")))


def check_place(within: Reach, line: Line, found: Person | None) -> None:
    """`Unfit` where somebody new would stand outside; that the unit or account is within, those say who look it up."""
    if found is None and not within.everywhere and not {"unit", "account"} & (line.values.keys() | line.unread):
        said = _("Your role is over a part of the organisation: name a unit, or an account, of it.")
        raise Unfit(Problem("", said))


def covers(user: User, one: Import) -> bool:
    """Whether everybody whom an import made or changed, and who is here, is within reach of whoever takes it back."""
    within = reach(user, *WRITERS)
    if within.everywhere:
        return True
    about = ImportRow.objects.filter(of=one, action__in=[RowAction.CREATED, RowAction.CHANGED]).values("subject_id")
    here = Person.objects.filter(pk__in=about, merged_into__isnull=True)
    return not here.exclude(pk__in=Person.objects.filter(people_within(within)).values("pk")).exists()


def sees(user: User | None, row: models.Model) -> bool:
    """Whether the report of an import may call a row by its name: not where it speaks of somebody out of sight."""
    person = row if isinstance(row, Person) else getattr(row, "person", None)
    return not isinstance(person, Person) or (user is not None and sight(user, person).profile)
