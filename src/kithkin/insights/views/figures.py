"""Figures that came by file: what there is, and how those said inside go with those said outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from kithkin.analysis.association import Association, associations
from kithkin.analysis.charts.picture import Picture
from kithkin.analysis.charts.scatter import Point
from kithkin.directory.models import Side
from kithkin.directory.rules.imports import may_import
from kithkin.insights import telling_figures as telling
from kithkin.insights import wording
from kithkin.insights.asking.months import last_day
from kithkin.insights.models import OutcomeMeasure
from kithkin.insights.queries.figures import LEAST_UNITS, FigureKnown, figures_known, months_of_both, values_of
from kithkin.insights.rules import can_read_scores
from kithkin.insights.rules.reaching import reads
from kithkin.insights.studies.figures import kept_report, kept_study, reported, sided
from kithkin.platform.access import Reach, allowed, user_of
from kithkin.platform.asked import as_id, typed
from kithkin.platform.charts import drawn
from kithkin.platform.models import User

MOST = 12
"""Figures of a side that are set against those of the other on one page."""
MOST_LISTED = 200
"""Figures in the list of what is known."""
Pair = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """One inside figure against one outside."""

    url: str
    found: Association | None
    r: str
    interval: str
    n: str
    shade: int | None
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """Which two figures in which month; everything that is known of both sides in it."""

    inside: Sequence[OutcomeMeasure]
    outside: Sequence[OutcomeMeasure]
    months: Sequence[str]
    month: str
    first: OutcomeMeasure
    second: OutcomeMeasure
    frame: pd.DataFrame
    units: frozenset[int]
    """Over which the two were set against one another."""
    found: Mapping[Pair, Association | None]

    @property
    def association(self) -> Association | None:
        """Of the two that were chosen."""
        return self.found[self.first.pk, self.second.pk]

    @property
    def finding(self) -> str:
        """The title."""
        return telling.finding(self.first.name, self.second.name, self.association)


@allowed(can_read_scores)
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    user, known = user_of(request), figures_known()
    asked = asked_of(request.GET, known, reads(user))
    context: dict[str, Any] = {
        "known": [(one, wording.months(one.first, one.last)) for one in known[:MOST_LISTED]],
        "unlisted": max(len(known) - MOST_LISTED, 0),
        "in_the_chain": any(one.measure.stage for one in known),
        "may_import": may_import(user),
        "finding": asked.finding if asked else _("Figures by unit and period"),
        "asked": asked,
    }
    return render(request, "insights/figures.html", context | (_filling(asked, user) if asked else {}))


def asked_of(query: QueryDict, known: Sequence[FigureKnown], over: Reach) -> Asked | None:
    """What the address asks for, or else the pair that goes together most in the newest month; None without any."""
    inside, outside = (
        [one.measure for one in known if one.measure.side == side][:MOST] for side in (Side.KIN, Side.KITH)
    )
    months = months_of_both([one.pk for one in inside], [one.pk for one in outside]) if inside and outside else []
    if not months:
        return None
    month = typed(query, "month") if typed(query, "month") in months else months[0]
    frame = values_of([one.pk for one in (*inside, *outside)], [month])
    wide = frame.pivot_table(index="unit", columns="measure", values="value").reindex(
        columns=[one.pk for one in (*inside, *outside)]
    )
    both = {(a.pk, b.pk): _told_together(wide[[a.pk, b.pk]].dropna(), over) for a in inside for b in outside}
    found = associations({pair: (rows[pair[0]].to_numpy(), rows[pair[1]].to_numpy()) for pair, rows in both.items()})
    strongest = max(found, key=lambda pair: abs(found[pair].r) if found[pair] else -1.0)  # type: ignore[union-attr]
    first = _chosen(inside, query, "inside", strongest[0])
    second = _chosen(outside, query, "outside", strongest[1])
    units = frozenset(both[first.pk, second.pk].index)
    return Asked(inside, outside, months, month, first, second, frame, units, found)


def _told_together(rows: pd.DataFrame, over: Reach) -> pd.DataFrame:
    """The units over which two figures are set against one another: all, or the reader's own where so few others are
    known that what is said of all would tell of these."""
    if over.everywhere:
        return rows
    own = rows.index.isin(list(over.unit_ids))
    return rows[own] if (~own).sum() < LEAST_UNITS else rows


def _chosen(some: Sequence[OutcomeMeasure], query: QueryDict, key: str, otherwise: int) -> OutcomeMeasure:
    by_key = {one.pk: one for one in some}
    return by_key.get(as_id(typed(query, key))) or by_key[otherwise]


def said_of_figures() -> telling.Identified | None:
    """What figures of both sides allow to say of the first outside figure that was studied; None where none was."""
    for outside in sided()[1]:
        report = kept_report(outside)
        if report is not None:
            return telling.Identified.of(report, outside.name)
    return None


def points_of(asked: Asked, user: User) -> list[Point]:
    """A point for each unit that the user reads of, where both figures are known."""
    over = reads(user)
    own = [asked.frame[asked.frame["measure"] == one.pk].set_index("unit") for one in (asked.first, asked.second)]
    both = own[0].join(own[1], lsuffix="_x", rsuffix="_y", how="inner")
    columns = [both[key].tolist() for key in ("name_x", "value_x", "value_y", "n_x", "n_y")]
    return [
        Point(name, x, y, _whole(x_n), _whole(y_n))
        for unit, name, x, y, x_n, y_n in zip(both.index.tolist(), *columns, strict=True)
        if over.covers(unit)
    ]


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def picture_of(asked: Asked, user: User) -> Picture | None:
    """The two figures against one another."""
    found = asked.association
    return telling.picture(points_of(asked, user), (asked.first.name, asked.second.name), found) if found else None


def _filling(asked: Asked, user: User) -> dict[str, Any]:
    picture, found = picture_of(asked, user), asked.association
    study = kept_study(asked.second)
    return {
        "said": telling.figure_said(found) if found else "",
        "n": found.n if found else 0,
        "answers": _answers(asked),
        "when": date_format(last_day(asked.month), "YEAR_MONTH_FORMAT"),
        "months": [(month, date_format(last_day(month), "YEAR_MONTH_FORMAT")) for month in asked.months],
        "chart": drawn("scatter", picture) if picture else None,
        "rows": [(one, [_cell(asked, one, other) for other in asked.outside]) for one in asked.inside],
        "identified": telling.Identified.of(reported(study), asked.second.name, tried=study is not None),
        "method": _method(),
    }


def _answers(asked: Asked) -> list[tuple[OutcomeMeasure, str]]:
    """Of each of the two by how many it was said in the units of which both are known, where that is known of all."""
    found = []
    for one in (asked.first, asked.second):
        own = (asked.frame["measure"] == one.pk) & asked.frame["unit"].isin(asked.units)
        n = asked.frame.loc[own, "n"]
        if len(n) and n.notna().all():
            found.append((one, number_format(int(n.sum()), force_grouping=True)))
    return found


def _cell(asked: Asked, inside: OutcomeMeasure, outside: OutcomeMeasure) -> Cell:
    found = asked.found[inside.pk, outside.pk]
    url = f"?inside={inside.pk}&outside={outside.pk}&month={asked.month}"
    chosen = (inside, outside) == (asked.first, asked.second)
    if found is None:
        return Cell(url, None, "", "", "", None, chosen)
    n = number_format(found.n, force_grouping=True)
    return Cell(url, found, wording.signed(found.r, 2), telling.interval_said(found), n, shade_of(found), chosen)


def shade_of(found: Association) -> int:
    """From −4 to 4; whatever differs from nothing is shaded, however little."""
    strength = max(round(4 * abs(found.r)), 1) if found.told else 0
    return strength if found.r > 0 else -strength


def _method() -> list[tuple[str, str]]:
    return [
        (
            _("Method"),
            _(
                "Pearson’s r over the units of which both figures are known in that period, each unit counting once; "
                "95 % intervals by Fisher’s transformation; shaded where Holm’s p over all pairs is below 5 %."
            ),
        ),
        (
            _("What it is not"),
            _(
                "A proof of cause, nor of a direction: units that differ in one figure differ in much else. "
                "Few answers in a unit pull r towards nothing."
            ),
        ),
        (
            _("The first pair"),
            _(
                "Unless another is chosen, it is the one of all pairs with the largest r: chance had the most part in "
                "that one, and its interval does not take this into account."
            ),
        ),
        (_("Source"), _("Figures as they came by file; the values stand under the last month of their period.")),
    ]
