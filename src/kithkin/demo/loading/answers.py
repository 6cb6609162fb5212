"""What was answered, written through the service by which responses come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from kithkin.demo.company import Company
from kithkin.demo.loading.places import Places
from kithkin.demo.loading.programs import ENGAGEMENT, OUTSIDE, SERVICE, listening
from kithkin.demo.loading.telling import Tell
from kithkin.demo.records.engagement import engagement_answers
from kithkin.demo.records.months import quarter_of, quarters
from kithkin.demo.records.outside import outside_answers
from kithkin.demo.records.service import service_answers
from kithkin.surveys.models import Program, Response, Wave
from kithkin.surveys.services import NewResponse, add_wave, record_responses

CHUNK = 2_000
Rows = Callable[[int, int], Iterator[NewResponse]]


def load_outside(company: Company, places: Places, tell: Tell) -> None:
    """What customers said, at which touchpoint, of which branch."""
    told = outside_answers(company, len(places.customers))

    def rows(first: int, last: int) -> Iterator[NewResponse]:
        for row, answers in enumerate(told.answers(first, last), start=first):
            known = int(told.customer[row])
            person, account = places.customers[known] if known >= 0 else (None, None)
            yield NewResponse(
                at=moment(told.at[row]),
                unit=places.units[told.unit[row]],
                touchpoint=places.touchpoints[told.touchpoint[row]],
                person=person,
                account=account,
                answers=answers,
            )

    _record(listening(OUTSIDE), len(told), rows, "Customers' answers", tell)


def load_service(company: Company, places: Places, tell: Tell) -> None:
    """What people of the branches said of those who serve them."""
    told = service_answers(company)

    def rows(first: int, last: int) -> Iterator[NewResponse]:
        for row, answers in enumerate(told.answers(first, last), start=first):
            unit, link = int(told.unit[row]), int(told.link[row])
            raters = places.raters[unit]
            yield NewResponse(
                at=moment(told.at[row]),
                unit=places.units[unit],
                link=places.links[link],
                person=raters[(int(told.rater[row]) + 7 * link + int(told.month[row])) % len(raters)],
                answers=answers,
            )

    _record(listening(SERVICE), len(told), rows, "Answers on internal service", tell)


def load_engagement(company: Company, places: Places, tell: Tell) -> None:
    """What everybody inside said of working here, quarter by quarter."""
    measured = [one for one in places.staff if one[2] is not None or one[1] not in places.units]
    told = engagement_answers(company, [branch for _, _, branch in measured])
    program = listening(ENGAGEMENT)
    waves = _waves(program, company.periods)

    def rows(first: int, last: int) -> Iterator[NewResponse]:
        for row, answers in enumerate(told.answers(first, last), start=first):
            person, unit, _ = measured[told.employee[row]]
            yield NewResponse(
                at=moment(told.at[row]),
                unit=unit,
                person=person,
                answers=answers,
                wave=waves[told.quarter[row]],
            )

    _record(program, len(told), rows, "Employees' answers", tell)


def _waves(program: Program, months: tuple[str, ...]) -> list[int]:
    known = dict(Wave.objects.filter(program=program).values_list("name", "pk"))
    found = []
    for span in quarters(months):
        name = quarter_of(months[span[-1]])
        if name not in known:
            starts, last = date.fromisoformat(f"{months[span[0]]}-01"), date.fromisoformat(f"{months[span[-1]]}-01")
            ends = date(last.year + last.month // 12, last.month % 12 + 1, 1)
            known[name] = add_wave(program=program, name=name, starts=starts, ends=ends).pk
        found.append(known[name])
    return found


def _record(program: Program, count: int, rows: Rows, part: str, tell: Tell) -> None:
    """From where it stopped: chunks are written in order, each of them whole or not at all."""
    begun = Response.objects.filter(program=program).count()
    tell(part, begun, count)
    for first in range(begun, count, CHUNK):
        last = min(first + CHUNK, count)
        record_responses(program=program, rows=rows(first, last))
        tell(part, last, count)


def moment(seconds: float) -> datetime:
    """As the database keeps it."""
    return datetime.fromtimestamp(int(seconds), UTC)
