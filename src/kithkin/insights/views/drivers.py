"""Drivers: what a score goes along with, each share with its interval, and importance against performance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from kithkin.analysis.charts.quadrants import to_improve
from kithkin.analysis.drivers import DriverReport, DriverShare, report_from_buckets
from kithkin.forms.models import Field
from kithkin.insights import wording
from kithkin.insights.asking.choosing import field_of, scores_of
from kithkin.insights.asking.dimensions import UNIT, dimensions_of
from kithkin.insights.asking.errors import CannotAnswer, none_within_reach
from kithkin.insights.asking.moments import bucket_moments_of
from kithkin.insights.asking.months import ALWAYS, Span
from kithkin.insights.asking.narrowing import Filters
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.promised import LEAST_FLOORS, coarse, settled
from kithkin.insights.asking.waiting import HEADER, stoppable
from kithkin.insights.pictures import map_picture, shares_picture
from kithkin.insights.rules import can_read_scores
from kithkin.insights.rules.reaching import reads
from kithkin.insights.telling import as_of_table
from kithkin.insights.views.scores import Asked, asked_of, asking
from kithkin.insights.views.unanswered import UNANSWERED, said_of, status_of
from kithkin.platform.access import Reach, allowed, user_of
from kithkin.platform.charts import drawn
from kithkin.platform.models import User

MOST = 20


@allowed(can_read_scores)
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    user = user_of(request)
    with stoppable(user, request.headers.get(HEADER, "")):
        asked = asked_of(request.GET, user)
        if asked is None:
            return render(request, "insights/scores_empty.html")
        context: dict[str, Any] = asking(asked) | {"only_outcome": True, "whole_time": asked.program.floor is not None}
        try:
            outcome, candidates, chosen = choice_of(asked, request.GET)
            context |= {
                "candidates": candidates if asked.program.floor is None else [],
                "chosen": {field.column for field in chosen},
                "outcome": outcome,
            }
            found = report_for(asked, user, outcome, chosen)
            span = months_told(asked, outcome, chosen)
        except UNANSWERED as error:
            context["refused"] = said_of(error, user)
            return render(request, "insights/drivers.html", context, status=status_of(error))
    return render(request, "insights/drivers.html", context | _filling(asked, found, outcome, span))


def choice_of(asked: Asked, query: QueryDict) -> tuple[Field, list[Field], list[Field]]:
    """The outcome, what could drive it, and what of that is looked at: under a promise nobody chooses."""
    outcome = field_of(asked.program, asked.question.score)
    candidates = [field for field in scores_of(asked.program) if field.pk != outcome.pk]
    named = set(query.getlist("driver")) if asked.program.floor is None else set()
    return outcome, candidates, _chosen(named, candidates, outcome)


def _chosen(wanted: set[str], candidates: list[Field], outcome: Field) -> list[Field]:
    """The wanted drivers; else those that measure nothing themselves, as far as one can look at once."""
    if wanted:
        return [field for field in candidates if field.column in wanted][:MOST]
    plain = [field for field in candidates if field.measures in {"", "engagement", "service"}]
    return (plain or candidates)[:MOST] if outcome.pk else []


def report_for(asked: Asked, user: User, outcome: Field, chosen: list[Field]) -> DriverReport:
    """Raises CannotAnswer where too little was asked or too few answered, or where a promise forbids it."""
    if not chosen:
        raise CannotAnswer(
            _("“%(program)s” asks for no other score that could drive this one.") % {"program": asked.program}
        )
    over = reads(user)
    question, program = asked.question, asked.program
    if program.floor is not None:
        return _promised(asked, over, outcome, chosen)
    buckets = bucket_moments_of(program.table, [*chosen, outcome], _filters(asked, over), question.span)
    if not buckets:
        raise CannotAnswer(_("Nobody answered within these filters.") if over.everywhere else none_within_reach())
    return report_from_buckets(buckets, scale=_common_scale(chosen), outcome=str(outcome))


def _filters(asked: Asked, over: Reach) -> Filters:
    """What the question lets in, within what its reader may see."""
    places = Places()
    filters = Filters.of(asked.question, dimensions_of(asked.program, places), places, asked.months)
    if over.everywhere:
        return filters
    return replace(filters, where={**filters.where, UNIT: tuple(str(unit) for unit in over.unit_ids)})


def _promised(asked: Asked, over: Reach, outcome: Field, chosen: list[Field]) -> DriverReport:
    """Of a program under a promise: everybody, all scores, whole blocks of released periods, told coarsely."""
    program, floor = asked.program, asked.program.floor or 1
    if asked.question.where or not over.everywhere:
        raise CannotAnswer(_("Of a program under a promise, drivers are worked out over everybody, never over a part."))
    column, periods = settled(program, [*chosen, outcome])
    if not periods:
        least = LEAST_FLOORS * floor
        raise CannotAnswer(
            _("Fewer than %(least)d people answered all of it, too few for drivers under a promise.") % {"least": least}
        )
    buckets = bucket_moments_of(program.table, [*chosen, outcome], Filters({column: tuple(periods)}), ALWAYS)
    return coarse(report_from_buckets(buckets, scale=_common_scale(chosen), outcome=str(outcome)), floor)


def months_told(asked: Asked, outcome: Field, chosen: list[Field]) -> Span:
    """The months that the report is about."""
    if asked.program.floor is None:
        return asked.question.span
    _column, periods = settled(asked.program, [*chosen, outcome])
    return Span(min(periods.values()), max(periods.values()))


def _common_scale(chosen: list[Field]) -> tuple[float, float] | None:
    scales = {(field.low, field.high) for field in chosen}
    if len(scales) != 1:
        return None
    low, high = next(iter(scales))
    return (low, high) if low is not None and high is not None and low < high else None


@dataclass(frozen=True)
class DriverRow:
    """One driver in words."""

    name: str
    share: str
    interval: str
    of_all: str
    mean: str
    n: int
    weak: bool

    @classmethod
    def of(cls, driver: DriverShare) -> DriverRow:
        """A driver of a report; shares in per cent of the outcome's variance."""
        return cls(
            name=driver.name,
            share=wording.signed(100 * driver.share, 1),
            interval=wording.Figure(100.0, 1, "").interval(driver.low, driver.high),
            of_all=wording.signed(driver.percent, 0),
            mean=wording.signed(driver.mean, 2),
            n=driver.n,
            weak=driver.weak,
        )  # fmt: skip


