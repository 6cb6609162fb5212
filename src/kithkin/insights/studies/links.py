"""Which internal relation costs the outside score most: worked out over the whole company, kept, and shown to each
reader as far as they may know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils import timezone

from kithkin.analysis.charts.picture import distinct
from kithkin.analysis.errors import AnalysisError
from kithkin.analysis.linkage import weak_links
from kithkin.directory.models import ServiceLink, Side
from kithkin.directory.models.days import today
from kithkin.directory.queries.relations import links_on, name_for_all, receiver_for_all
from kithkin.insights.asking.cells import Cut, counted
from kithkin.insights.asking.choosing import field_of
from kithkin.insights.asking.defaults import filled, months_of
from kithkin.insights.asking.dimensions import dimensions_of, member_of
from kithkin.insights.asking.metric import title_of
from kithkin.insights.asking.months import ALWAYS
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.insights.asking.sources import EVERYWHERE, source_of
from kithkin.insights.models import Study, StudyKind
from kithkin.insights.studies.panel import Panel, panel_of
from kithkin.platform.access import Reach
from kithkin.platform.acting import now_acting
from kithkin.surveys.models import Program, ProgramState

SEED = 0
_OUTER, _KEPT = "insights.outer_programs", "insights.kept_links"


def outer_programs() -> list[Program]:
    """The programs whose main score is outside, the running ones and the oldest first; read once per request."""
    memory = now_acting().memory
    known: list[Program] | None = memory.get(_OUTER)
    if known is None:
        kith = Program.objects.filter(side=Side.KITH, headline__isnull=False)
        found = kith.select_related("headline", "questionnaire")
        known = sorted(found, key=lambda one: (one.state != ProgramState.RUNNING, one.pk))
        memory.remember(_OUTER, known)
    return list(known)


def outer_program_for(over: Reach) -> Program | None:
    """The first of them that is run by a unit within reach, or by the whole company."""
    return next((one for one in outer_programs() if one.unit_id is None or over.covers(one.unit_id)), None)


def study_links(program: Program, *, lag: int = 1) -> Study:
    """Work the weak link of this program's main score out anew, and keep it."""
    field = field_of(program)
    panel = panel_of(program, field.column)
    body = _body(program, panel, lag) | {
        "score": title_of(field),
        "column": field.column,
        "touchpoints": _at_touchpoints(program, field.column),
    }
    study, _made = Study.objects.update_or_create(
        kind=StudyKind.WEAK_LINK,
        about=f"{program.pk} {field.column}",
        defaults={"body": body, "made_at": timezone.now()},
    )
    return study


def _body(program: Program, panel: Panel, lag: int) -> dict[str, Any]:
    links = {str(one.pk): one for one in links_on(today()).order_by("pk")}
    names = _names(links)
    rows = panel.links[panel.links["link"].isin(list(links))] if not panel.links.empty else panel.links
    base: dict[str, Any] = {
        "program": program.pk, "level": panel.level, "links": {name: links[pk].pk for pk, name in names.items()},
        "satisfaction": sorted(panel.satisfaction), "lag": lag,
    }  # fmt: skip
    if rows.empty or panel.outcomes.empty:
        return {**base, "report": None, "why_not": "nothing"}
    named = rows.assign(link=[names[pk] for pk in rows["link"]])
    try:
        report = weak_links(named, panel.outcomes, _map(program, links), lag=lag, seed=SEED)
    except AnalysisError as error:
        return {**base, "report": None, "why_not": str(error)}
    return {**base, "report": report.to_dict(), "why_not": "", "recent": _recent(rows, panel)}


def _names(links: Mapping[str, ServiceLink]) -> dict[str, str]:
    """Of each relation a name that no other has, and that names nobody: it is kept, whoever reads or is erased."""
    called = distinct([name_for_all(link) for link in links.values()])
    return dict(zip(links, called, strict=True))


def _map(program: Program, links: Mapping[str, ServiceLink]) -> pd.DataFrame:
    """Who serves whom by name, and where the outside is met, with the share of the answers given there."""
    met = touchpoint_counts(program)
    rows: list[tuple[str, str, float | None]] = []
    for link in links.values():
        touchpoint = link.touchpoint
        if link.receiver_audience_id is None or touchpoint is None:
            rows.append((str(link.provider), receiver_for_all(link), None))
            continue
        rows.append((str(link.provider), f"@{touchpoint.name}", met.get(str(touchpoint.pk), 0.0) if met else 1.0))
    return pd.DataFrame(rows, columns=["provider", "receiver", "responses"])


