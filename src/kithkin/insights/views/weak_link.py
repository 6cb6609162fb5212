"""The weak link: what it costs, how sure that is, its way to the customer, and what mending it would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, get_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.analysis.linkage.report import RankedLink, WeakLinkReport
from kithkin.insights import telling_links as telling
from kithkin.insights import wording
from kithkin.insights.pictures import gains_picture
from kithkin.insights.rules import can_read_scores, can_study
from kithkin.insights.rules.reaching import reads
from kithkin.insights.studies.links import Kept, kept_links, outer_programs
from kithkin.insights.studies.readers import as_told, told_links
from kithkin.insights.studies.reports import report_of
from kithkin.insights.studies.what_if import Gain, Place, gain_of, places_of
from kithkin.insights.tasks.studies import work_out_links
from kithkin.insights.views.figures import said_of_figures
from kithkin.platform import jobs
from kithkin.platform.access import allowed, user_of
from kithkin.platform.asked import as_id
from kithkin.platform.charts import drawn

MOST_UNITS = 200


@allowed(can_read_scores)
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    kept = kept_links()
    report = report_of(kept.report) if kept is not None and kept.report is not None else None
    context: dict[str, Any] = {
        "kept": kept,
        "may_study": can_study(user_of(request)),
        "finding": telling.finding(_told(request, kept, report)),
        "has_programs": bool(outer_programs()),
    }
    if kept is None or report is None:
        why = str(kept.study.body.get("why_not", "")) if kept is not None else ""
        identified = said_of_figures()
        silence = "" if identified and not why else telling.silence_said(None, why)
        context |= {"silence": silence, "identified": identified}
        return render(request, "insights/weak_link.html", context)
    return render(request, "insights/weak_link.html", context | _filling(request, kept, report))


def _told(request: HttpRequest, kept: Kept | None, report: WeakLinkReport | None) -> WeakLinkReport | None:
    return as_told(user_of(request), report, kept.study.body["links"]) if kept and report else report


def _filling(request: HttpRequest, kept: Kept, report: WeakLinkReport) -> dict[str, Any]:
    told = as_told(user_of(request), report, kept.study.body["links"])
    score = str(kept.study.body["score"])
    weakest = told.weakest
    return {
        "report": told,
        "score": score,
        "cost": telling.cost_said(weakest, score) if weakest else "",
        "silence": "" if weakest else telling.silence_said(told),
        "basis": telling.basis_said(told),
        "unnamed": told.ranked != report.ranked,
        "checks": telling.checks_said(told.checks),
        "rows": [
            LinkRow.of(link, kept, told_links(user_of(request), kept.study.body["links"])) for link in told.ranked
        ],
        "chart": drawn("gains", gains_picture(told)) if told.ranked else None,
        "made_at": date_format(localtime(kept.study.made_at), "SHORT_DATETIME_FORMAT"),
        "what_if": _what_if(request, kept, report),
    }


@dataclass(frozen=True)
class LinkRow:
    """One relation of the ranking in words."""

    name: str
    url: str
    gain: str
    interval: str
    chance: str
    verdict: str
    n: int
    strong: bool

    @classmethod
    def of(cls, link: RankedLink, kept: Kept, told: frozenset[str]) -> LinkRow:
        """A ranked link; its address only where its name is told."""
        pk = kept.link_id(link.link) if link.link in told else None
        return cls(
            name=link.link,
            url=reverse("relation", args=[pk]) if pk else "",
            gain=telling.points(link.gain),
            interval=_("%(low)s to %(high)s") % {"low": telling.points(link.low), "high": telling.points(link.high)},
            chance=wording.chance(link.probability_worst),
            verdict=str(telling.VERDICTS[link.verdict]),
            n=link.n,
            strong=link.verdict.name == "WEAKEST",
        )


@dataclass(frozen=True)
class WhatIf:
    """The form "what if" and its answer; `links` are (id, name) of those that may be asked about."""

    links: list[tuple[int, str]]
    link: int
    target: str
    places: list[Place]
    chosen: frozenset[str]
    gain: Gain
    said: str


def _what_if(request: HttpRequest, kept: Kept, report: WeakLinkReport) -> WhatIf | None:
    told = told_links(user_of(request), kept.study.body["links"])
    asked = {link.link: link for link in report.ranked if link.link in told and kept.link_id(link.link)}
    recent = kept.study.body.get("recent", {})
    over = reads(user_of(request))
    everywhere = {pk: places_of(recent[str(pk)]) for name in asked if str(pk := kept.link_id(name)) in recent}
    seen = {pk: [one for one in places if over.covers(as_id(one.unit))] for pk, places in everywhere.items()}
    options = [(pk, name) for name in asked if (pk := kept.link_id(name)) and seen.get(pk)]
    if not options:
        return None
    wanted = request.GET.get("link", "")
    pk, name = next((one for one in options if str(one[0]) == wanted), options[0])
    places = seen[pk]
    target = _number(request.GET.get("target", "")) or round(asked[name].now + asked[name].gap, 1)
    chosen = frozenset(value for value in request.GET.getlist("unit") if value)
    theirs = {place.unit for place in places}
    gain = gain_of(asked[name], everywhere[pk], target, (chosen & theirs) or theirs)
    said = _(
        "%(gain)s points of %(score)s (%(low)s to %(high)s), if %(units)d of %(all)d units came up to %(target)s."
    ) % {
        "gain": telling.points(gain.value),
        "low": telling.points(gain.low),
        "high": telling.points(gain.high),
        "score": kept.study.body["score"],
        "units": gain.raised,
        "all": len(everywhere[pk]),
        "target": wording.signed(target, 1),
    }
    written = f"{target:g}".replace(".", str(get_format("DECIMAL_SEPARATOR")))
    return WhatIf(options, pk, written, places[:MOST_UNITS], chosen, gain, said)


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if -1e6 < value < 1e6 else None


@require_POST
@allowed(can_study)
def anew(request: HttpRequest) -> HttpResponse:
    """Work it out anew, in the background."""
    jobs.enqueue(work_out_links)
    messages.success(request, _("It is being worked out anew; that takes a minute or so."))
    return HttpResponseRedirect(reverse("weak_link"))
