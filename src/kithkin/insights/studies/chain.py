"""The service-profit chain of the company's own figures: engagement, internal service, the outside score, and on.

Every score comes through `asking`: of a floored program what was released, so no hidden figure is in an effect. The
figures from elsewhere (revenue, retention) are per unit and month as they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from django.utils import timezone

from kithkin.analysis.errors import AnalysisError
from kithkin.analysis.linkage.chain import Arrow, Scale, Series, Told, arrow, judged
from kithkin.directory.models import Side
from kithkin.forms.models import Field, FieldKind
from kithkin.insights.asking.choosing import field_of
from kithkin.insights.asking.dimensions import UNIT, member_of
from kithkin.insights.asking.metric import title_of
from kithkin.insights.asking.months import month_of
from kithkin.insights.asking.places import Places
from kithkin.insights.engines import engine, table_of
from kithkin.insights.facts import OUTCOMES
from kithkin.insights.models import OutcomeMeasure, OutcomeStage, Study, StudyKind
from kithkin.insights.studies.panel import Panel, panel_of, scored
from kithkin.insights.studies.promises import placed
from kithkin.insights.studies.spread import spread
from kithkin.surveys.models import Program

ENGAGEMENT, SERVICE, OUTSIDE = "engagement", "service", "outside"
PRODUCTIVITY, LOYALTY, REVENUE, PROFIT, STAYING = map(str, OutcomeStage.values)
RING = (ENGAGEMENT, SERVICE, PRODUCTIVITY, OUTSIDE, LOYALTY, REVENUE, PROFIT, STAYING)
ARROWS = (
    (ENGAGEMENT, SERVICE),
    (SERVICE, PRODUCTIVITY),
    (SERVICE, OUTSIDE),
    (PRODUCTIVITY, OUTSIDE),
    (OUTSIDE, LOYALTY),
    (OUTSIDE, REVENUE),
    (LOYALTY, REVENUE),
    (REVENUE, PROFIT),
    (PROFIT, STAYING),
    (STAYING, ENGAGEMENT),
)
MONEY = {OutcomeStage.REVENUE, OutcomeStage.PROFIT, OutcomeStage.PRODUCTIVITY}
COLUMNS = ["unit", "period", "score", "n", "sd"]


def study_chain(program: Program) -> Study:
    """Work the chain around this program's main score out anew, and keep it."""
    field, places = field_of(program), Places()
    panel = panel_of(program, field.column, places)
    series = _series(panel, title_of(field), places)
    body = {
        "program": program.pk,
        "score": title_of(field),
        "level": panel.level,
        "service_by": "satisfaction" if panel.satisfaction else "promises",
        "stages": {key: _about(one) for key, one in series.items()},
        "arrows": _arrows(series),
    }
    study, _made = Study.objects.update_or_create(
        kind=StudyKind.CHAIN,
        about=f"{program.pk} {field.column}",
        defaults={"body": body, "made_at": timezone.now()},
    )
    return study


def _about(series: Series) -> dict[str, Any]:
    return {
        "name": series.name,
        "scale": series.scale.value,
        "units": int(series.table["unit"].nunique()),
        "periods": int(series.table["period"].nunique()),
        "first": str(series.table["period"].min()),
        "last": str(series.table["period"].max()),
    }


def _arrows(series: dict[str, Series]) -> list[dict[str, Any]]:
    known = [(first, second) for first, second in ARROWS if first in series and second in series]
    worked = judged([_worked(series[first], series[second]) for first, second in known])
    return [{"from": ends[0], "to": ends[1], **one.to_dict()} for ends, one in zip(known, worked, strict=True)]


def _worked(first: Series, second: Series) -> Arrow:
    """A month later where both are monthly; within the same period where one of them is rarer."""
    monthly = min(first.table["period"].nunique(), second.table["period"].nunique()) * 2 > max(
        first.table["period"].nunique(), second.table["period"].nunique()
    )
    try:
        return arrow(first, second, lag=1 if monthly else 0)
    except AnalysisError:
        return Arrow(Told.TOO_LITTLE, 0, 0, 0, 0)


def _series(panel: Panel, score: str, places: Places) -> dict[str, Series]:
    """What was measured, by stage."""
    found: dict[str, Series] = {}
    if not panel.outcomes.empty:
        found[OUTSIDE] = Series(score, panel.outcomes[COLUMNS])
    if not panel.links.empty:
        found[SERVICE] = Series("", _service(panel))
    if (engagement := _engagement(panel.level, places)) is not None:
        found[ENGAGEMENT] = engagement
    return found | _figures(panel.level, places)


