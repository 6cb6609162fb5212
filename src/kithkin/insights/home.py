"""The sentences of the home page: what is weakest and how sure, what changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kithkin.directory.models.days import today
from kithkin.insights import telling, telling_links, wording
from kithkin.insights.asking import Answer, CannotAnswer, Question, answer
from kithkin.insights.asking.defaults import months_of
from kithkin.insights.asking.months import Span, month_of
from kithkin.insights.rules import can_read_scores
from kithkin.insights.rules.reaching import reads
from kithkin.insights.studies.links import Kept, kept_links, outer_program_for
from kithkin.insights.studies.readers import as_told, told_links
from kithkin.insights.studies.reports import report_of
from kithkin.insights.warehouse.failures import WarehouseError
from kithkin.platform.access import user_of
from kithkin.platform.models import User

MOST_ROWS = 4


def said_at_home(request: HttpRequest) -> dict[str, Any] | None:
    """How sure the weak link is, and what changed last month; to its two ends no more than how sure."""
    user, kept = user_of(request), kept_links()
    if not can_read_scores(user):
        return _said_to_an_end(user, kept)
    report = as_told(user, report_of(kept.report), kept.study.body["links"]) if kept and kept.report else None
    changed = _changed(request)
    if report is None and changed is None:
        return None
    weakest = report.weakest if report else None
    rows = report.ranked[:MOST_ROWS] if report else ()
    return {
        "report": report,
        "weak": telling_links.cost_said(weakest, str(kept.study.body["score"])) if weakest and kept else "",
        "silence": ""
        if weakest
        else telling_links.silence_said(report, str(kept.study.body["why_not"]) if kept else ""),
        "rows": [(one.link, wording.chance(one.probability_worst)) for one in rows],
        "unnamed": any(" → " not in one.link for one in rows),  # see readers.as_told
        "changed": changed,
        "weak_url": reverse("weak_link"),
    }


def _said_to_an_end(user: User, kept: Kept | None) -> dict[str, Any] | None:
    """Whoever is told the weak link by name is told how sure it is, too."""
    weakest = report_of(kept.report).weakest if kept and kept.report else None
    if kept is None or weakest is None or weakest.link not in told_links(user, kept.study.body["links"]):
        return None
    return {"weak": telling_links.cost_said(weakest, str(kept.study.body["score"])), "silence": ""}


def _changed(request: HttpRequest) -> dict[str, str] | None:
    """The last whole month against the one before, at the touchpoints."""
    user = user_of(request)
    program = outer_program_for(reads(user))
    if program is None:
        return None
    try:
        months = [month for month in months_of(program) if month < month_of(today())]
        if len(months) < 2:
            return None
        question = Question(program.pk, by=("touchpoint",), span=Span(months[-1], months[-1]))
        found = answer(question, program, user)
    except (CannotAnswer, WarehouseError):  # the page of scores says why
        return None
    if not found.groups:  # nobody answered about what this reader looks after
        return None
    return {"said": _change_said(found, months[-1]), "url": f"{reverse('scores')}?{question.address}"}


def _change_said(found: Answer, month: str) -> str:
    if all(group.change is None for group in found.groups):
        return telling.said_of_overall(found)
    if not any(group.changed for group in found.groups):
        return _("In %(month)s no touchpoint moved beyond chance.") % {"month": wording.month_name(month)}
    said = telling.finding(found)
    return _("In %(month)s: %(finding)s, a real change.") % {"month": wording.month_name(month), "finding": said}


def touchpoint_figures(kept: Kept) -> dict[str, str]:
    """The outside score at each touchpoint, as the map shows it."""
    figures: dict[str, float] = kept.study.body.get("touchpoints", {})
    return {f"touchpoint-{pk}": wording.signed(value, 0) for pk, value in figures.items()}
