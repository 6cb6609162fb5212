"""All of it, in the order in which one thing needs another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kithkin.demo.loading import around, organisation, people, relations
from kithkin.demo.loading.log_ins import LogIn, make_log_ins
from kithkin.directory.models import Unit
from kithkin.platform.acting import Path, acting


@dataclass(frozen=True)
class Refused(Exception):
    """The installation is not empty."""

    units: int

    def __str__(self) -> str:
        return f"The simulated company is only loaded into an empty installation; here are {self.units} units already."


def load_company(*, seed: int = 1, today: date | None = None) -> list[LogIn]:
    """Fill an empty installation; the log-ins, one for each role."""
    if units := Unit.objects.count():
        raise Refused(units)
    today = today or timezone.localdate()
    with acting(None, Path.COMMAND):
        units_by_code = organisation.load(today)
        staff = people.load_staff(units_by_code, today, seed)
        links = relations.load(units_by_code, staff, today)
        people.load_customers(units_by_code, today, seed)
        log_ins = make_log_ins(staff, units_by_code)
        around.load(links, today)
        return log_ins