def _service(panel: Panel) -> pd.DataFrame:
    """How well each unit is served: the mean over its relations, each taken from where it stands on the whole.

    Satisfaction where it is measured at all, else promises kept, so that the two are never mixed.
    """
    rows = panel.links
    if panel.satisfaction:
        rows = rows[rows["link"].isin(panel.satisfaction)]
    level = float(rows["score"].mean())
    score = rows["score"] - rows.groupby("link")["score"].transform("mean") + level
    n = rows["n"].astype(float)
    rows = rows.assign(n=n, wx=n * score, wv=n * rows["sd"].astype(float) ** 2)
    groups = rows.groupby(["unit", "period"], as_index=False)
    summed = groups[["n", "wx"]].sum().assign(wv=groups["wv"].sum(min_count=1)["wv"])
    summed = summed.assign(score=summed["wx"] / summed["n"], sd=np.sqrt(summed["wv"] / summed["n"]))
    return summed[COLUMNS]


def _engagement(level: str, places: Places) -> Series | None:
    """Engagement per unit and wave (or month), from the first program of kin whose main score it is."""
    for program in Program.objects.filter(side=Side.KIN).select_related("headline", "questionnaire").order_by("pk"):
        field = _of_engagement(program)
        if field is None or (program.floor is not None and UNIT not in program.dimensions):
            continue
        waves = {str(wave.pk): month_of(wave.last_day) for wave in program.waves.all()}
        when = "wave" if waves else "month"
        rows, _names = scored(program, field.column, (level, when), places)
        if rows.empty:
            continue
        rows = rows.rename(columns={level: "unit", when: "period"})
        rows["period"] = rows["period"].map(lambda period: waves.get(period, period))  # noqa: B023 (used at once)
        if program.floor is not None:
            rows["sd"] = spread(program, field)
        return Series(title_of(field), rows[COLUMNS].drop_duplicates(["unit", "period"]))
    return None


def _of_engagement(program: Program) -> Field | None:
    fields = list(program.questionnaire.fields.filter(kind=FieldKind.SCORE, measures__in=("engagement", "enps")))
    return next((one for one in fields if one.pk == program.headline_id), fields[0] if fields else None)


def _figures(level: str, places: Places) -> dict[str, Series]:
    """Of each stage the figure with the most values, at the level of the panel."""
    measures = {one.pk: one for one in OutcomeMeasure.objects.exclude(stage="").order_by("pk")}
    if not measures:
        return {}
    table = table_of(OUTCOMES)
    rows = engine().cells(table.select("measure", UNIT, "month", "value", "n")).to_pandas()
    rows = rows[rows["measure"].isin(list(measures))]
    found: dict[str, Series] = {}
    for pk, own in sorted(rows.groupby("measure"), key=lambda item: -len(item[1])):
        measure = measures[int(str(pk))]
        if measure.stage not in found:
            values = _at(own, level, places)
            found[measure.stage] = Series(measure.name, values, _scale(measure, values["score"]))
    return found


def _scale(measure: OutcomeMeasure, values: pd.Series) -> Scale:
    if not measure.more_is_better:
        return Scale.PLAIN
    if len(values) and measure.stage in MONEY and (values > 0).all():
        return Scale.RELATIVE
    inside = len(values) and values.between(0, 1).all()
    return Scale.SHARE if inside and measure.stage not in MONEY else Scale.PLAIN


def _at(rows: pd.DataFrame, level: str, places: Places) -> pd.DataFrame:
    """Values per unit of that level and month; of several units below one, the mean by n."""
    names: dict[str, str] = {}
    pairs = zip(rows[UNIT], rows["month"], strict=True)
    rows = rows.assign(unit=[placed(member_of(unit), month, level, places, names) for unit, month in pairs])
    rows = rows[rows["unit"] != ""]
    n = rows["n"].astype(float)
    weight = n.where(n > 0, 1.0).fillna(1.0)
    rows = rows.assign(w=weight, wx=weight * rows["value"])
    summed = rows.groupby(["unit", "month"], as_index=False)[["w", "wx"]].sum()
    known = summed["w"] if n.notna().all() else np.nan
    return summed.assign(period=summed["month"], score=summed["wx"] / summed["w"], n=known, sd=np.nan)[COLUMNS]


def kept_chain(programs: Sequence[Program]) -> Study | None:
    """The newest chain of the first of these programs that has one."""
    about = {f"{one.pk} {field_of(one).column}": place for place, one in enumerate(programs)}
    found = list(Study.objects.filter(kind=StudyKind.CHAIN, about__in=list(about)))
    return min(found, key=lambda one: about[one.about], default=None)


def arrows_of(study: Study) -> dict[tuple[str, str], Arrow]:
    """The arrows of a kept chain, by their ends."""
    found = {}
    for one in study.body["arrows"]:
        figures = {key: value for key, value in one.items() if key not in {"from", "to"}}
        found[one["from"], one["to"]] = replace(Arrow(**figures), told=Told(figures["told"]))
    return found
