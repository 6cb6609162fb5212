"""Protect: the tables of floored programs, solved once over the whole lattice and then only read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd
from django.db import transaction

from kithkin.analysis.disclosure import Dimension, Measure, Policy, ProtectedTable, Relation, Table, protect
from kithkin.analysis.errors import BadParameter
from kithkin.analysis.metrics import Metric
from kithkin.directory.queries.organisation import tree_on
from kithkin.forms.models import Field
from kithkin.insights.asking.cells import Cut, counted
from kithkin.insights.asking.choosing import scores_of
from kithkin.insights.asking.dimensions import UNIT, member_of
from kithkin.insights.asking.lattice import levels, nowhere, paths, place_dimension
from kithkin.insights.asking.metric import metric_of, scale_of
from kithkin.insights.asking.months import last_day, month_of
from kithkin.insights.asking.released import WAVE
from kithkin.insights.models import Release
from kithkin.surveys.models import Program

MEASURE = "score"
TOP_BOXES = 2


@dataclass(frozen=True)
class Period:
    """What one release is about: a wave that has ended, or a month that is over; `day` says which tree holds."""

    key: str
    column: str
    value: str
    day: date


def release_program(program: Program, *, today: date, scores: Collection[Field] | None = None) -> int:
    """Release what has ended and has more answers than it told, of all its scores or of these; how many tables.

    A table is made by one process at a time (its number is unique), and made again it says the same.
    """
    made = 0
    for score in scores_of(program) if scores is None else scores:
        frame = counted(
            Cut(program.table, score.column, tuple(sorted({*_columns(program), _by(program)})), weighted=False)
        )
        for period in _ended(program, frame, today):
            part = frame[frame[period.column].map(member_of) == period.value]
            made += _release(program, score, period, part, _taking_part(program, frame))
    return made


def _taking_part(program: Program, frame: pd.DataFrame) -> frozenset[int]:
    """The units that ever gave as many answers as the floor asks: which units take part is no secret, who answered is.

    All others are one group, so that the lattice is no larger than the program.
    """
    if UNIT not in frame.columns or frame.empty:
        return frozenset()
    given = frame.dropna(subset=[UNIT]).astype({UNIT: "int64"}).groupby(UNIT)["n"].sum()
    return frozenset(int(str(unit)) for unit, n in given.items() if n >= (program.floor or 1))


def _by(program: Program) -> str:
    return "wave" if program.waves.exists() else "month"


def _columns(program: Program) -> list[str]:
    """The columns of the lattice, by their names in the warehouse."""
    return [str(key) for key in program.dimensions]


def _ended(program: Program, frame: pd.DataFrame, today: date) -> list[Period]:
    waves = list(program.waves.all())
    if waves:
        return [Period(f"{WAVE}{one.pk}", "wave", str(one.pk), one.last_day) for one in waves if one.ends <= today]
    months = sorted(frame["month"].unique()) if len(frame) else []
    return [Period(month, "month", month, last_day(month)) for month in months if month < month_of(today)]


def _release(program: Program, score: Field, period: Period, frame: pd.DataFrame, taking_part: frozenset[int]) -> int:
    floor = program.floor or 1
    if frame.empty:
        return 0
    answers = int(frame["n"].sum()) // floor * floor
    earlier = list(Release.objects.filter(program=program, score=score.column, period=period.key).order_by("number"))
    if earlier and earlier[-1].answers == answers:
        return 0
    told = [ProtectedTable.from_dict(one.body).as_earlier(Relation.CUMULATIVE) for one in earlier]
    try:
        table = protect(_table(program, score, period, frame, taking_part), Policy(floor=floor), released=told)
    except BadParameter:  # fewer people than before, since somebody was erased: what was told stands
        return 0
    with transaction.atomic():
        _one, made = Release.objects.get_or_create(
            program=program, score=score.column, period=period.key, number=len(earlier) + 1,
            defaults={"answers": answers, "body": table.to_dict()},
        )  # fmt: skip
    return int(made)


def _table(program: Program, score: Field, period: Period, frame: pd.DataFrame, taking_part: frozenset[int]) -> Table:
    measure, values = measured(score, frame["score"])
    raw = [key for key in _columns(program) if key != UNIT]
    rows = pd.DataFrame({"n": frame["n"], MEASURE: values * frame["n"]})
    dimensions: list[str | Dimension] = []
    for key in raw:
        rows[key] = [member_of(value) for value in frame[key]]
        dimensions.append(key)
    if UNIT in program.dimensions:
        ways = paths(tree_on(period.day))
        depth = len(next(iter(ways.values()), ("",)))
        lost = nowhere(depth)
        there = {unit: way for unit, way in ways.items() if unit in taking_part}
        stood = [lost if pd.isna(unit) else there.get(int(unit), lost) for unit in frame[UNIT]]
        members = [*there.values(), *([lost] if lost in stood else [])]
        for place, level in enumerate(levels(depth)):
            rows[level] = [way[place] for way in stood]
        dimensions.append(place_dimension(members))
    keys = [*raw, *(levels(depth) if UNIT in program.dimensions else ())]
    summed = (
        rows.groupby(keys, as_index=False, sort=True)[["n", MEASURE]].sum()
        if keys
        else rows[["n", MEASURE]].sum().to_frame().T
    )
    return Table.from_columns(summed, dimensions, measures=[measure])


def measured(score: Field, answers: pd.Series) -> tuple[Measure, pd.Series]:
    """What is summed of an answer, on which scale: −1, 0, 1 for net promoters, 0 or 1 for satisfied, else itself."""
    metric = metric_of(score)
    if metric is Metric.NPS:
        return Measure(MEASURE, -1, 1, summed=True), (answers >= 9).astype(float) - (answers <= 6).astype(float)
    low, high = scale_of(score)
    if metric is Metric.CSAT:
        return Measure(MEASURE, 0, 1, summed=True), (answers > high - TOP_BOXES).astype(float)
    return Measure(MEASURE, low, high, summed=True), answers.astype(float)
