"""From an event log to the flow of its requests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kithkin.analysis.errors import NotATime
from kithkin.analysis.flow import ParsedTimes, analyse, parse_times
from kithkin.cli.failures import CommandError
from kithkin.cli.flow.answer import Flow
from kithkin.cli.leftout import Example, LeftOut, left_out
from kithkin.tables import Scan, source

SHOWN = 3


@dataclass(frozen=True)
class Question:
    """Which columns hold the request, the group, the time and whether the promise was met."""

    case: str
    group: str
    at: str
    met: str | None = None
    day_first: bool = False


def measure(path: Path, question: Question) -> Flow:
    """Read the columns and follow every request. Raises CommandError for a date that could be two."""
    file = source(path)
    asked = [question.case, question.group, question.at, *([question.met] if question.met else [])]
    case, group, at, *met = [file.column(name) for name in asked]
    columns: dict[str, list[Any]] = {name: [] for name in (case, group, at, *met)}
    with file.scan(list(columns)) as scan:
        for batch in scan:
            for name, values in columns.items():
                values.extend(batch.column(batch.schema.get_field_index(name)).to_pylist())
        refused = left_out(scan.refused, path)
        times = _times(columns[at], question.day_first, at, path)
        left = (*refused, *_no_dates(times, at, scan))
    if len(times.refused) == len(columns[at]) - times.missing:
        shown = ", ".join(repr(one.text) for one in times.refused[:SHOWN]) or "all are missing"
        raise CommandError(f"{path}: column {at!r} holds no date: {shown}. Name the column of the times with --at.")
    report = analyse(columns[case], columns[group], times.times, columns[met[0]] if met else None)
    return Flow(report, str(path), question, left, str(times.read_as))


def _times(texts: list[str | None], day_first: bool, column: str, path: Path) -> ParsedTimes:
    try:
        return parse_times(texts, day_first)
    except NotATime as error:
        raise CommandError(f"{path}: column {column!r}: {error}") from None


def _no_dates(times: ParsedTimes, at: str, scan: Scan) -> tuple[LeftOut, ...]:
    left = []
    if times.missing:
        left.append(LeftOut(at, "missing", times.missing))
    if times.refused:
        shown = tuple(Example(scan.number(one.row), one.text) for one in times.refused[:SHOWN])
        left.append(LeftOut(at, "no date", len(times.refused), shown))
    return tuple(left)
