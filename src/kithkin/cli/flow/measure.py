"""From an event log to the flow of its requests, in bounded memory: few events are kept, many wait on the disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from kithkin.analysis.flow import FlowReport, Legs, Log, Part, Waits, report_of
from kithkin.cli.failures import CommandError
from kithkin.cli.flow.answer import Flow
from kithkin.cli.flow.events import UNKNOWN, Columns, Events
from kithkin.cli.leftout import left_out
from kithkin.tables import Runs, parted, source, spill_folder

MOST_EVENTS = 500_000
CONFIDENCE = 0.95
_LEG = np.dtype([("group", np.int32), ("to", np.int32), ("micros", np.int64)])


@dataclass(frozen=True)
class Question:
    """Which columns hold the request, the group, the time and whether the promise was met; which rows close it."""

    case: str
    group: str
    at: str
    met: str | None = None
    day_first: bool = False
    closed: tuple[str, str] | None = None


def measure(path: Path, question: Question, most: int = MOST_EVENTS) -> Flow:
    """Read the columns once and follow every request, with at most `most` events in memory: see `report_on`.

    Raises CommandError for a date that could be two.
    """
    if question.closed is not None and question.met is None:
        raise CommandError("--closed: it says when a promise is decided, so it needs --met COL. Add that one.")
    file = source(path)
    columns = Columns(
        case=file.column(question.case),
        group=file.column(question.group),
        at=file.column(question.at),
        met=None if question.met is None else file.column(question.met),
        closed=None if question.closed is None else (file.column(question.closed[0]), question.closed[1]),
    )
    asked = [columns.case, columns.group, columns.at, columns.met, columns.closed and columns.closed[0]]
    with file.scan([*dict.fromkeys(name for name in asked if name is not None)]) as scan:
        events = Events(scan, columns, day_first=question.day_first, path=path)
        report = report_on(events, most)
        refused = (*left_out(scan.refused, path), *events.refused())
    return Flow(report, str(path), question, refused, events.read_as)


def report_on(events: Events, most: int) -> FlowReport:
    """The report, with no more than `most` events in memory at once, unless one trace alone has more."""
    held: deque[Any] = deque()
    size = 0
    batches = iter(events)
    for batch in batches:
        held.append(batch)
        size += batch.num_rows
        if size > most:
            return _over_the_disk(events, chain(_emptied(held), batches), most)
    log = _log(pa.Table.from_batches(held, schema=Events.schema), events)
    legs = Legs.of(log)
    order = np.lexsort((legs.micros, legs.group))
    return _report(Part.of(log, legs), [(legs.group[order], legs.to[order], legs.micros[order])], events)


def _over_the_disk(events: Events, batches: Iterable[Any], most: int) -> FlowReport:
    """Parts of the log, each with whole traces, are counted one by one; their legs are merged in order of waiting."""
    with spill_folder() as folder:
        legs_by_wait = Runs(_LEG, ("group", "micros"), folder, most)
        parts = (_counted(traces, events, legs_by_wait) for traces in parted(batches, "case", most, folder))
        whole = reduce(add, parts)
        pieces = ((legs["group"], legs["to"], legs["micros"]) for legs in legs_by_wait.merged())
        return _report(whole, pieces, events)


def _counted(traces: Any, events: Events, legs_by_wait: Runs) -> Part:
    log = _log(traces, events)
    legs = Legs.of(log)
    records = np.empty(legs.group.size, _LEG)
    records["group"], records["to"], records["micros"] = legs.group, legs.to, legs.micros
    legs_by_wait.add(records)
    return Part.of(log, legs)


def _emptied(held: deque[Any]) -> Iterator[Any]:
    while held:
        yield held.popleft()


def _log(table: Any, events: Events) -> Log:
    group, at, kept, closed = (table[name].to_numpy() for name in ("group", "at", "kept", "closed"))
    return Log.from_codes(
        case=table["case"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64),
        group=group.astype(np.int64),
        at=at,
        kept=np.where(kept == UNKNOWN, np.nan, kept),
        closed=closed if events.names_closing else None,
        names=events.groups,
    )


def _report(part: Part, legs_by_wait: Iterable[Any], events: Events) -> FlowReport:
    waits = Waits(part, len(events.groups), CONFIDENCE)
    for group, to, micros in legs_by_wait:
        waits.take(group, to, micros)
    return report_of(part, waits, events.groups, left_out=events.left_out, confidence=CONFIDENCE)
