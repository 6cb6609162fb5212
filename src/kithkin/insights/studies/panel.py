"""The panel of linkage: a score per unit and month outside, and one per relation, unit and month inside.

Every figure comes through `asking`: of a floored program it is what was released, cell by cell, so nothing hidden is in
the panel. A relation's score is its receivers' satisfaction where that is measured, else the share of promises kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithkin.analysis.metrics import Metric, NetPromoter
from kithkin.directory.models import Side, UnitKind
from kithkin.insights.asking.choosing import field_of
from kithkin.insights.asking.dimensions import UNIT, Dimension, dimensions_of
from kithkin.insights.asking.metric import metric_of
from kithkin.insights.asking.months import ALWAYS
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.insights.asking.sources import EVERYWHERE, source_of
from kithkin.insights.studies.promises import attainment
from kithkin.insights.studies.spread import spreads
from kithkin.surveys.models import Program

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = (f"unit-{UnitKind.SITE}", f"unit-{UnitKind.TEAM}", f"unit-{UnitKind.DEPARTMENT}", UNIT)
LEAST_UNITS = 5
MEASURES = ("service", "inps", "csat", "ces")


@dataclass(frozen=True)
class Panel:
    """`outcomes`: unit, period, score, n, sd. `links`: unit, period, link, score, n, sd. Units and links are ids."""

    level: str
    outcomes: pd.DataFrame
    links: pd.DataFrame
    units: Mapping[str, str]
    """Names by id."""
    satisfaction: frozenset[str]
    """The links whose score is satisfaction; of the others it is the share of promises kept, in per cent."""


def panel_of(program: Program, column: str, places: Places | None = None) -> Panel:
    """The panel of an outside score, at the finest level at which outside and inside share enough units."""
    places = places or Places()
    tried = []
    for level in LEVELS:
        tried.append(_at(program, column, level, places))
        if _shared(tried[-1]) >= LEAST_UNITS:
            return tried[-1]
    return max(tried, key=_shared)


def _shared(panel: Panel) -> int:
    if panel.links.empty or panel.outcomes.empty:
        return 0
    return len(set(panel.links["unit"]) & set(panel.outcomes["unit"]))


def _at(program: Program, column: str, level: str, places: Places) -> Panel:
    outcomes, names = outside(program, column, level, places)
    parts, satisfied = [], set()
    for inner in inner_programs():
        found, more = inside(inner, level, places)
        names |= more
        if not found.empty:
            satisfied |= set(found["link"])
            parts.append(found)
    kept = attainment(level, places, names)
    rest = kept[~kept["link"].isin(satisfied)]
    parts += [] if rest.empty else [rest]
    links = pd.concat(parts, ignore_index=True) if parts else kept
    links = links.drop_duplicates(["unit", "period", "link"])
    return Panel(level, outcomes, links, names, frozenset(satisfied))


def inner_programs() -> list[Program]:
    """The programs in which receivers judge relations, unit by unit."""
    kin = Program.objects.filter(side=Side.KIN, questionnaire__fields__measures__in=MEASURES).distinct().order_by("pk")
    return [one for one in kin if one.floor is None or {UNIT, "link"} <= set(one.dimensions)]


def outside(program: Program, column: str, level: str, places: Places) -> tuple[pd.DataFrame, dict[str, str]]:
    """The outside score per unit and month."""
    rows, names = scored(program, column, (level, "month"), places)
    return rows.rename(columns={level: "unit", "month": "period"})[["unit", "period", "score", "n", "sd"]], names


def inside(program: Program, level: str, places: Places) -> tuple[pd.DataFrame, dict[str, str]]:
    """The score of each relation per unit and month, out of 100 where it has a scale."""
    field = field_of(program)
    rows, names = scored(program, field.column, ("link", level, "month"), places)
    rows = rows.rename(columns={level: "unit", "month": "period"})
    rows = rows[rows["link"] != ""]
    if program.floor is not None and not rows.empty:
        rows["sd"] = rows["link"].map(spreads(program, field)).astype(float)
    if metric_of(field) in {Metric.MEAN, Metric.CES} and field.low is not None and field.high is not None:
        unit = 100.0 / (field.high - field.low)
        rows["score"], rows["sd"] = (rows["score"] - field.low) * unit, rows["sd"] * unit
    return rows[["unit", "period", "link", "score", "n", "sd"]], names


def scored(program: Program, column: str, keys: Sequence[str], places: Places) -> tuple[pd.DataFrame, dict[str, str]]:
    """Every shown cell of these dimensions, with the standard deviation of one answer where that may be known."""
    dimensions = dimensions_of(program, places)
    if any(key not in dimensions for key in keys):
        return pd.DataFrame(columns=[*keys, "score", "n", "sd"]), {}
    source = source_of(Question(program.pk, column, tuple(keys)), program, dimensions, places, EVERYWHERE)
    by = [source.dimension(key) for key in keys]
    rows = [
        (*group.members, group.estimate.value, group.n, _sd(group.estimate) if program.floor is None else np.nan)
        for group in source.groups(by, ALWAYS)
        if group.estimate is not None and all(group.members)
    ]
    frame = pd.DataFrame(rows, columns=[*keys, "score", "n", "sd"])
    level = next(one for one in by if one.key not in {"month", "link"})
    return frame, _names(level, frame)


def _names(level: Dimension, frame: pd.DataFrame) -> dict[str, str]:
    return {unit: level.label(unit) for unit in frame[level.key].unique()}


def _sd(estimate: object) -> float:
    """Of one answer: of a net promoter score in points, else from the standard error."""
    if isinstance(estimate, NetPromoter):
        net = estimate.promoters - estimate.detractors
        return float(100 * np.sqrt(max(estimate.promoters + estimate.detractors - net**2, 0.0)))
    error, n = getattr(estimate, "standard_error", None), getattr(estimate, "n_effective", 0.0)
    if error is not None:
        return float(error * np.sqrt(n))
    share = float(getattr(estimate, "value", 0.0))
    return float(np.sqrt(max(share * (1 - share), 0.0)))
