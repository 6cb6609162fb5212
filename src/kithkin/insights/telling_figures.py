"""What figures of both sides say of one another, in the reader's language: that they go together, and no more."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.analysis.association import Association
from kithkin.analysis.charts.picture import Picture
from kithkin.analysis.charts.scatter import Point, scatter
from kithkin.analysis.linkage import Verdict, WeakLinkReport
from kithkin.insights import wording
from kithkin.insights.pictures import in_the_readers_language


def finding(inside: str, outside: str, found: Association | None) -> str:
    """The title."""
    names = {"inside": inside, "outside": outside}
    if found is None:
        return _("Of “%(inside)s” and “%(outside)s” too little is known") % names
    if not found.told:
        return _("“%(inside)s” and “%(outside)s” cannot be told to go together") % names
    if found.r > 0:
        return _("Where “%(inside)s” is higher, so is “%(outside)s”") % names
    return _("Where “%(inside)s” is higher, “%(outside)s” is lower") % names


def figure_said(found: Association) -> str:
    """ "r = 0.54 (0.47 to 0.60)"."""
    return _("r = %(r)s (%(interval)s)") % {"r": wording.signed(found.r, 2), "interval": interval_said(found)}


def interval_said(found: Association) -> str:
    """ "0.47 to 0.60"."""
    return _("%(low)s to %(high)s") % {"low": wording.signed(found.low, 2), "high": wording.signed(found.high, 2)}


def identified(report: WeakLinkReport | None, outside: str, *, tried: bool = True) -> str:
    """Whether it can be told what costs the outside figure most: by name, or that it is not identifiable yet."""
    if not tried:
        return _("What costs “%(outside)s” most was not worked out yet") % {"outside": outside}
    if report is not None and report.verdict is Verdict.FOUND and report.weakest is not None:
        said = _("“%(inside)s” is what costs “%(outside)s” most, with a probability of %(chance)s")
        chance = wording.chance(report.weakest.probability_worst)
        return said % {"inside": report.weakest.link, "outside": outside, "chance": chance}
    return _("What costs “%(outside)s” most is not identifiable yet") % {"outside": outside}


def why_not(report: WeakLinkReport) -> str:
    """Why nothing can be named."""
    if report.periods == 1:
        return _(
            "One period compares units with other units, and whatever else they differ in passes for an effect: "
            "a cause cannot be told from it, however many units there are."
        )
    return _("No figure is far enough ahead of the others, or a check did not hold.")


def needed(report: WeakLinkReport) -> str:
    """What it would take."""
    if not report.needed:
        return _("More of the same would not help.") if report.needed == 0 else ""
    periods = max(1, -(-report.needed // max(report.units, 1)))
    return ngettext(
        "It would take the same units in about %(n)d further period (%(pairs)s pairs of unit and period).",
        "It would take the same units in about %(n)d further periods (%(pairs)s pairs of unit and period).",
        periods,
    ) % {"n": periods, "pairs": wording.signed(float(report.needed), 0)}


@dataclass(frozen=True)
class Identified:
    """Whether a cause can be named, why not, and what it would take."""

    finding: str
    why_not: str = ""
    needed: str = ""

    @classmethod
    def of(cls, report: WeakLinkReport | None, outside: str, *, tried: bool = True) -> Identified:
        """Of what was worked out about an outside figure; nothing may have come of it."""
        said = identified(report, outside, tried=tried)
        return cls(said) if report is None or report.weakest else cls(said, why_not(report), needed(report))


@in_the_readers_language
def picture(points: list[Point], names: tuple[str, str], found: Association) -> Picture:
    """A point for each unit."""
    return scatter(points, names, found)
