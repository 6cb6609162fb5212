"""The relation that a request is a part of, from the name of its service and the unit that asked."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Unfit
from kithkin.directory.models import ServiceLink
from kithkin.platform.imports.lines import Problem
from kithkin.platform.text import fold


class Relations:
    """Today's relations through a service."""

    def __init__(self) -> None:
        self._by_service: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
        links = ServiceLink.objects.filter(until__isnull=True, service__isnull=False).order_by("pk")
        for pk, name, receiver in links.values_list("pk", "service__name", "receiver_unit"):
            self._by_service[fold(name)].append((pk, receiver))

    def find(self, service: str, unit_id: int | None) -> int:
        """The relation's id; `Unfit` where none fits, or more than one."""
        found = [
            pk for pk, receiver in self._by_service.get(fold(service), []) if unit_id is None or receiver == unit_id
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            said = _("Nobody serves this unit with that.") if unit_id else _("There is no relation with this service.")
            raise Unfit(Problem("service", said, _("Write the relation down first, or leave the service out.")))
        raise Unfit(
            Problem("service", _("Several relations have this service."), _("Say in a column which unit asked."))
        )
