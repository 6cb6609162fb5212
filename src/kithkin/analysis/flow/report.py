"""What the way of requests through the groups shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kithkin.analysis.results import Estimate, Result

SHOWN = 20
MOST_PLACES = 4


@dataclass(frozen=True)
class Waiting(Result):
    """Hours of `n` legs: the median with its distribution-free interval, and the mean.

    The interval is None where there are too few legs for one (below six at 95 %).
    """

    median: float
    low: float | None
    high: float | None
    mean: float
    n: int
    confidence: float = 0.95

    def __str__(self) -> str:
        interval = "" if self.low is None else f" [{self.low:.1f}, {self.high:.1f}]"
        return f"median {self.median:.1f} h{interval}, mean {self.mean:.1f} h, n = {self.n:,}"


@dataclass(frozen=True)
class GroupFlow(Result):
    """One group: the traces that touched it, its events and legs, how long they waited in it, and their fate.

    `breach` is the share (0…1) of its traces with a known outcome that broke their promise, None where none is known;
    `breach_of_rest` the same share of all other traces. `q` is the adjusted p value (Benjamini, Hochberg 1995) of
    "breaches more often than the rest", by Fisher's exact test. `returns` counts the legs that came back to it.
    """

    group: str
    traces: int
    events: int
    legs: int
    waiting: Waiting
    breach: Estimate | None
    breach_of_rest: float | None
    q: float | None
    returns: int


@dataclass(frozen=True)
class HandOver(Result):
    """From one group to another: how often (`volume`) and in how many traces, the waiting before it in the giving
    group, the breach share (0…1) of those traces, and how often the taking group had held the trace before.
    """

    from_group: str
    to_group: str
    volume: int
    traces: int
    waiting: Waiting
    breach: Estimate | None
    returns: int


@dataclass(frozen=True)
class GroupsTouched(Result):
    """The traces that touched so many different groups ("1", "2", "3", "4+") and their breach share (0…1)."""

    groups: str
    traces: int
    breach: Estimate | None


@dataclass(frozen=True)
class FlowReport(Result):
    """Groups by falling number of traces, hand-overs by falling volume. Shares in 0…1, waiting in hours.

    `traces_without_group` never named a group, `events_without_group` are rows without one. `rework` is the share of
    traces with a group in which at least one hand-over was a return. `left_out` rows had no case or no time;
    `out_of_order` rows stood after a later row of their trace and were sorted. `undecided` traces kept their promise so
    far but are not closed, so their outcome is unknown; None where the rows that close a trace were not named.
    """

    groups: tuple[GroupFlow, ...]
    handovers: tuple[HandOver, ...]
    by_groups_touched: tuple[GroupsTouched, ...]
    traces: int
    events: int
    traces_without_group: int
    events_without_group: int
    breach: Estimate | None
    rework: Estimate | None
    returns: int
    left_out: int
    out_of_order: int
    undecided: int | None
    confidence: float
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        groups = [(g.group, f"{g.traces:,}", *_figures(g)) for g in self.groups[:SHOWN]]
        handovers = [(f"{h.from_group} → {h.to_group}", f"{h.volume:,}", *_figures(h)) for h in self.handovers[:SHOWN]]
        heads = ("median h", "mean h", "breach", "returns")
        tables = [("group", "requests", *heads), *groups], [("hand-over", "volume", *heads), *handovers]
        blocks = [_aligned(rows) for rows in tables if len(rows) > 1]
        return "\n\n".join([*blocks, "\n".join(self.sentences)])


def _figures(found: GroupFlow | HandOver) -> tuple[str, str, str, str]:
    waiting = found.waiting
    return f"{waiting.median:.1f}", f"{waiting.mean:.1f}", _share(found.breach), f"{found.returns:,}"


def _share(estimate: Estimate | None) -> str:
    if estimate is None:
        return "unknown"
    value, low, high = per_cent(estimate)
    return f"{value} % [{low}, {high}] of {estimate.n:,}"


def per_cent(estimate: Estimate) -> tuple[str, str, str]:
    """A share and its interval in per cent: whole, or with decimals where one would be rounded to 0 or 100.

    >>> per_cent(Estimate(0.4, 0.31, 0.5, 90, 90)), per_cent(Estimate(0.0, 0.0, 0.0043, 890, 890))
    (('40', '31', '50'), ('0.0', '0.0', '0.4'))
    """
    shares = [100 * share for share in (estimate.value, estimate.low, estimate.high)]
    inner = [share for share in shares if 1e-7 < share < 100 - 1e-7]
    clear = (places for places in range(MOST_PLACES) if all(0 < round(share, places) < 100 for share in inner))
    places = next(clear, MOST_PLACES)
    value, low, high = (f"{share:.{places}f}" for share in shares)
    return value, low, high


def _aligned(rows: list[tuple[Any, ...]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            f"{cell:<{w}}" if i == 0 else f"{cell:>{w}}" for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