def _at_touchpoints(program: Program, column: str) -> dict[str, float]:
    """The score at each touchpoint over the last twelve months, where it may be shown."""
    places = Places()
    dimensions = dimensions_of(program, places)
    if "touchpoint" not in dimensions or (program.floor is not None and "touchpoint" not in program.dimensions):
        return {}
    question = filled(Question(program.pk, column, ("touchpoint",)), months_of(program))
    source = source_of(question, program, dimensions, places, EVERYWHERE)
    groups = source.groups([source.dimension("touchpoint")], question.span)
    return {
        one.members[0]: round(one.estimate.value, 1) for one in groups if one.estimate is not None and one.members[0]
    }


def touchpoint_counts(program: Program) -> dict[str, float]:
    """How many answered at each touchpoint; under a promise, of how many that was told."""
    if program.floor is not None:
        return _released_counts(program)
    cells = counted(Cut(program.table, field_of(program).column, ("touchpoint",), weighted=False))
    if cells.empty:
        return {}
    found = cells.assign(touchpoint=cells["touchpoint"].map(member_of)).groupby("touchpoint")["n"].sum()
    return {str(key): float(n) for key, n in found.items() if key}


def _released_counts(program: Program) -> dict[str, float]:
    """The same out of the released tables, month by month; none where results are not cut by touchpoint."""
    places = Places()
    dimensions = dimensions_of(program, places)
    if "touchpoint" not in dimensions or "touchpoint" not in program.dimensions:
        return {}
    question = Question(program.pk, field_of(program).column, ("touchpoint", "month"))
    source = source_of(question, program, dimensions, places, EVERYWHERE)
    found: dict[str, float] = {}
    for group in source.groups([source.dimension("touchpoint"), source.dimension("month")], ALWAYS):
        if group.members[0] and group.n:
            found[group.members[0]] = found.get(group.members[0], 0.0) + group.n
    return found


def _recent(rows: pd.DataFrame, panel: Panel, months: int = 3) -> dict[str, dict[str, list[Any]]]:
    """Of each link where each unit stood in the link's last months: [name, score, n], for "what if"."""
    found: dict[str, dict[str, list[Any]]] = {}
    for link, own in rows.groupby("link"):
        last = sorted(own["period"].unique())[-months:]
        for unit, cells in own[own["period"].isin(last)].groupby("unit"):
            n = float(cells["n"].sum())
            score = float((cells["score"] * cells["n"]).sum() / n)
            found.setdefault(str(link), {})[str(unit)] = [panel.units.get(str(unit), ""), round(score, 3), int(n)]
    return found


@dataclass(frozen=True)
class Kept:
    """A kept study as pages read it."""

    study: Study

    @property
    def report(self) -> Mapping[str, Any] | None:
        """The report's own figures; None where there could be none."""
        found: Mapping[str, Any] | None = self.study.body.get("report")
        return found

    @property
    def weakest(self) -> Mapping[str, Any] | None:
        """The link that was found."""
        ranked = self.report["ranked"] if self.report else []
        return next((one for one in ranked if one["verdict"] == "weakest link"), None)

    def link_id(self, name: str) -> int | None:
        """The relation of that name."""
        found = self.study.body["links"].get(name)
        return int(found) if found else None


def kept_links(program: Program | None = None) -> Kept | None:
    """The newest study of this program's main score; or of the first program that has one, read once per request."""
    if program is not None:
        return _newest([program])
    memory = now_acting().memory
    known: Kept | None = memory.get(_KEPT)
    if known is None:
        known = _newest(outer_programs())
        memory.remember(_KEPT, known)
    return known


def _newest(programs: Sequence[Program]) -> Kept | None:
    for one in programs:
        found = Study.objects.filter(kind=StudyKind.WEAK_LINK, about=f"{one.pk} {field_of(one).column}").first()
        if found is not None:
            return Kept(found)
    return None
