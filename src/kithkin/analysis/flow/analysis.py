"""Per group and hand-over of an event log: volume, waiting, breach and returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from kithkin.analysis.errors import BadParameter
from kithkin.analysis.flow.report import FlowReport, GroupFlow, GroupsTouched, HandOver, Waiting
from kithkin.analysis.flow.sentences import sentences
from kithkin.analysis.flow.traces import Legs, Log
from kithkin.analysis.inputs import Numbers
from kithkin.analysis.metrics.intervals import wilson
from kithkin.analysis.metrics.several import benjamini_hochberg
from kithkin.analysis.results import Estimate

MOST_GROUPS_TOLD_APART = 4


def analyse(
    case: Any, group: Any, at: Any, met: Any = None, confidence: float = 0.95, *, closed: Any = None
) -> FlowReport:
    """How traces (requests, incidents) flow through groups. All columns have one entry per event, in file order.

    `case` names the trace, `group` who held it from this event on (missing: as before), `at` the time as datetime64,
    pandas or Arrow timestamps, `met` whether the promise was kept so far: a trace's last row that has a value decides.
    `closed` says whether the row closes its trace (missing: it does not). A trace that no row closes can still break
    its promise, so where it is "kept" so far its outcome is unknown; one already broken stays so. Without `closed`
    open traces count by their last value.

    - A *leg* is a trace's unbroken stay in one group. Its *waiting*, in hours, runs from the arrival in the group to
      the hand-over, or for a trace's last leg to its last event: an open trace has waited longer than its log shows.
    - A *hand-over* is a change of group, a *return* one to a group that had held the trace before. *Rework* is the
      share of traces with a return.
    - *Breach* is the share of traces that broke their promise, among those that touched the group (or made the
      hand-over) and whose outcome is known. A trace counts in every group that it touched.

    Shares have Wilson (1927) intervals, medians distribution-free ones from order statistics (Conover 1999). "Breaches
    more than the rest" is Fisher's exact test, one-sided, corrected over groups (Benjamini, Hochberg 1995). Rows are
    sorted by trace and time; tied times keep their order in the file.

    Raises BadShape, NotATime, NotNumeric for a `met` or `closed` that is neither yes nor no, EmptyInput, BadParameter.

    >>> hours = np.array(["2026-01-05T09", "2026-01-05T12", "2026-01-05T13"], "datetime64[h]")
    >>> found = analyse(["R1", "R1", "R1"], ["desk", "network", "desk"], hours)
    >>> [(h.from_group, h.to_group, h.waiting.median, h.returns) for h in found.handovers]
    [('desk', 'network', 3.0, 0), ('network', 'desk', 1.0, 1)]
    """
    if not 0 < confidence < 1:
        raise BadParameter(f"confidence: {confidence:g} given; it lies between 0 and 1, usually 0.95.")
    log = Log.of(case, group, at, met, closed)
    legs = Legs.of(log)
    breached = 1 - log.promise_kept()
    returned = np.zeros(log.traces, dtype=bool)
    returned[legs.case[legs.is_return]] = True
    touched = _groups_touched(legs, log.traces)
    found = FlowReport(
        groups=_groups(log, legs, breached, confidence),
        handovers=_handovers(log, legs, breached, confidence),
        by_groups_touched=_by_groups_touched(touched, breached, confidence),
        traces=log.traces,
        events=log.case.size,
        traces_without_group=int((touched == 0).sum()),
        events_without_group=int((log.group < 0).sum()),
        breach=_share(breached, confidence),
        rework=_share(returned[touched > 0].astype(float), confidence),
        returns=int(legs.is_return.sum()),
        left_out=log.left_out,
        out_of_order=log.out_of_order,
        undecided=None if log.closed is None else int(log.undecided().sum()),
        confidence=confidence,
        sentences=(),
    )
    return replace(found, sentences=sentences(found))


def _groups(log: Log, legs: Legs, breached: Numbers, confidence: float) -> tuple[GroupFlow, ...]:
    events = np.bincount(log.group[log.group >= 0], minlength=len(log.names))
    known, late = int((~np.isnan(breached)).sum()), int(np.nansum(breached))
    found = []
    for code, picked in _by(legs.group):
        traces = np.unique(legs.case[picked])
        breach = _share(breached[traces], confidence)
        rest = _of_rest(breached[traces], known, late)
        found.append(
            GroupFlow(
                group=log.names[code],
                traces=traces.size,
                events=int(events[code]),
                legs=picked.size,
                waiting=waiting(legs.hours[picked], confidence),
                breach=breach,
                breach_of_rest=rest,
                q=None if breach is None or rest is None else _fisher(breached[traces], known, late),
                returns=int(legs.is_return[picked].sum()),
            )
        )
    return tuple(sorted(_adjusted(found), key=lambda flow: (-flow.traces, flow.group)))


def _adjusted(found: list[GroupFlow]) -> list[GroupFlow]:
    tested = [i for i, flow in enumerate(found) if flow.q is not None]
    for i, q in zip(tested, benjamini_hochberg([found[i].q for i in tested]), strict=True):
        found[i] = replace(found[i], q=float(q))
    return found


def _handovers(log: Log, legs: Legs, breached: Numbers, confidence: float) -> tuple[HandOver, ...]:
    made = np.flatnonzero(legs.to >= 0)
    found = []
    for pair, within in _by(legs.group[made] * len(log.names) + legs.to[made]):
        picked = made[within]
        traces = np.unique(legs.case[picked])
        giver, taker = divmod(pair, len(log.names))
        found.append(
            HandOver(
                from_group=log.names[giver],
                to_group=log.names[taker],
                volume=picked.size,
                traces=traces.size,
                waiting=waiting(legs.hours[picked], confidence),
                breach=_share(breached[traces], confidence),
                returns=int(legs.to_returns[picked].sum()),
            )
        )
    return tuple(sorted(found, key=lambda over: (-over.volume, over.from_group, over.to_group)))


def _groups_touched(legs: Legs, traces: int) -> NDArray[np.int64]:
    """Per trace the number of different groups that held it."""
    return np.bincount(legs.case[~legs.is_return], minlength=traces)


def _by_groups_touched(touched: NDArray[np.int64], breached: Numbers, confidence: float) -> tuple[GroupsTouched, ...]:
    capped = np.minimum(touched, MOST_GROUPS_TOLD_APART)
    found = []
    for count in range(1, MOST_GROUPS_TOLD_APART + 1):
        traces = np.flatnonzero(capped == count)
        if traces.size:
            label = f"{count}+" if count == MOST_GROUPS_TOLD_APART else str(count)
            found.append(GroupsTouched(label, traces.size, _share(breached[traces], confidence)))
    return tuple(found)


def waiting(hours: Numbers, confidence: float) -> Waiting:
    """Median with the interval between the order statistics k and n + 1 − k, k the largest with a binomial tail below
    (1 − confidence)/2, so that the interval covers the median at least that often.
    """
    ordered = np.sort(hours)
    n = ordered.size
    k = int(stats.binom.ppf((1 - confidence) / 2, n, 0.5))
    if special.bdtr(k, n, 0.5) > (1 - confidence) / 2:
        k -= 1
    low, high = (float(ordered[k]), float(ordered[n - 1 - k])) if k >= 0 else (None, None)
    return Waiting(float(np.median(ordered)), low, high, float(ordered.mean()), n, confidence)


def _share(happened: Numbers, confidence: float) -> Estimate | None:
    """Share of ones among the known, with Wilson's interval; None where nothing is known."""
    n = int((~np.isnan(happened)).sum())
    if n == 0:
        return None
    share = float(np.nansum(happened)) / n
    return Estimate(share, *wilson(share, n, confidence), n, n, confidence)


def _of_rest(breached: Numbers, known: int, late: int) -> float | None:
    others = known - int((~np.isnan(breached)).sum())
    return (late - int(np.nansum(breached))) / others if others else None


def _fisher(breached: Numbers, known: int, late: int) -> float:
    n, hits = int((~np.isnan(breached)).sum()), int(np.nansum(breached))
    return float(min(1.0, stats.hypergeom.sf(hits - 1, known, late, n)))


def _by(codes: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """(code, positions) for every code that occurs."""
    order = np.argsort(codes, kind="stable")
    cuts = np.flatnonzero(np.diff(codes[order])) + 1
    for positions in np.split(order, cuts):
        if positions.size:
            yield int(codes[positions[0]]), positions
