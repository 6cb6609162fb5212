"""Consent as a file tells it: it may be given or withdrawn, but a file cannot take back what somebody withdrew."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Unfit
from kithkin.directory.imports.people.fields import CONSENT
from kithkin.directory.models import Consent, Person, Purpose
from kithkin.platform.imports.lines import Change, Create, Line, Problem, Write
from kithkin.platform.registries.imports import Setting


class Consents:
    """What people decided about the purposes that the file has columns for."""

    def __init__(self, known: Collection[int], purposes: Mapping[str, Purpose], setting: Setting) -> None:
        self._purposes, self._setting = purposes, setting
        present = Consent.objects.filter(person_id__in=known, purpose__in=purposes.values(), is_current=True)
        self._present = {(one.person_id, one.purpose_id): one for one in setting.read(present)}

    def plan(self, line: Line, person: Person) -> tuple[Write, ...]:
        """A new decision where the line tells another than the present one."""
        writes: list[Write] = []
        for field, purpose in self._purposes.items():
            given = line.values.get(field)
            present = self._present.get((person.pk or 0, purpose.pk))
            if given is None or (present and present.given == given):
                continue
            if present:
                if given:
                    said = _("They said no on %(day)s.") % {"day": date_format(present.at, "SHORT_DATE_FORMAT")}
                    raise Unfit(Problem(field, said, _("Leave it empty: only they can say yes again.")))
                past = copy.copy(present)
                past.is_current = False
                writes.append(Change(present, past, frozenset({"is_current"})))
            writes.append(Create(self._decision(person, purpose, given=given)))
        return tuple(writes)

    def _decision(self, person: Person, purpose: Purpose, *, given: bool) -> Consent:
        source = _("Import of “%(name)s”") % {"name": self._setting.name}
        return Consent(
            person=person,
            purpose=purpose,
            given=given,
            lawful_basis=purpose.lawful_basis,
            source=source[:200],
            recorded_by=self._setting.user,
        )


def purposes_of(fields: Collection[str]) -> dict[str, Purpose]:
    """The purposes that these fields are about."""
    ids = [int(field.removeprefix(CONSENT)) for field in fields if field.startswith(CONSENT)]
    return {f"{CONSENT}{one.pk}": one for one in Purpose.objects.filter(pk__in=ids)} if ids else {}
