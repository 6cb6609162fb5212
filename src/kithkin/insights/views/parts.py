"""The pictures and tables of a page one by one, for files and for tiles: out of the same answers as the page's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
from django.http import QueryDict
from django.utils.translation import gettext as _

from kithkin.analysis.charts.picture import Picture, distinct
from kithkin.analysis.charts.quadrants import to_improve
from kithkin.insights import telling_chain, telling_links
from kithkin.insights.asking import Answer, CannotAnswer, Group, Question, answer
from kithkin.insights.asking.dimensions import Role
from kithkin.insights.asking.metric import title_of
from kithkin.insights.asking.months import Span
from kithkin.insights.pictures import gains_picture, groups_picture, map_picture, shares_picture, trend_picture
from kithkin.insights.queries.figures import figures_known
from kithkin.insights.rules.reaching import reads
from kithkin.insights.studies.chain import kept_chain
from kithkin.insights.studies.links import kept_links, outer_programs
from kithkin.insights.studies.readers import as_told
from kithkin.insights.studies.reports import report_of
from kithkin.insights.telling import finding, said_of_overall
from kithkin.insights.telling_figures import figure_said
from kithkin.insights.views.drivers import choice_of, finding_of, months_told, report_for
from kithkin.insights.views.figures import asked_of as asked_figures
from kithkin.insights.views.figures import picture_of, points_of
from kithkin.insights.views.scores import Asked, asked_of
from kithkin.platform.models import User

MOST_IN_A_TILE = 8
FIGURES = {"score", "low", "high", "n", "change", "changed", "differs", "state", "note"}
"""The columns of a table of groups beside the groups' own."""


@dataclass(frozen=True)
class Part:
    """One picture, one table, or both of the same; `table` has a row per group, with plain numbers."""

    picture: Picture | None = None
    table: pa.Table | None = None


@dataclass(frozen=True)
class Shown:
    """What a page says and shows; `about` (program, score, months) goes into the names of files."""

    finding: str
    said: str
    about: Sequence[str]
    parts: dict[str, Part]
    brief: Picture | None = None
    """What a tile shows, where the first picture is too tall for one."""

    @property
    def picture(self) -> Picture | None:
        """The one that says most in a small place."""
        return self.brief or next((part.picture for part in self.parts.values() if part.picture is not None), None)


def shown(page: str, query: QueryDict, user: User) -> Shown:
    """What this user sees on the page at this address. Raises CannotAnswer, AnalysisError or WarehouseError."""
    return _PAGES[page](query, user)


def _asked(query: QueryDict, user: User) -> Asked:
    asked = asked_of(query, user)
    if asked is None:
        raise CannotAnswer(_("There is nothing to score yet"))
    if Question.read(query).program not in {None, asked.program.pk}:  # a tile or file of it is never of another
        said = _(
            "It may have been moved or removed, or it is not open to you. Search for it, or start at the home page."
        )
        raise CannotAnswer(said)
    return asked


def _scores(query: QueryDict, user: User) -> Shown:
    asked = _asked(query, user)
    found = answer(asked.question, asked.program, user)
    parts = {}
    if found.groups:
        parts["groups"] = Part(groups_picture(found), _groups_table(found.groups, found))
    parts["trend"] = Part(trend_picture(found), _groups_table(found.trend.groups, found, over_months=True))
    about = (str(asked.program), title_of(found.field), *_months(asked.question.span))
    brief = parts["trend"].picture if len(found.groups) > MOST_IN_A_TILE else None
    return Shown(finding(found), said_of_overall(found), about, parts, brief)


def _months(span: Span) -> tuple[str, ...]:
    return tuple(dict.fromkeys(month for month in (span.first, span.last) if month))


def _groups_table(groups: Sequence[Group], found: Answer, *, over_months: bool = False) -> pa.Table:
    """A hidden group has its reason, and no figure; times stand as programs read them ("2026-03")."""
    cut = [("month", True)] if over_months else [(one.title, one.role is Role.TIME) for one in found.by]
    labels: dict[str, list[Any]] = {}
    for place, (name, is_time) in enumerate(cut):
        taken = name in labels or name in FIGURES
        said = [(group.members if is_time else group.labels)[place] for group in groups]
        labels[f"{name} ({place + 1})" if taken else name] = said
    estimates = [group.estimate for group in groups]
    changes = [group.change for group in groups]
    return _table(
        **labels,
        score=_floats(one.value if one else None for one in estimates),
        low=_floats(one.low if one else (g.range[0] if g.range else None) for one, g in _pairs(estimates, groups)),
        high=_floats(one.high if one else (g.range[1] if g.range else None) for one, g in _pairs(estimates, groups)),
        n=pa.array([group.n for group in groups], pa.int64()),
        change=_floats(one.value if one else None for one in changes),
        changed=pa.array([group.changed if group.change else None for group in groups], pa.bool_()),
        differs=pa.array([found.differing.get(group.members) for group in groups], pa.bool_()),
        state=[group.state.value for group in groups],
        note=[group.reason for group in groups],
    )


def _pairs(estimates: Sequence[Any], groups: Sequence[Group]) -> Iterable[tuple[Any, Group]]:
    return zip(estimates, groups, strict=True)


