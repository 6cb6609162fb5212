"""Per group and hand-over of an event log: volume, waiting, breach and returns."""

from __future__ import annotations

from typing import Any

import numpy as np

from kithkin.analysis.errors import BadParameter
from kithkin.analysis.flow.counted import report_of
from kithkin.analysis.flow.parts import Part
from kithkin.analysis.flow.report import FlowReport
from kithkin.analysis.flow.traces import Legs, Log
from kithkin.analysis.flow.waits import Waits


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
    part = Part.of(log, legs)
    waits = Waits(part, len(log.names), confidence)
    order = np.lexsort((legs.micros, legs.group))
    waits.take(legs.group[order], legs.to[order], legs.micros[order])
    return report_of(part, waits, log.names, left_out=log.left_out, confidence=confidence)
