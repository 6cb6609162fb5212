"""From what a log adds up to, and the order of its waits, to the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scipy import stats

from kithkin.analysis.flow.parts import MOST_GROUPS_TOLD_APART, Figures, Part
from kithkin.analysis.flow.report import FlowReport, GroupFlow, GroupsTouched, HandOver
from kithkin.analysis.flow.sentences import sentences
from kithkin.analysis.flow.waits import Waits
from kithkin.analysis.metrics.intervals import wilson
from kithkin.analysis.metrics.several import benjamini_hochberg
from kithkin.analysis.results import Estimate


def report_of(part: Part, waits: Waits, names: tuple[str, ...], *, left_out: int, confidence: float) -> FlowReport:
    """The report of `analyse`, from a part that is the whole log and waits that have taken all its legs.

    `names` are the groups' by code; `left_out` counts rows without a case or a time.
    """
    traces, known, late = part.touched.sum(axis=0).tolist()
    with_group = traces - int(part.touched[0, 0])
    found = FlowReport(
        groups=_groups(part, waits, names, confidence),
        handovers=_handovers(part, waits, names, confidence),
        by_groups_touched=tuple(_by_groups_touched(part, confidence)),
        traces=traces,
        events=part.events,
        traces_without_group=traces - with_group,
        events_without_group=part.events - int(part.group_events.sum()),
        breach=_share(late, known, confidence),
        rework=_share(part.reworked, with_group, confidence),
        returns=sum(figures.returns for _, figures in part.groups),
        left_out=left_out,
        out_of_order=part.out_of_order,
        undecided=part.undecided,
        confidence=confidence,
        sentences=(),
    )
    return replace(found, sentences=sentences(found))


def _groups(part: Part, waits: Waits, names: tuple[str, ...], confidence: float) -> tuple[GroupFlow, ...]:
    _, known, late = part.touched.sum(axis=0).tolist()
    found = []
    for (code, figures), waiting in zip(part.groups, waits.of_groups(), strict=True):
        others = known - figures.known
        found.append(
            GroupFlow(
                group=names[code],
                traces=figures.traces,
                events=int(part.group_events[code]),
                legs=figures.legs,
                waiting=waiting,
                breach=_share(figures.late, figures.known, confidence),
                breach_of_rest=(late - figures.late) / others if others else None,
                q=_fisher(figures, known, late) if figures.known and others else None,
                returns=figures.returns,
            )
        )
    return tuple(sorted(_adjusted(found), key=lambda flow: (-flow.traces, flow.group)))


def _adjusted(found: list[GroupFlow]) -> list[GroupFlow]:
    tested = [i for i, flow in enumerate(found) if flow.q is not None]
    for i, q in zip(tested, benjamini_hochberg([found[i].q for i in tested]), strict=True):
        found[i] = replace(found[i], q=float(q))
    return found


def _handovers(part: Part, waits: Waits, names: tuple[str, ...], confidence: float) -> tuple[HandOver, ...]:
    found = []
    for (pair, figures), waiting in zip(part.handovers, waits.of_handovers(), strict=True):
        giver, taker = divmod(pair, len(names))
        found.append(
            HandOver(
                from_group=names[giver],
                to_group=names[taker],
                volume=figures.legs,
                traces=figures.traces,
                waiting=waiting,
                breach=_share(figures.late, figures.known, confidence),
                returns=figures.returns,
            )
        )
    return tuple(sorted(found, key=lambda over: (-over.volume, over.from_group, over.to_group)))


def _by_groups_touched(part: Part, confidence: float) -> Iterator[GroupsTouched]:
    for count, (traces, known, late) in enumerate(part.touched.tolist()):
        if count and traces:
            label = f"{count}+" if count == MOST_GROUPS_TOLD_APART else str(count)
            yield GroupsTouched(label, traces, _share(late, known, confidence))


def _share(happened: int, n: int, confidence: float) -> Estimate | None:
    """Share with Wilson's interval; None where nothing is known."""
    if n == 0:
        return None
    share = happened / n
    return Estimate(share, *wilson(share, n, confidence), n, n, confidence)


def _fisher(figures: Figures, known: int, late: int) -> float:
    return float(min(1.0, stats.hypergeom.sf(figures.late - 1, known, late, figures.known)))
