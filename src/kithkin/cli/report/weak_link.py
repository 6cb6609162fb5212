"""The report of the weak link: its name or an honest silence, the map, the ranking, the checks."""

from __future__ import annotations

from collections.abc import Sequence

from kithkin.analysis.charts import weak_link as charts
from kithkin.analysis.charts.service_map import near_links, service_map
from kithkin.analysis.charts.wording import chance, counted, number, percent, span
from kithkin.analysis.linkage.panel import ends_of
from kithkin.analysis.linkage.report import Check, RankedLink, WeakLinkReport
from kithkin.cli.report.page import Column, Fact, Page, Point, Section, Table, opened

METHOD = (
    "Each link’s effect on the outside score within units and periods (fixed effects for both), adjusted for links not "
    "downstream of it and corrected for measurement error by the within-unit reliability. Gain: points of the outside "
    "score that go with closing the link’s gap = effect × gap × exposure, then drawn towards zero. "
    "Intervals and P(worst) by a bootstrap over units. A link is named only if P(worst) "
    "is at least 90 % and its one-sided z passes the Bonferroni bound."
)
MADE_OF = (
    "Effect: points of the outside score per point of the link, unshrunk. Gap: points of the link to its target or to "
    "the best quartile. Exposure: share of the outside that it touches. Reliability of its changes: the share of its "
    "ups and downs within a unit that is no chance of who was asked."
)
WORDS = (
    Fact("P(worst)", "The share of resamples of units in which this link costs the outside score most."),
    Fact("z", "The effect divided by its standard error: how far from no effect, in the direction that helps."),
)
ASSUMED = "No map was given, so it is assumed to reach every customer; a map (--map) changes this figure."
RESULTS = {True: "held", False: "did not hold", None: "not tried"}


def weak_link_page(
    report: WeakLinkReport,
    *,
    source: str,
    edges: Sequence[tuple[str, str]] = (),
    facts: Sequence[Fact] = (),
    refused: Sequence[str] = (),
) -> Page:
    """The report of a search; `edges` are the pairs (provider, receiver) of the service map, where there is one."""
    sections = [_map(report, edges), _ranking(report), _evidence(report), _checks(report)]
    return Page(
        kind="The weak link",
        title=_title(report),
        lead=tuple(_lead(report, mapped=bool(edges))),
        sections=opened("The weak link", sections),
        facts=(*_facts(report, source), *facts),
        refused=(*(f"{left.link}: {left.reason}" for left in report.excluded), *refused),
    )


def _title(report: WeakLinkReport) -> str:
    weakest = report.weakest
    if weakest is None:
        return "Which link costs the customer most cannot be told yet"
    ends, _, service = weakest.link.partition(":")
    name = f"{service.strip()} ({ends.strip()})" if service.strip() else ends.strip()
    return f"{name[:1].upper()}{name[1:]} costs your customers most"


def _gain(report: WeakLinkReport, link: RankedLink) -> str:
    places = charts.places_of(report)
    return f"{number(link.gain, places)} points ({number(link.low, places)} to {number(link.high, places)})"


def _lead(report: WeakLinkReport, *, mapped: bool) -> list[Point]:
    weakest, first = report.weakest, next(iter(report.ranked), None)
    tried = [check for check in report.checks if check.passed is not None]
    held = f"{sum(bool(check.passed) for check in tried)} of {len(tried)} checks held."
    assumed = "" if mapped else f" {ASSUMED}"
    if weakest is not None:
        probability = chance(weakest.probability_worst)
        return [
            Point("The weak link.", f"{_gain(report, weakest)} of the outside score go with closing its gap.{assumed}"),
            Point("How sure.", f"The worst of {len(report.ranked)} with probability {probability}. {held}"),
            Point("What it is not.", "A proof of cause: it is an association within units over time."),
        ]
    points = []
    if first is not None:
        worst = f"{first.link}: {_gain(report, first)}, the worst with probability {chance(first.probability_worst)}."
        points.append(Point("Nearest.", f"{worst}{assumed}"))
    if report.needed:
        points.append(Point("Next step.", f"About {report.needed:,} further unit-periods would be needed to tell."))
    elif report.needed == 0:
        points.append(Point("Next step.", "More of the same data would not help: see the checks."))
    return [*points, Point("How sure.", held)]


