"""The report of drivers: what matters most, how sure that is, and where to act first."""

from __future__ import annotations

from collections.abc import Sequence

from kithkin.analysis.charts.drivers import shares
from kithkin.analysis.charts.intervals import MOST_ROWS
from kithkin.analysis.charts.quadrants import SURE, numbered, place_of, quadrants, to_improve
from kithkin.analysis.charts.wording import chance, listed, number, percent
from kithkin.analysis.drivers import DriverReport, DriverShare, Map, Method, Missing
from kithkin.cli.report.page import Column, Fact, Page, Point, Section, Table, opened

METHODS = {
    Method.LMG: "Each driver’s share of R², averaged over all orders in which the drivers can enter (LMG: Lindeman, "
    "Merenda, Gold 1980; Grömping 2006).",
    Method.JOHNSON: "Each driver’s share of R² by relative weights (Johnson 2000).",
}
CLEARLY_FIRST = 0.9
FEWEST_PLACED = 3


def drivers_page(report: DriverReport, *, source: str, facts: Sequence[Fact] = (), refused: Sequence[str] = ()) -> Page:
    """The report of what drives an outcome; `source` is the file."""
    return Page(
        kind=f"What drives “{report.outcome}”",
        title=_title(report),
        lead=tuple(_lead(report)),
        sections=opened(f"What drives “{report.outcome}”", [_shares(report), _placed(report)]),
        facts=(*_facts(report, source), *facts),
        refused=tuple(refused),
    )


def _title(report: DriverReport) -> str:
    told = [driver for driver in report.drivers if not driver.weak]
    if report.r2.low <= 0 or not told:
        return f"Nothing here is shown to explain “{report.outcome}”"
    first = report.drivers[0]
    if len(report.drivers) == 1 or first.leads >= CLEARLY_FIRST:
        return f"“{first.name}” carries the largest share in “{report.outcome}”"
    return f"“{first.name}” may carry the largest share in “{report.outcome}”, but the order is not certain"


def _lead(report: DriverReport) -> list[Point]:
    r2, first = report.r2, report.drivers[0]
    explained = f"{number(100 * r2.value)} % of the variance ({number(100 * r2.low)} to {number(100 * r2.high)} %)"
    count = "1 driver explains" if len(report.drivers) == 1 else f"Together {len(report.drivers)} drivers explain"
    shown = "" if r2.low > 0 else " That is no more than chance could give."
    points = [Point("Explained.", f"{count} {explained}, n = {r2.n:,}.{shown}")]
    if not first.weak:
        share = f"{number(100 * first.share, 1)} ({number(100 * first.low, 1)} to {number(100 * first.high, 1)})"
        points.append(Point("First.", f"“{first.name}” explains {share} of these {number(100 * r2.value)} points."))
    improve = to_improve(report)
    if improve:
        points.append(Point("Look first.", f"{_quoted(improve)}: important, and done worse than the rest."))
    else:
        points.append(Point("What it is not.", f"A proof that changing a driver changes “{report.outcome}”."))
    return points


def _shares(report: DriverReport) -> Section:
    weak = sum(driver.weak for driver in report.drivers)
    columns = ("Share", f"{percent(report.r2.confidence)} interval", "Of R²", "Correlation", "Mean", "n")
    table = Table(
        f"Shares of the variance of “{report.outcome}”, in per cent",
        (Column("Driver", figures=False), *map(Column, columns), Column("Evidence", figures=False)),
        tuple(map(_share, report.drivers)),
    )
    strong = len(report.drivers) - weak
    count = len(report.drivers)
    heading = (
        f"{strong} of {count} intervals {'lies' if strong == 1 else 'lie'} above 0" if weak else "How sure are we?"
    )
    cut = f"The picture shows the first {MOST_ROWS} of {len(report.drivers)} drivers; the table holds all."
    return Section(
        heading,
        "The line is the interval: where two overlap widely, their order is not certain.",
        shares(report),
        table,
        notes=(cut,) if len(report.drivers) > MOST_ROWS else (),
    )


def _share(driver: DriverShare) -> tuple[str, ...]:
    evidence = "weak" if driver.weak else "more means less" if driver.correlation < 0 else "sound"
    return (
        driver.name,
        number(100 * driver.share, 1),
        f"{number(100 * driver.low, 1)} to {number(100 * driver.high, 1)}",
        f"{number(driver.percent)} %",
        number(driver.correlation, 2),
        number(driver.mean, 2),
        f"{driver.n:,}",
        evidence,
    )


def _placed(report: DriverReport) -> Section | None:
    return _map(report, report.map) if report.map and len(report.map.placed) >= FEWEST_PLACED else None


def _quoted(names: list[str]) -> str:
    return listed([f"“{name}”" for name in names])


def _map(report: DriverReport, places: Map) -> Section:
    points = numbered(places.placed)
    improve = to_improve(report)
    columns = ("Performance", "Importance", "How sure")
    rows = tuple(
        (
            f"{rank} {point.name}",
            number(point.performance),
            f"{number(point.importance)} %",
            chance(point.certainty),
            place_of(point),
        )
        for rank, point in points
    )
    table = Table(
        "Importance against performance",
        (Column("Driver", figures=False), *map(Column, columns), Column("Place", figures=False)),
        rows,
    )
    heading = f"Look first at {_quoted(improve)}" if improve else "No important driver is clearly behind the rest"
    sentence = (
        "Right is done better, up is more important; the dashed lines, the means of all drivers, part high from low."
    )
    note = (
        "Quadrants after Martilla and James (1977). How sure: the share of resamples that put the driver there; below "
        f"{percent(SURE)} the place is only a perhaps."
    )
    return Section(heading, sentence, quadrants(places, improve), table, (note,))


def _facts(report: DriverReport, source: str) -> list[Fact]:
    drawn = f"{report.draws:,} bootstrap resamples of {report.resampled}"
    paired = report.missing is Missing.PAIRWISE
    count = f"{report.n:,} rows for the rarest pair of questions" if paired else f"{report.n:,} rows"
    facts = [
        Fact("In words", " ".join(report.sentences)),
        Fact("Source", source),
        Fact("Method", METHODS[report.method]),
        Fact("n", f"{count}; {report.dropped:,} of {report.rows:,} rows left out"),
        Fact("Intervals", f"{percent(report.r2.confidence)}, from {drawn}, corrected for bias."),
    ]
    if paired:
        facts.append(Fact("Missing answers", "Each figure rests on the rows that answered both of its questions."))
    return facts
