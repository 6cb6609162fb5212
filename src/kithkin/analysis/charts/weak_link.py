"""Pictures of the search for the weak link: what goes with closing each link's gap, and how strong the evidence is."""

from __future__ import annotations

from kithkin.analysis.charts.intervals import Axis, Row, Tone, intervals
from kithkin.analysis.charts.picture import Picture
from kithkin.analysis.charts.wording import _, between, chance, decimals, number
from kithkin.analysis.linkage.report import LinkVerdict, RankedLink, WeakLinkReport

UNLIKELY = 0.05
TONES = {LinkVerdict.WEAKEST: Tone.KIN, LinkVerdict.LIKELY: Tone.SOFT}


def gains(report: WeakLinkReport) -> Picture:
    """Points of the outside score that go with closing each link's gap, their intervals, and P(it is the worst)."""
    places = places_of(report)
    rows = [
        Row(
            link.link,
            link.gain,
            link.low,
            link.high,
            reading=_("worst: %(chance)s") % {"chance": chance(link.probability_worst)},
            detail=f"{between(number(link.low, places), number(link.high, places))}, n = {number(link.n)}; "
            f"{verdict_of(report, link)}",
            tone=tone_of(link),
        )
        for link in report.ranked
    ]
    said = [
        f"{row.label} {number(row.value, places)} ({between(number(row.low, places), number(row.high, places))})"
        for row in rows
    ]
    axis = Axis(_("Points of the outside score that go with closing its gap"), include=(0.0,))
    description = _("Gain of each link in points, with interval. %(figures)s.") % {"figures": "; ".join(said)}
    picture = intervals(rows, axis, description)
    return Picture(picture.wide, picture.narrow, picture.description, legend_of(report))


def evidence(report: WeakLinkReport) -> Picture:
    """Each link's z against the bound that a declaration needs, which grows with the number of links."""
    rows = [
        Row(
            link.link,
            link.z,
            min(link.z, 0.0),
            max(link.z, 0.0),
            reading=f"z {number(link.z, 2)}",
            detail=verdict_of(report, link),
            tone=tone_of(link),
        )
        for link in sorted(report.ranked, key=lambda link: -link.z)
    ]
    said = "; ".join(f"{row.label} {number(row.value, 2)}" for row in rows)
    axis = Axis("z: standard errors away from no effect, in the helpful direction", include=(0.0, report.bound))
    picture = intervals(rows, axis, f"Evidence per link as z; {number(report.bound, 2)} is needed. {said}.")
    legend = (("dash", f"no effect, and the bound {number(report.bound, 2)} for {len(rows)} links"),)
    return Picture(picture.wide, picture.narrow, picture.description, legend)


def places_of(report: WeakLinkReport) -> int:
    """The decimals in which the report's gains are written."""
    largest = max((abs(link.high) for link in report.ranked), default=1.0)
    return 1 if largest >= 1 else decimals(largest) - 1


def verdict_of(report: WeakLinkReport, link: RankedLink) -> str:
    """What can be said of the link; of one that is almost never the worst and far from proven: nothing was found."""
    quiet = link.z < report.bound and link.probability_worst < UNLIKELY
    return _("nothing found") if quiet and link.verdict is LinkVerdict.OPEN else _(link.verdict.value)


def tone_of(link: RankedLink) -> Tone:
    """The weak link in kin, one that matters filled, one that cannot be told hollow."""
    return TONES.get(link.verdict, Tone.FAINT)


def legend_of(report: WeakLinkReport) -> tuple[tuple[str, str], ...]:
    """The marks that the picture uses, in words."""
    words = {Tone.KIN: ("kin", _("the weak link")), Tone.SOFT: ("soft", _("matters, but not told apart"))}
    used = {tone_of(link) for link in report.ranked}
    legend = [words[tone] for tone in (Tone.KIN, Tone.SOFT) if tone in used]
    return (*legend, *([("faint", _("cannot be told, or nothing found"))] if Tone.FAINT in used else []))