def _floats(values: Iterable[float | None]) -> pa.Array:
    return pa.array(list(values), pa.float64())


def _table(**columns: Any) -> pa.Table:
    made = {name: one if isinstance(one, pa.Array) else pa.array(one, pa.string()) for name, one in columns.items()}
    return pa.table(made)


def _drivers(query: QueryDict, user: User) -> Shown:
    asked = _asked(query, user)
    outcome, _candidates, chosen = choice_of(asked, query)
    found = report_for(asked, user, outcome, chosen)
    ranked = found.drivers
    table = _table(
        driver=[one.name for one in ranked],
        share=_floats(one.share for one in ranked),
        low=_floats(one.low for one in ranked),
        high=_floats(one.high for one in ranked),
        percent_of_explained=_floats(one.percent for one in ranked),
        mean=_floats(one.mean for one in ranked),
        n=pa.array([one.n for one in ranked], pa.int64()),
        weak_evidence=pa.array([one.weak for one in ranked], pa.bool_()),
    )
    parts = {"shares": Part(shares_picture(found), table)}
    if found.map is not None:
        parts["map"] = Part(map_picture(found.map, to_improve(found)))
    about = (str(asked.program), title_of(outcome), *_months(months_told(asked, outcome, chosen)))
    return Shown(finding_of(found, outcome), "", about, parts)


def _weak_link(_query: QueryDict, user: User) -> Shown:
    kept = kept_links()
    report = as_told(user, report_of(kept.report), kept.study.body["links"]) if kept and kept.report else None
    said = telling_links.finding(report)
    if report is None or kept is None:
        raise CannotAnswer(said)
    ranked = report.ranked
    table = _table(
        relation=[one.link for one in ranked],
        gain=_floats(one.gain for one in ranked),
        low=_floats(one.low for one in ranked),
        high=_floats(one.high for one in ranked),
        probability_worst=_floats(one.probability_worst for one in ranked),
        n=pa.array([one.n for one in ranked], pa.int64()),
        verdict=[one.verdict.value for one in ranked],
    )
    weakest = report.weakest
    score = str(kept.study.body["score"])
    more = telling_links.cost_said(weakest, score) if weakest else telling_links.silence_said(report)
    picture = gains_picture(report) if ranked else None
    about = (_("Weak link"), score, report.first_period, report.last_period)
    brief = gains_picture(replace(report, ranked=ranked[:MOST_IN_A_TILE])) if picture else None
    return Shown(said, more, about, {"gains": Part(picture, table)}, brief)


def _chain(_query: QueryDict, _user: User) -> Shown:
    study = kept_chain(outer_programs())
    if study is None:
        raise CannotAnswer(telling_chain.finding(None))
    worked = study.body["arrows"]
    figures = ("effect", "low", "high", "standardised", "standardised_low", "standardised_high", "reliability")
    counts = ("lag", "n", "units", "periods")
    table = _table(
        **{"from": [one["from"] for one in worked], "to": [one["to"] for one in worked]},
        **{name: _floats(one[name] for one in worked) for name in figures},
        **{name: pa.array([one[name] for one in worked], pa.int64()) for name in counts},
        verdict=[one["told"] for one in worked],
    )
    about = (_("Chain"), str(study.body["score"]))
    return Shown(telling_chain.finding(study), "", about, {"ring": Part(telling_chain.picture(study), table)})


def _figures(query: QueryDict, user: User) -> Shown:
    asked = asked_figures(query, figures_known(), reads(user))
    if asked is None:
        raise CannotAnswer(_("No figures of both sides are known of the same units yet"))
    points = points_of(asked, user)
    first, second = asked.first.name, asked.second.name
    columns = [
        pa.array([one.name for one in points], pa.string()),
        _floats(one.x for one in points),
        pa.array([one.x_n for one in points], pa.int64()),
        _floats(one.y for one in points),
        pa.array([one.y_n for one in points], pa.int64()),
    ]
    table = pa.table(columns, names=distinct(["unit", first, f"{first} (n)", second, f"{second} (n)"]))
    names = {one.pk: one.name for one in (*asked.inside, *asked.outside)}
    known = [(pair, one) for pair, one in asked.found.items() if one is not None]
    pairs = _table(
        inside=[names[pair[0]] for pair, _one in known],
        outside=[names[pair[1]] for pair, _one in known],
        r=_floats(one.r for _pair, one in known),
        low=_floats(one.low for _pair, one in known),
        high=_floats(one.high for _pair, one in known),
        n=pa.array([one.n for _pair, one in known], pa.int64()),
        differs_from_nothing=pa.array([one.told for _pair, one in known], pa.bool_()),
    )
    found = asked.association
    said = figure_said(found) if found else ""
    parts = {"against": Part(picture_of(asked, user), table), "pairs": Part(None, pairs)}
    return Shown(asked.finding, said, (_("Figures"), asked.first.name, asked.second.name, asked.month), parts)


_PAGES: dict[str, Callable[[QueryDict, User], Shown]] = {
    "scores": _scores,
    "drivers": _drivers,
    "weak_link": _weak_link,
    "chain": _chain,
    "figures": _figures,
}
