"""Drivers of a program under a promise: over whom, and how finely they are told.

Shares of variance come from the rows themselves, so two sets of rows must never differ by a few people: neither because
somebody asks for other months or other drivers, nor because a month has passed. Whole released periods are put together
in the order of their release to blocks of at least ten times the floor, and only whole blocks are used. Figures are
rounded until an answer that comes late hardly moves them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import TypeVar

import ibis

from kithkin.analysis.drivers import DriverReport, Map
from kithkin.analysis.results import Result
from kithkin.forms.models import Field
from kithkin.insights.asking.cells import fact_table
from kithkin.insights.asking.choosing import field_of
from kithkin.insights.asking.dimensions import member_of
from kithkin.insights.asking.months import month_of
from kithkin.insights.asking.released import WAVE
from kithkin.insights.asking.told import told
from kithkin.insights.asking.waiting import ticket_now
from kithkin.insights.engines import engine, table_of
from kithkin.insights.models import Release
from kithkin.surveys.models import Program

LEAST_FLOORS = 10
T = TypeVar("T", bound=Result)


def settled(program: Program, asked: Sequence[Field]) -> tuple[str, dict[str, str]]:
    """The column of periods, and the periods that may be used, each with its month; none where too few answered.

    Where a block ends depends on nothing but what was told of the main score first: no answer that comes late, is
    erased or leaves a question out, and no other outcome, moves a small period into it or out of it.
    """
    waves = {str(wave.pk): month_of(wave.last_day) for wave in program.waves.all()}
    column = "wave" if waves else "month"
    counts = _complete(program, asked, column)
    least = LEAST_FLOORS * (program.floor or 1)
    found: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for block in _blocks(program, waves, least):
        waiting |= block
        if sum(counts.get(period, 0) for period in waiting) >= least:
            found, waiting = found | waiting, {}
    return column, found


def _blocks(program: Program, waves: Mapping[str, str], least: int) -> list[dict[str, str]]:
    """Periods in the order in which they were first told, so that one that comes late moves no block before it; as many
    in a block as it takes to have told of that many people."""
    rows = Release.objects.filter(program=program, score=field_of(program).column, number=1).order_by("pk")
    first = list(rows.values_list("pk", "period", "made_at"))
    tables = told((pk, made_at) for pk, _period, made_at in first)
    found: list[dict[str, str]] = []
    block: dict[str, str] = {}
    people = 0
    for pk, key, _made_at in first:
        period = key.removeprefix(WAVE)
        if waves and period not in waves:
            continue
        block[period] = waves.get(period, period)
        everybody = tables[pk].cells.get(frozenset(), {}).get(())
        people += everybody[0] if everybody else 0
        if people >= least:
            found.append(block)
            block, people = {}, 0
    return found


def _complete(program: Program, asked: Sequence[Field], column: str) -> dict[str, int]:
    """How many answered all of it, by period."""
    known = fact_table(program.table)
    if known is None:
        return {}
    rows = table_of(known)
    for field in asked:
        rows = rows.filter(rows[field.column].notnull())
    weight = ibis.coalesce(rows["weight"].cast("float64"), ibis.literal(1.0))
    rows = rows.filter(weight > 0)
    grouped = rows.group_by(column).agg(people=rows.count())
    found = engine().cells(grouped, ticket=ticket_now()).to_pandas()
    return {member_of(period): int(n) for period, n in zip(found[column], found["people"], strict=True)}


def coarse(found: DriverReport, floor: int) -> DriverReport:
    """The report in whole per cent, means in tenths, people in whole floors."""
    drivers = [
        replace(
            _rounded(one, 2),
            percent=float(round(one.percent)),
            correlation=round(one.correlation, 1),
            mean=round(one.mean, 1),
            performance=None if one.performance is None else float(round(one.performance)),
            leads=round(one.leads, 1),
            n=one.n // floor * floor,
        )
        for one in found.drivers
    ]
    people = found.r2.n // floor * floor
    return replace(
        found,
        r2=replace(_rounded(found.r2, 2), n=people, n_effective=float(people)),
        drivers=tuple(drivers),
        map=None if found.map is None else _map(found.map),
        rows=found.rows // floor * floor,
        n=found.n // floor * floor,
        dropped=0,
        sentences=(),
    )


def _map(found: Map) -> Map:
    placed = [
        replace(_rounded(one, 0), certainty=round(one.certainty, 1), ellipse=_rounded(one.ellipse, 0))
        for one in found.placed
    ]
    return replace(_rounded(found, 0), placed=tuple(placed))


def _rounded(found: T, digits: int) -> T:
    """The same with every fraction rounded."""
    kept = {one.name: getattr(found, one.name) for one in fields(found)}
    return replace(found, **{name: round(value, digits) for name, value in kept.items() if isinstance(value, float)})
