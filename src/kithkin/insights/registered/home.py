"""What this room brings to the home page: the weak link on the map, and what changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kithkin.directory.models.days import today
from kithkin.directory.queries.relations import links_on
from kithkin.directory.registries.map_marks import MapMarker, MapMarks, map_markers
from kithkin.insights import telling_links
from kithkin.insights.home import said_at_home, touchpoint_figures
from kithkin.insights.studies.links import kept_links
from kithkin.insights.studies.readers import as_told, told_links
from kithkin.insights.studies.reports import report_of
from kithkin.platform.models import User
from kithkin.platform.registries.home import Panel, panels


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
    links = list(links_on(today()))
    weak = next((one for one in links if one.pk == pk), None)
    if weak is None or weak.receiver_unit_id is None:
        return frozenset()
    return frozenset(
        one.pk
        for one in links
        if one.provider_unit_id == weak.receiver_unit_id and one.receiver_audience_id is not None
    )


map_markers.add(MapMarker(weak_link_on_the_map))
panels.add(Panel("insights/home.html", said_at_home, position=20, styles=("insights/insights.css",)))
