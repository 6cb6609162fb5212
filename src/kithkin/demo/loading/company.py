"""All of it, in the order in which one thing needs another."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from kithkin.demo import mark
from kithkin.demo.company import Company, simulate
from kithkin.demo.loading import around, organisation, people, relations
from kithkin.demo.loading.answers import load_engagement, load_outside, load_service
from kithkin.demo.loading.desk import load_requests
from kithkin.demo.loading.figures import load_figures, load_warehouse
from kithkin.demo.loading.log_ins import LogIn, log_ins, make_log_ins
from kithkin.demo.loading.places import places_of
from kithkin.demo.loading.telling import Tell, nobody
from kithkin.demo.loading.weak_link import load_weak_link
from kithkin.demo.mark import Mark, Stage
from kithkin.demo.records.months import months_before
from kithkin.demo.roster import customers, staff
from kithkin.demo.size import WHOLE, Size
from kithkin.demo.structure import WEAK_LINK
from kithkin.directory.models import Unit
from kithkin.platform.acting import Path, acting
from kithkin.platform.models import User


class Refused(Exception):
    """The installation is not empty."""

    def __init__(self, units: int, users: int) -> None:
        super().__init__(units, users)
        self.units, self.users = units, users

    def __str__(self) -> str:
        here = f"{self.units} units and {self.users} log-ins"
        return f"The simulated company is only loaded into an empty installation; here are {here} already."


class NothingToResume(Exception):
    """There is no company that was loaded in part, or its directory is not whole."""

    def __str__(self) -> str:
        return "There is no simulated company here that can be loaded further."


def load_company(
    *,
    seed: int = 1,
    weak_link: str | None = WEAK_LINK,
    today: date | None = None,
    size: Size = WHOLE,
    tell: Tell = nobody,
) -> list[LogIn]:
    """Fill an empty installation; the log-ins, one for each role."""
    there = Refused(Unit.objects.count(), User.objects.count())
    if there.units or there.users:
        raise there
    begun = mark.write(Mark(seed, weak_link, today or timezone.localdate(), size))
    with acting(None, Path.COMMAND):
        made = _load_directory(begun, tell)
        _fill_rooms(mark.advance(begun, Stage.ROOMS), tell)
    mark.advance(begun, Stage.LOADED)
    return made


def resume_loading(*, tell: Tell = nobody) -> list[LogIn]:
    """Load what is still missing of a company whose load was stopped; raises NothingToResume."""
    begun = mark.read()
    if begun is None or begun.stage is Stage.DIRECTORY:
        raise NothingToResume
    if begun.stage is Stage.ROOMS:
        with acting(None, Path.COMMAND):
            _fill_rooms(begun, tell)
        mark.advance(begun, Stage.LOADED)
    return log_ins()


def company_of(begun: Mark) -> Company:
    """What was measured in this company, and its truth."""
    months = months_before(begun.today, begun.size.months)
    return simulate(seed=begun.seed, units=begun.size.branches, months=months, weak_link=begun.weak_link)


def _load_directory(begun: Mark, tell: Tell) -> list[LogIn]:
    today, seed, size = begun.today, begun.seed, begun.size
    units = organisation.load(today)
    inside = people.load_staff(units, staff(today, seed, size.staff), tell)
    links = relations.load(units, inside, today)
    people.load_customers(units, seed, customers(today, seed, size.private), tell)
    made = make_log_ins(inside, units)
    around.load(links, today)
    return made


def _fill_rooms(begun: Mark, tell: Tell) -> None:
    company = company_of(begun)
    places = places_of(company.units)
    for load in (load_outside, load_service, load_engagement, load_requests, load_figures):
        load(company, places, tell)
    load_warehouse(tell)
    load_weak_link(begun.today, tell)
