"""The report of a log against a walk through it, trace by trace, in plain Python."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.analysis.flow import analyse
from tests.analysis.test_flow import log


def naive(case, group, at, met):
    """Trace by trace in plain Python."""
    rows = defaultdict(list)
    for order, (c, g, t, m) in enumerate(zip(case, group, at, met, strict=True)):
        if c is not None and t is not None:
            rows[c].append((t, order, g, m))
    stays, overs, fate, touched = defaultdict(list), defaultdict(list), {}, {}
    for trace, events in rows.items():
        events.sort()
        known = [m for *_, m in events if m is not None]
        fate[trace] = known[-1] if known else None
        legs = []
        for t, _, g, _ in events:
            if g is not None and (not legs or legs[-1][0] != g):
                legs.append((g, t))
        touched[trace] = {g for g, _ in legs}
        for i, (g, t) in enumerate(legs):
            leaves = legs[i + 1][1] if i + 1 < len(legs) else events[-1][0]
            stays[g].append(((leaves - t) / timedelta(hours=1), trace, g in {h for h, _ in legs[:i]}))
        for i, ((g, t), (h, u)) in enumerate(pairwise(legs)):
            overs[g, h].append(((u - t) / timedelta(hours=1), trace, h in {k for k, _ in legs[: i + 1]}))
    return stays, overs, fate, touched


def told(items, fate):
    fates = [fate[trace] for trace in {trace for _, trace, _ in items} if fate[trace] is not None]
    breach = (None, 0) if not fates else (fates.count(False) / len(fates), len(fates))
    hours = [h for h, _, _ in items]
    returns = sum(back for *_, back in items)
    return (len({trace for _, trace, _ in items}), len(items), median(hours), mean(hours), returns, *breach)


def shown(item, legs):
    breach = (None, 0) if item.breach is None else (item.breach.value, item.breach.n)
    return (item.traces, legs, item.waiting.median, item.waiting.mean, item.returns, *breach)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["R1", "R2", None]),
            st.sampled_from(["a", "b", "c", None]),
            st.integers(0, 20),
            st.sampled_from([True, False, None]),
        ),
        min_size=1,
        max_size=40,
    ).filter(lambda events: any(event[0] for event in events))
)
@settings(max_examples=150, deadline=None)
def test_the_report_equals_a_walk_through_every_trace(events):
    columns = log(*events)
    stays, overs, fate, touched = naive(*columns)

    found = analyse(*columns)

    for group in found.groups:
        assert shown(group, group.legs) == pytest.approx(told(stays[group.group], fate))
    for over in found.handovers:
        assert shown(over, over.volume) == pytest.approx(told(overs[over.from_group, over.to_group], fate))
    assert (len(found.groups), len(found.handovers)) == (len(stays), len(overs))
    counted = Counter(str(len(held)) for held in touched.values() if held)
    assert {row.groups.rstrip("+"): row.traces for row in found.by_groups_touched} == counted
