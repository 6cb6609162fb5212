"""What a flow report says in words; every sentence carries n."""

from __future__ import annotations

from kithkin.analysis.flow.report import FlowReport, GroupFlow, per_cent
from kithkin.analysis.results import Estimate

FALSE_DISCOVERIES = 0.05
NAMED_AT_MOST = 3
FEW_HOURS = 10


def sentences(found: FlowReport) -> tuple[str, ...]:
    """What the log holds, breach, who breaches more, where it waits, rework, and what was left out."""
    breach = [_breach(found), _still_open(found), _touched(found), _more_than_the_rest(found)]
    parts = [_held(found), *breach, _longest(found), _rework(found), *_left_out(found)]
    return tuple(part for part in parts if part)


def _held(found: FlowReport) -> str:
    handovers = sum(over.volume for over in found.handovers)
    return (
        f"{_counted(found.traces, 'request')} with {_counted(found.events, 'event')} passed "
        f"{_counted(len(found.groups), 'group')} in {_counted(handovers, 'hand-over')}."
    )


def _breach(found: FlowReport) -> str:
    return "" if found.breach is None else f"{_percent(found.breach)} broke their promise."


def _still_open(found: FlowReport) -> str:
    if found.undecided is None:
        if found.breach is None:
            return ""
        return "Requests still open count by their last value; say --closed COL=VALUE to leave them out."
    if found.undecided == 0:
        return ""
    are, them = ("is", "it") if found.undecided == 1 else ("are", "them")
    return (
        f"{found.undecided:,} of {found.traces:,} requests {are} not closed and kept the promise so far: "
        f"that is not known yet, so no share of broken promises counts {them}."
    )


def _touched(found: FlowReport) -> str:
    told = [row for row in found.by_groups_touched if row.breach is not None]
    if len(told) < 2:
        return ""
    shares = ", ".join(
        f"{100 * row.breach.value:.0f} % ({row.groups}, n = {row.breach.n:,})" for row in told if row.breach
    )
    return f"Breach by the number of groups that a request touched: {shares}."


def _more_than_the_rest(found: FlowReport) -> str:
    tested = [group for group in found.groups if group.q is not None]
    if not tested:
        return ""
    clear = sorted((g for g in tested if g.q is not None and g.q <= FALSE_DISCOVERIES), key=lambda g: (g.q, g.group))
    corrected = f"of {len(tested):,} groups tested at once, false discoveries at most {FALSE_DISCOVERIES:.0%}".replace(
        "%", " %"
    )
    if not clear:
        return f"No group is shown to breach more often than the rest ({corrected})."
    named = "; ".join(_against_rest(group) for group in clear[:NAMED_AT_MOST])
    more = f"; and {len(clear) - NAMED_AT_MOST} more" if len(clear) > NAMED_AT_MOST else ""
    return f"Traces breach more often where they touch {named}{more} ({corrected})."


def _against_rest(group: GroupFlow) -> str:
    assert group.breach is not None
    assert group.breach_of_rest is not None
    return (
        f"{group.group} ({100 * group.breach.value:.0f} % of {group.breach.n:,} "
        f"against {100 * group.breach_of_rest:.0f} % of the others)"
    )


def _longest(found: FlowReport) -> str:
    if not found.handovers:
        return ""
    hours = {over: over.waiting.mean * over.waiting.n for over in found.handovers}
    most = max(hours, key=lambda over: hours[over])
    if not hours[most]:
        return ""
    waited = f"{hours[most]:,.0f}" if hours[most] >= FEW_HOURS else f"{hours[most]:.1f}"
    return (
        f"Most waiting before a hand-over is from {most.from_group} to {most.to_group}: {waited} hours in "
        f"{_counted(most.volume, 'hand-over')}, median {most.waiting.median:,.1f} h."
    )


def _rework(found: FlowReport) -> str:
    if found.rework is None:
        return ""
    back = f"{_percent(found.rework)} came back to a group that had held them before"
    return f"{back} ({_counted(found.returns, 'return')})."


def _left_out(found: FlowReport) -> list[str]:
    return [
        f"{count:,} {what}."
        for count, what in (
            (found.traces_without_group, "of the requests never name a group"),
            (found.left_out, "of the rows have no case or no time and were left out"),
            (found.out_of_order, "of the rows stood after a later row of their request and were put in order"),
        )
        if count
    ]


def _percent(share: Estimate) -> str:
    """The share with its interval, with decimals where whole per cent would read as never or always."""
    value, low, high = per_cent(share)
    return f"{value} % of {_counted(share.n, 'request')} (interval {low} to {high} %)"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