def finding_of(found: DriverReport, outcome: Field) -> str:
    """The title: the strongest driver, if any stands out; with the next one, where their intervals touch."""
    first = next((driver for driver in found.drivers if not driver.weak), None)
    if first is None:
        return _("No driver of “%(outcome)s” stands out beyond chance") % {"outcome": outcome}
    near = next((driver for driver in found.drivers if driver is not first and driver.high >= first.low), None)
    said = {"driver": first.name, "outcome": outcome, "near": near and near.name}
    if near is None:
        return _("“%(driver)s” goes along most with “%(outcome)s”") % said
    return _("“%(driver)s” goes along most with “%(outcome)s”, but is not told apart from “%(near)s”") % said


def _filling(asked: Asked, found: DriverReport, outcome: Field, span: Span) -> dict[str, Any]:
    improve = to_improve(found)
    return {
        "finding": finding_of(found, outcome),
        "overall": _("Together they explain %(share)s %% of its variance (%(low)s to %(high)s), n = %(n)s.")
        % {
            "share": wording.signed(100 * found.r2.value, 0),
            "low": wording.signed(100 * found.r2.low, 0),
            "high": wording.signed(100 * found.r2.high, 0),
            "n": wording.signed(found.n, 0),
        },
        "rows": [DriverRow.of(driver) for driver in found.drivers],
        "improve": improve,
        "shares_chart": drawn("shares", shares_picture(found)),
        "map_chart": drawn("map", map_picture(found.map, improve)) if found.map is not None else None,
        "method": _method(asked, found, span),
    }


def _method(asked: Asked, found: DriverReport, span: Span) -> list[tuple[str, str]]:
    how = _("Shares of R² by %(method)s; intervals by %(draws)d bootstrap draws over respondents.")
    source = _("complete answers to %(program)s, %(months)s")
    months = wording.months(span.first, span.last)
    return [
        (_("Method"), how % {"method": found.method.value.upper(), "draws": found.draws}),
        (_("What it is not"), _("A proof of cause: what goes along with the score need not move it.")),
        (_("Source"), source % {"program": asked.program, "months": months}),
        (_("As of"), as_of_table(asked.program.table)),
    ]
