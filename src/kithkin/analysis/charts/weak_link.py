"""Pictures of the search for the weak link: what goes with closing each link's gap, and how strong the evidence is."""

from __future__ import annotations

from kithkin.analysis.charts.intervals import Axis, Row, Tone, intervals
from kithkin.analysis.charts.picture import Picture
from kithkin.analysis.charts.wording import chance, decimals, number
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
            reading=f"worst: {chance(link.probability_worst)}",
            detail=f"{number(link.low, places)} to {number(link.high, places)}, n = {link.n:,}; "
            f"{verdict_of(report, link)}",
            tone=tone_of(link),
        )
        for link in report.ranked
    ]
    said = [
        f"{row.label} {number(row.value, places)} ({number(row.low, places)} to {number(row.high, places)})"
        for row in rows
    ]
    axis = Axis("Points of the outside score that go with closing its gap", include=(0.0,))
    picture = intervals(rows, axis, f"Gain of each link in points, with interval. {'; '.join(said)}.")
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
    return "nothing found" if quiet and link.verdict is LinkVerdict.OPEN else link.verdict.value


def tone_of(link: RankedLink) -> Tone:
    """The weak link in kin, one that matters filled, one that cannot be told hollow."""
    return TONES.get(link.verdict, Tone.FAINT)


def legend_of(report: WeakLinkReport) -> tuple[tuple[str, str], ...]:
    """The marks that the picture uses, in words."""
    words = {Tone.KIN: ("kin", "the weak link"), Tone.SOFT: ("soft", "matters, but not told apart")}
    used = {tone_of(link) for link in report.ranked}
    legend = [words[tone] for tone in (Tone.KIN, Tone.SOFT) if tone in used]
    return (*legend, *([("faint", "cannot be told, or nothing found")] if Tone.FAINT in used else []))
