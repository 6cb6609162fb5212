"""The report of a flow: where requests break their promise, where they wait, who hands over to whom."""

from __future__ import annotations

from collections.abc import Sequence

from kithkin.analysis.charts import flow as charts
from kithkin.analysis.charts.wording import counted, listed, number, percent
from kithkin.analysis.flow import FlowReport, GroupFlow, GroupsTouched, HandOver, Waiting
from kithkin.analysis.flow.sentences import FEW_HOURS
from kithkin.analysis.results import Estimate
from kithkin.cli.report.page import Column, Fact, Page, Point, Section, Table, opened

METHOD = (
    "A request’s unbroken stay in one group is a leg; its waiting runs from the arrival in the group to the hand-over, "
    "for the last leg to the last event. A return is a hand-over to a group that had held the request before. A "
    "request counts in every group that it touched. Shares with Wilson’s (1927) interval, medians with a "
    "distribution-free one from order statistics (Conover 1999); “more than the rest” by Fisher’s exact test, "
    "corrected over groups (Benjamini, Hochberg 1995)."
)

BREACH = "A request that broke its promise; the share is taken of the requests whose outcome is known."


def flow_page(report: FlowReport, *, source: str, facts: Sequence[Fact] = (), refused: Sequence[str] = ()) -> Page:
    """The report of an event log; `source` is the file."""
    touched, known = _told(report), [group for group in report.groups if group.breach is not None]
    sections = [
        _touched(report, touched) if len(touched) > 1 else None,
        _breaches(report) if known else None,
        _hand_overs(report) if report.handovers else None,
        _waits(report) if report.groups else None,
    ]
    return Page(
        kind="How requests flow",
        title=_title(report, touched),
        lead=tuple(_lead(report)),
        sections=opened("How requests flow", sections),
        facts=(*_facts(report, source), *facts),
        refused=(*_left_out(report), *refused),
    )


def _told(report: FlowReport) -> list[tuple[GroupsTouched, Estimate]]:
    return [(row, row.breach) for row in report.by_groups_touched if row.breach is not None]


def _title(report: FlowReport, touched: Sequence[tuple[GroupsTouched, Estimate]]) -> str:
    if len(touched) > 1:
        (first, few), (last, many) = touched[0], touched[-1]
        if few.high < many.low:
            less = f"with {_count(first)}, {percent(few.value)}"
            return f"With {_count(last)}, {percent(many.value)} of requests break their promise; {less}"
    worse = [group.group for group in report.groups if charts.worse_than_rest(group)]
    if worse:
        return f"Promises break most often where requests touch {listed(worse)}"
    if report.breach is not None:
        return f"{percent(report.breach.value)} of {report.breach.n:,} requests broke their promise"
    handed = sum(over.volume for over in report.handovers)
    passed = f"{counted(report.traces, 'request')} passed {counted(len(report.groups), 'group')}"
    return f"{passed} in {counted(handed, 'hand-over')}"


def _count(row: GroupsTouched) -> str:
    if row.groups == "1":
        return "one group"
    return f"{row.groups.rstrip('+')} or more groups" if row.groups.endswith("+") else f"{row.groups} groups"


def _interval(estimate: Estimate) -> str:
    return f"{number(100 * estimate.low, 1)} to {number(100 * estimate.high, 1)} %"


def _lead(report: FlowReport) -> list[Point]:
    points = []
    if report.breach is not None:
        share = f"{percent(report.breach.value)} of {report.breach.n:,} requests ({_interval(report.breach)})"
        points.append(Point("Broken promises.", f"{share}."))
    if report.handovers:
        hours = {over: over.waiting.mean * over.waiting.n for over in report.handovers}
        most = max(hours, key=lambda over: hours[over])
        waited = number(hours[most], 0 if hours[most] >= FEW_HOURS else 1)
        way = f"{most.from_group} → {most.to_group}: {waited} hours in {counted(most.volume, 'hand-over')}"
        points.append(Point("Most waiting.", f"{way}, a median of {number(most.waiting.median, 1)} hours."))
    if report.rework is not None:
        back = f"{percent(report.rework.value)} came back to a group that had held them before"
        points.append(Point("Rework.", f"{back} ({_interval(report.rework)})."))
    return points


def _touched(report: FlowReport, touched: Sequence[tuple[GroupsTouched, Estimate]]) -> Section:
    rows = tuple(
        (_count(row), f"{row.traces:,}", percent(breach.value, 1), _interval(breach), f"{breach.n:,}")
        for row, breach in touched
    )
    columns = ("Requests", "Broke their promise", f"{percent(report.confidence)} interval", "n")
    return Section(
        heading="Broken promises by number of groups touched",
        sentence="n counts the requests whose outcome is known.",
        picture=charts.breach_by_groups_touched(report),
        table=Table("By groups touched", (Column("Groups touched", figures=False), *map(Column, columns)), rows),
    )


