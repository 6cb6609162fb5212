"""What is drawn onto the service map: the weak link, for whoever may know its name, and figures at the touchpoints."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kithkin.directory.models import ServiceLink
from kithkin.directory.models.days import on_day, today
from kithkin.directory.registries.map_marks import MapMarks
from kithkin.insights import telling_links
from kithkin.insights.home import touchpoint_figures
from kithkin.insights.studies.links import kept_links
from kithkin.insights.studies.readers import as_told, told_links
from kithkin.insights.studies.reports import report_of
from kithkin.platform.models import User


def weak_link_on_the_map(user: User) -> MapMarks | None:
    """The weak link, drawn for whoever may know its name; the figures at the touchpoints for everybody."""
    kept = kept_links()
    if kept is None or kept.report is None:
        return None
    report = report_of(kept.report)
    names = kept.study.body["links"]
    shown = as_told(user, report, names)
    figures = touchpoint_figures(kept)
    weakest = report.weakest
    if weakest is None or weakest.link not in told_links(user, names):
        return MapMarks(finding=telling_links.finding(shown), figures=figures)
    pk = names[weakest.link]
    cost = _("−%(gain)s points of %(score)s") % {
        "gain": telling_links.points(weakest.gain),
        "score": kept.study.body["score"],
    }
    return MapMarks(
        finding=telling_links.finding(shown), weak=frozenset({pk}), onward=_onward(pk), cost=cost, figures=figures,
        legend=(_("figures: %(score)s at the touchpoint") % {"score": kept.study.body["score"]},),
    )  # fmt: skip


def _onward(pk: int) -> frozenset[int]:
    """The relations by which what the receiver does reaches the customer directly."""
    served = ServiceLink.objects.filter(on_day(today()), pk=pk).values("receiver_unit")
    on = ServiceLink.objects.filter(on_day(today()), provider_unit__in=served, receiver_audience__isnull=False)
    return frozenset(on.values_list("pk", flat=True))
