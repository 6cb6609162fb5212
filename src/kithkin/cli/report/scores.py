"""The report of a score: what it is, whether groups or waves differ, what it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kithkin.analysis.charts import scores as charts
from kithkin.analysis.charts.intervals import MOST_ROWS
from kithkin.analysis.charts.wording import Unit, number, percent
from kithkin.analysis.metrics import ComparedPair, EffortScore, Metric, NetPromoter
from kithkin.analysis.results import Estimate
from kithkin.cli.report.page import Column, Fact, Page, Point, Section, Table, opened
from kithkin.cli.report.score_findings import Breakdown, divided, finding, name_of, ordered, plain_finding, points

METHODS = {
    Metric.NPS: "Share of promoters (9 or 10) less share of detractors (0 to 6), times 100 (Reichheld 2003). Interval: "
    "adjusted Wald, three quarters of an answer added to promoters and to detractors (Rocks 2016). Net Promoter Score "
    "is a registered mark of its owners.",
    Metric.CSAT: "Share of answers in the top two boxes of the scale. Interval: Wilson (1927).",
    Metric.TOP_BOX: "Share of answers in the top boxes of the scale. Interval: Wilson (1927).",
    Metric.CES: "Mean of the answers, with Student's t interval, and the share in the top two boxes, with Wilson's.",
    Metric.MEAN: "Mean of the answers, with Student's t interval.",
}
INTERVALS = (
    "if the survey were done again and again, about that share of such intervals would hold the true figure. They know "
    "the chance of who was asked, not why others did not answer."
)
FEW_PAIRS, MOST_PAIRS = 10, 2000


def scores_page(
    overall: Estimate | None,
    breakdowns: Sequence[Breakdown] = (),
    *,
    column: str,
    source: str,
    facts: Sequence[Fact] = (),
    refused: Sequence[str] = (),
) -> Page:
    """The report of one score: `column` is the question, `source` the file. `overall` is None where it is hidden."""
    shown = [breakdown for breakdown in breakdowns if breakdown.groups]
    if overall is None and not shown:
        return _nothing(column, source, facts, refused)
    some = overall if overall is not None else shown[0].some
    title = next(filter(None, map(finding, shown)), plain_finding(some, overall, column))
    sections = [_alone(overall, column)] if overall is not None and not shown else []
    for breakdown in shown:
        sections += _sections(breakdown, overall, title)
    return Page(
        kind=f"{name_of(some)} of “{column}”",
        title=title,
        lead=tuple(points(overall, shown[0] if shown else None)),
        sections=opened(f"{name_of(some)} of “{column}”", sections),
        facts=(*_facts(some, overall, source), *_floor(shown), *facts),
        refused=tuple(refused),
    )


def _nothing(column: str, source: str, facts: Sequence[Fact], refused: Sequence[str]) -> Page:
    return Page(
        kind=f"Score of “{column}”",
        title="There are too few answers to show a score",
        lead=(Point("Next step.", "Ask more people, or look at larger groups."),),
        sections=(),
        facts=(Fact("Source", source), *facts),
        refused=tuple(refused),
    )


def _alone(overall: Estimate, column: str) -> Section:
    everybody = {"Everybody": overall}
    name = name_of(overall)
    if isinstance(overall, NetPromoter):
        return Section(
            heading=f"{percent(overall.promoters, 1)} promoters, {percent(overall.detractors, 1)} detractors",
            picture=charts.promoters({"Everybody": overall}),
            table=_table(f"{name} of “{column}”", "Group", everybody),
        )
    return Section(
        heading=f"{overall.n:,} answers, one figure and its interval",
        picture=charts.estimates(everybody),
        table=_table(f"{name} of “{column}”", "Group", everybody),
    )


def _sections(breakdown: Breakdown, overall: Estimate | None, title: str) -> list[Section]:
    groups = dict(sorted(breakdown.groups.items())) if breakdown.in_time else dict(breakdown.groups)
    name = f"{name_of(breakdown.some)} by “{breakdown.by}”"
    own, time = finding(breakdown), breakdown.in_time and len(groups) > 2
    everybody = {} if overall is None else {"Everybody": overall}
    help_line = (
        "The band is the interval: a move inside it may be chance."
        if time
        else "The line is the interval: where two overlap widely, the groups may not differ."
    )
    sections = [
        Section(
            heading=own if own and own != title else name,
            sentence=help_line,
            picture=charts.trend(groups) if time else charts.estimates(groups, overall=overall),
            table=_table(name, breakdown.by, groups | everybody),
            notes=_notes(breakdown),
        )
    ]
    net = {label: estimate for label, estimate in groups.items() if isinstance(estimate, NetPromoter)}
    if net:
        sentence = "The same NPS can come from many passives or from a divided audience."
        sections.append(Section(divided(breakdown), sentence, charts.promoters(net)))
    if len(breakdown.pairs) > 1:
        sections.append(_pairs(breakdown))
    return sections


def _notes(breakdown: Breakdown) -> tuple[str, ...]:
    notes = []
    if len(breakdown.groups) > MOST_ROWS:
        notes.append(f"The picture shows the first {MOST_ROWS} of {len(breakdown.groups)} groups; the table holds all.")
    if breakdown.hidden:
        notes.append(f"Too small to be shown: {', '.join(breakdown.hidden)}.")
    return tuple(notes)


def _table(caption: str, by: str, groups: Mapping[str, Estimate]) -> Table:
    estimates = list(groups.values())
    net = all(isinstance(estimate, NetPromoter) for estimate in estimates)
    effort = all(isinstance(estimate, EffortScore) for estimate in estimates)
    weighted = any(round(estimate.n_effective, 6) != estimate.n for estimate in estimates)
    heads = [name_of(estimates[0]), f"{percent(estimates[0].confidence)} interval", "n"]
    heads += ["Effective n"] * weighted
    heads += ["Promoters", "Passives", "Detractors"] * net + ["Top two", "Top two, interval"] * effort
    rows = [(label, *_cells(estimate, weighted)) for label, estimate in groups.items()]
    return Table(caption, (Column(by, figures=False), *map(Column, heads)), tuple(rows))


def _cells(estimate: Estimate, weighted: bool) -> tuple[str, ...]:
    unit = Unit.of(estimate)
    cells = [unit.figure(estimate.value), unit.interval(estimate.low, estimate.high), f"{estimate.n:,}"]
    if weighted:
        cells.append(number(estimate.n_effective, 1))
    if isinstance(estimate, NetPromoter):
        cells += [percent(share, 1) for share in (estimate.promoters, estimate.passives, estimate.detractors)]
    if isinstance(estimate, EffortScore):
        top = Unit.of(estimate.top2)
        cells += [top.figure(estimate.top2.value), top.interval(estimate.top2.low, estimate.top2.high)]
    return tuple(cells)


def _pairs(breakdown: Breakdown) -> Section:
    pairs, unit = breakdown.pairs, Unit.of(breakdown.some)
    told = sum(pair.changed for pair in pairs)
    first = max(FEW_PAIRS, told)
    shown = sorted(pairs, key=lambda pair: pair.p_holm)[:MOST_PAIRS] if len(pairs) > first else pairs
    columns = (
        Column("Pair", figures=False),
        Column("Difference"),
        Column(f"{percent(breakdown.some.confidence)} interval of this pair alone"),
        Column("p (Holm)"),
        Column("Verdict", figures=False),
    )
    cut = f"The {MOST_PAIRS:,} pairs with the smallest p of {len(pairs):,}."
    return Section(
        heading=_differ(breakdown, told),
        sentence="Looking at many pairs finds differences by chance; Holm’s correction holds that down.",
        table=Table(f"Pairs of “{breakdown.by}”", columns, tuple(_pair(pair, unit) for pair in shown), shown=first),
        notes=(cut,) if len(pairs) > MOST_PAIRS else (),
    )


def _differ(breakdown: Breakdown, told: int) -> str:
    by, count = f"“{breakdown.by}”", len(breakdown.pairs)
    if breakdown.against_rest:
        return (
            f"{told} of {count} groups of {by} differ from the rest"
            if told
            else f"No group of {by} differs from the rest"
        )
    return f"{told} of {count} pairs of {by} differ" if told else f"No two groups of {by} differ"


def _pair(pair: ComparedPair, unit: Unit) -> tuple[str, ...]:
    upper, lower, gap = ordered(pair)
    return (
        f"{upper} above {lower}",
        unit.figure(gap.value),
        unit.interval(gap.low, gap.high),
        "under 0.001" if pair.p_holm < 0.001 else f"{pair.p_holm:.3f}",
        "differ" if pair.changed else "not told apart",
    )


def _floor(breakdowns: Sequence[Breakdown]) -> list[Fact]:
    told = (
        "The least number of people a group must have to be shown; others are hidden so that it cannot be worked out."
    )
    return [Fact("Floor", told)] if any(breakdown.hidden for breakdown in breakdowns) else []


def _facts(some: Estimate, overall: Estimate | None, source: str) -> list[Fact]:
    facts = [Fact("Source", source), Fact("Method", METHODS[getattr(some, "metric", Metric.MEAN)])]
    if overall is not None:
        facts.append(Fact("n", f"{overall.n:,} answers"))
        if round(overall.n_effective, 6) != overall.n:
            facts.append(Fact("Weights", f"Effective n {number(overall.n_effective, 1)}: (Σw)²/Σw² (Kish 1965)."))
    return [*facts, Fact("Intervals", f"{percent(some.confidence)}: {INTERVALS}")]