def _map(report: WeakLinkReport, edges: Sequence[tuple[str, str]]) -> Section | None:
    ends = {link.link: pair for link in report.ranked if (pair := ends_of(link.link)) is not None}
    if not ends:
        return None
    links = list(dict.fromkeys(ends.values()))
    every = sorted({*edges, *links})
    shown = near_links(every, links)
    weakest = report.weakest
    weak = ends.get(weakest.link) if weakest else None
    notes: dict[tuple[str, str], str] = {}
    for link in report.ranked:
        if link.link in ends:
            notes.setdefault(ends[link.link], _gain(report, link))
    cost = f"{number(weakest.gain, charts.places_of(report))} points" if weakest else ""
    picture = service_map(shown, weak, lead=links[0], mapped=bool(edges), cost=cost, notes=notes)
    left = len(every) - len(shown)
    said = f"{left} further services are not drawn."
    return Section(_way(report, mapped=bool(edges)), picture=picture, notes=(said,) if left else ())


def _way(report: WeakLinkReport, *, mapped: bool) -> str:
    if not mapped:
        return "Who serves whom inside; no map of the way to your customers was given"
    return "Its way to your customers" if report.weakest else "Who serves whom: no line stands out"


def _ranking(report: WeakLinkReport) -> Section:
    places, weakest = charts.places_of(report), report.weakest
    columns = (Column("Gain"), Column(f"{percent(report.confidence)} interval"), Column("P(worst)"), Column("n"))
    rows = tuple(
        (
            link.link,
            number(link.gain, places),
            f"{number(link.low, places)} to {number(link.high, places)}",
            chance(link.probability_worst),
            f"{link.n:,}",
            charts.verdict_of(report, link),
        )
        for link in report.ranked
    )
    table = Table(
        "Links by gain, in points of the outside score",
        (Column("Link", figures=False), *columns, Column("Verdict", figures=False)),
        rows,
        strong=report.ranked.index(weakest) if weakest else None,
    )
    heading = "How sure are we?" if weakest else "No link is far enough ahead"
    sentence = "The line is the interval; the mark is the estimate, drawn cautiously towards zero."
    return Section(heading, sentence, charts.gains(report) if report.ranked else None, table)


def _evidence(report: WeakLinkReport) -> Section | None:
    if not report.ranked:
        return None
    past, all_links = sum(link.z > report.bound for link in report.ranked), len(report.ranked)
    sentence = "Among many links one looks bad by chance, so a link must pass a bound that grows with their number."
    interval = f"{percent(report.confidence)} interval"
    columns = map(Column, ("Effect", interval, "Gap", "Exposure", "Reliability of its changes", "z"))
    rows = tuple(
        (
            link.link,
            number(link.effect, 2),
            f"{number(link.effect_low, 2)} to {number(link.effect_high, 2)}",
            number(link.gap, 1),
            percent(link.exposure),
            "not known" if link.reliability is None else number(link.reliability, 2),
            number(link.z, 2),
        )
        for link in sorted(report.ranked, key=lambda link: -link.z)
    )
    return Section(
        heading=f"{past} of {all_links} links {'passes' if past == 1 else 'pass'} the bound"
        if past
        else "No link passes the bound",
        sentence=sentence,
        picture=charts.evidence(report),
        table=Table("What the gains are made of", (Column("Link", figures=False), *columns), rows),
        notes=(MADE_OF,),
    )


def _checks(report: WeakLinkReport) -> Section:
    failed = sum(check.passed is False for check in report.checks)
    heading = (
        f"{failed} of {len(report.checks)} checks did not hold" if failed else "What could have fooled us, and did not"
    )
    if any(check.passed is None for check in report.checks) and not failed:
        heading = "What could have fooled us, as far as it could be tried"
    columns = (
        Column("What could have fooled us", False),
        Column("Did it hold?", False),
        Column("What was seen", False),
    )
    return Section(heading, table=Table("Checks", columns, tuple(map(_check, report.checks))))


def _check(check: Check) -> tuple[str, str, str]:
    return check.name, RESULTS[check.passed], check.sentence


def _facts(report: WeakLinkReport, source: str) -> list[Fact]:
    spread = f"{counted(report.units, 'unit')}, {counted(report.periods, 'period')}"
    size = f"{counted(report.n, 'pair')} of unit and period: {spread}"
    drawn = f"{report.draws:,} bootstrap draws over units, seed {report.seed}"
    return [
        Fact("Verdict", f"{report.verdict.value}. {' '.join(report.sentences)}"),
        Fact("Source", source),
        Fact("Method", METHOD),
        Fact(
            "n",
            f"{size}, {span(report.first_period, report.last_period)}",
        ),
        Fact("Design", f"{report.design}; lag {report.lag}"),
        Fact(
            "Intervals",
            f"{percent(report.confidence)}, {drawn}",
        ),
        *WORDS,
    ]
