"""What an answer says, in sentences: true of its numbers, and no more than they allow."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.analysis.metrics import Metric
from kithkin.insights import wording
from kithkin.insights.asking import Answer, Group
from kithkin.insights.asking.metric import metric_of, title_of
from kithkin.insights.models import Loaded
from kithkin.platform.models import FactChange

METHODS = {
    Metric.NPS: gettext_lazy("Share of 9 and 10 less share of 0 to 6, in points; adjusted Wald interval."),
    Metric.CSAT: gettext_lazy("Share of the two best answers; Wilson interval."),
    Metric.CES: gettext_lazy("Mean, the highest point is the best; Student’s t interval."),
    Metric.MEAN: gettext_lazy("Mean; Student’s t interval."),
}


CHANGES = gettext_lazy(
    "Against the same number of months before; called a change where Holm’s p over all groups shown is below 5 %."
)
REST = gettext_lazy(
    "Against all others together, under a promise against all others that are shown; it differs where Holm’s p over "
    "all groups shown is below 5 %."
)
MONTHS = gettext_lazy(
    "The usual range is the mean ± 2.66 times the mean step from one month to the next (XmR). A change of level is "
    "drawn where it explains more than in 19 of 20 series that keep theirs."
)
PROTECTION = gettext_lazy(
    "Groups of fewer than %(floor)d people, and what would give such a group away, are hidden: so it was promised. "
    "Intervals are as wide as n and the mean allow."
)


def finding(answer: Answer) -> str:
    """The page's title: the largest change that is one, else the lowest group that differs, else the score."""
    moved = [group for group in answer.groups if group.changed and group.change is not None]
    if moved:
        return _moved(max(moved, key=lambda group: abs(group.change.value) if group.change else 0.0))
    apart = [group for group in answer.groups if answer.differing.get(group.members) and group.estimate is not None]
    overall = answer.overall.estimate
    if apart and overall is not None:
        lowest = min(apart, key=lambda group: group.estimate.value if group.estimate else 0.0)
        if lowest.estimate is not None and lowest.estimate.value < overall.value:
            figure = wording.Figure.of(lowest.estimate)
            said = {
                "group": lowest.label,
                "value": figure.value(lowest.estimate.value),
                "rest": figure.value(overall.value),
            }
            return _("%(group)s stands at %(value)s, everybody together at %(rest)s") % said
    if overall is None:
        return _("There are no answers to show here") if answer.overall.reason else _("Nobody has answered yet")
    said = {
        "score": title_of(answer.field),
        "value": wording.Figure.of(overall).value(overall.value),
        "program": str(answer.program),
    }
    return _("%(program)s: %(score)s is %(value)s") % said


def _moved(group: Group) -> str:
    assert group.estimate is not None
    assert group.change is not None
    figure = wording.Figure.of(group.estimate)
    said = {
        "group": group.label,
        "before": figure.value(group.estimate.value - group.change.value),
        "now": figure.value(group.estimate.value),
    }
    rose = _("%(group)s rose from %(before)s to %(now)s")
    return (rose if group.change.value > 0 else _("%(group)s fell from %(before)s to %(now)s")) % said


def said_of_overall(answer: Answer) -> str:
    """Score, interval, n and span in one line."""
    if answer.overall.estimate is None:
        return answer.overall.reason
    return _("%(score)s %(estimate)s from %(answers)s, %(months)s.") % {
        "score": title_of(answer.field),
        "estimate": wording.estimate(answer.overall.estimate),
        "answers": wording.answers(answer.overall.n or 0),
        "months": wording.months(answer.question.span.first, answer.question.span.last),
    }


def method(answer: Answer) -> list[tuple[str, str]]:
    """How the numbers came to be: what every figure on the page can be asked."""
    rows = [
        (_("Method"), str(METHODS[metric_of(answer.field)])),
        (_("Question"), str(answer.field)),
        (_("Source"), _source(answer)),
        (_("As of"), as_of(answer)),
        (_("Changes"), str(CHANGES)),
    ]
    if answer.differing:
        rows.append((_("Against the rest"), str(REST)))
    if answer.trend.chart is not None:
        rows.append((_("Month by month"), str(MONTHS)))
    if answer.is_floored:
        rows.append((_("Protection"), PROTECTION % {"floor": answer.program.floor or 0}))
    return rows


def _source(answer: Answer) -> str:
    source = _("released tables of %(program)s") if answer.is_floored else _("every answer to %(program)s")
    return source % {"program": answer.program}


def as_of_table(table: str) -> str:
    """When the warehouse was loaded, and what it has not seen yet."""
    loaded = Loaded.objects.filter(table=table).values_list("loaded_at", flat=True).first()
    return _as_of(loaded, FactChange.objects.filter(table=table).count())


def as_of(answer: Answer) -> str:
    """The same of an answer."""
    return _as_of(answer.as_of, answer.pending)


def _as_of(loaded: datetime | None, pending: int) -> str:
    if loaded is None:
        return _("not loaded yet")
    at = date_format(localtime(loaded), "SHORT_DATETIME_FORMAT")
    if not pending:
        return at
    waiting = ngettext("%(n)d change is waiting to be loaded", "%(n)d changes are waiting to be loaded", pending)
    return f"{at}; {waiting % {'n': pending}}"