def _breaches(report: FlowReport) -> Section:
    worse = [group.group for group in report.groups if charts.worse_than_rest(group)]
    heading = f"More broken promises than the rest: {listed(worse)}" if worse else "No group breaks more than the rest"
    columns = ("Requests", "Broke their promise", f"{percent(report.confidence)} interval", "Others", "q", "Returns")
    many = f"{charts.SHOWN} of {len(report.groups):,} groups"
    cut = f"The picture shows {many}: those that break more, then the busiest."
    return Section(
        heading=heading,
        sentence="A group that touches a request need not be the cause: hard requests travel further.",
        picture=charts.breach_by_group(report),
        table=Table(
            "Groups by requests",
            (Column("Group", figures=False), *map(Column, columns)),
            tuple(map(_group, report.groups)),
            shown=charts.SHOWN,
        ),
        notes=(cut,) if len(report.groups) > charts.SHOWN else (),
    )


def _group(group: GroupFlow) -> tuple[str, ...]:
    breach = group.breach
    return (
        group.group,
        f"{group.traces:,}",
        "not known" if breach is None else percent(breach.value, 1),
        "" if breach is None else _interval(breach),
        "" if group.breach_of_rest is None else percent(group.breach_of_rest, 1),
        "" if group.q is None else "under 0.001" if group.q < 0.001 else f"{group.q:.3f}",
        f"{group.returns:,}",
    )


def _hand_overs(report: FlowReport) -> Section:
    first = report.handovers[0]
    columns = ("Times", "Median wait", "Mean wait", "Broke their promise", "Interval", "Returns")
    return Section(
        heading=f"Most hand-overs: {first.from_group} → {first.to_group}, {counted(first.volume, 'time')}",
        sentence="Rows give, columns take: the busiest groups. The wait is in the giving group.",
        picture=charts.hand_overs(report),
        table=Table(
            "Hand-overs by number",
            (Column("From → to", figures=False), *map(Column, columns)),
            tuple(map(_hand_over, report.handovers)),
            shown=charts.SHOWN,
        ),
    )


def _hand_over(over: HandOver) -> tuple[str, ...]:
    breach = over.breach
    return (
        f"{over.from_group} → {over.to_group}",
        f"{over.volume:,}",
        f"{number(over.waiting.median, 1)} h",
        f"{number(over.waiting.mean, 1)} h",
        "not known" if breach is None else percent(breach.value, 1),
        "" if breach is None else _interval(breach),
        f"{over.returns:,}",
    )


def _waits(report: FlowReport) -> Section:
    told = [group for group in report.groups if group.waiting.low is not None]
    slowest = max(told, key=lambda group: group.waiting.median, default=None)
    heading = "How long requests stay in each group"
    if slowest is not None:
        heading = f"The median stay is longest in {slowest.group}: {number(slowest.waiting.median, 1)} hours"
    columns = ("Stays", "Median", f"{percent(report.confidence)} interval", "Mean")
    rows = tuple((group.group, f"{group.legs:,}", *_wait(group.waiting)) for group in report.groups)
    many = f"The picture shows the {charts.SHOWN} groups with the most requests of {len(report.groups):,}."
    return Section(
        heading=heading,
        sentence="An open request has waited longer than its log shows.",
        picture=charts.waiting_by_group(report),
        table=Table(
            "Hours in the group", (Column("Group", figures=False), *map(Column, columns)), rows, shown=charts.SHOWN
        ),
        notes=(many,) if len(report.groups) > charts.SHOWN else (),
    )


def _wait(waiting: Waiting) -> tuple[str, str, str]:
    interval = "too few"
    if waiting.low is not None and waiting.high is not None:
        interval = f"{number(waiting.low, 1)} to {number(waiting.high, 1)}"
    return number(waiting.median, 1), interval, number(waiting.mean, 1)


def _facts(report: FlowReport, source: str) -> list[Fact]:
    return [
        Fact("In words", " ".join(report.sentences)),
        Fact("Source", source),
        Fact("Method", METHOD),
        Fact("n", _size(report)),
        Fact("Intervals", percent(report.confidence)),
        *([] if report.breach is None else [Fact("Breach", BREACH)]),
    ]


def _size(report: FlowReport) -> str:
    counts = ((report.traces, "request"), (report.events, "event"), (report.returns, "return"))
    return ", ".join(counted(count, noun) for count, noun in counts)


def _left_out(report: FlowReport) -> list[str]:
    counts = (
        (report.left_out, "rows without a case or a time"),
        (report.events_without_group, "events without a group"),
        (report.traces_without_group, "requests that never name a group"),
        (report.undecided, "requests still open that kept their promise so far: not counted as kept"),
    )
    return [f"{count:,} {what}." for count, what in counts if count]
