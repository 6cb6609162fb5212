"""From an event log to the flow of its requests: each text is kept once, each row as a few small numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kithkin.analysis.errors import NotATime
from kithkin.analysis.flow import ParsedTimes, analyse, parse_times
from kithkin.cli.failures import CommandError
from kithkin.cli.flow.answer import Flow
from kithkin.cli.leftout import Example, LeftOut, left_out
from kithkin.tables import Scan, Source, source

SHOWN = 3
MOST_VALUES = 12


@dataclass(frozen=True)
class Question:
    """Which columns hold the request, the group, the time and whether the promise was met; which rows close it."""

    case: str
    group: str
    at: str
    met: str | None = None
    day_first: bool = False
    closed: tuple[str, str] | None = None


def measure(path: Path, question: Question) -> Flow:
    """Read the columns and follow every request. Raises CommandError for a date that could be two."""
    if question.closed is not None and question.met is None:
        raise CommandError("--closed: it says when a promise is decided, so it needs --met COL. Add that one.")
    file = source(path)
    asked = [question.case, question.group, question.at, *([question.met] if question.met else [])]
    case, group, at, *met = [file.column(name) for name in asked]
    end = [] if question.closed is None else [file.column(question.closed[0])]
    with file.scan(list(dict.fromkeys([case, group, at, *met, *end]))) as scan:
        columns = _gathered(scan)
        times, left = _times(columns[at], question.day_first, file, at, scan)
        refused = left_out(scan.refused, path)
    closed = None if question.closed is None else _closing(columns[end[0]], end[0], question.closed[1], path)
    report = analyse(columns[case], columns[group], times.instants, columns[met[0]] if met else None, closed=closed)
    return Flow(report, str(path), question, (*refused, *left), times.read_as)


def _closing(texts: Any, column: str, value: str, path: Path) -> Any:
    """Per row, whether its text is the one that closes a request."""
    seen = texts.dictionary.to_pylist()
    if value not in seen:
        more = f" and {len(seen) - MOST_VALUES:,} more" if len(seen) > MOST_VALUES else ""
        held = f"{', '.join(map(repr, seen[:MOST_VALUES]))}{more}" if seen else "nothing"
        raise CommandError(f"{path}: --closed: no row of {column!r} holds {value!r}. The column holds {held}.")
    return pc.fill_null(pc.equal(texts.indices, seen.index(value)), False)


def _gathered(scan: Scan) -> Mapping[str, Any]:
    """Each column as one dictionary array: codes of its rows, and its distinct texts."""
    names = scan.schema.names
    chunks: dict[str, list[Any]] = {name: [] for name in names}
    for batch in scan:
        for name, column in zip(names, batch.columns, strict=True):
            chunks[name].append(column.dictionary_encode())
    empty = pa.array([], pa.dictionary(pa.int32(), pa.string()))
    return {name: pa.concat_arrays(_unified(parts)) if parts else empty for name, parts in chunks.items()}


def _unified(parts: Sequence[Any]) -> Sequence[Any]:
    unified = pa.chunked_array(parts).unify_dictionaries()
    return list(unified.chunks)


@dataclass(frozen=True)
class _Times:
    instants: NDArray[np.datetime64]
    read_as: str


def _times(texts: Any, day_first: bool, file: Source, at: str, scan: Scan) -> tuple[_Times, tuple[LeftOut, ...]]:
    distinct = texts.dictionary.to_pylist()
    parsed = _parsed(distinct, day_first, file, at)
    codes = texts.indices.fill_null(len(distinct)).to_numpy(zero_copy_only=False)
    instants = np.append(parsed.times, np.datetime64("NaT"))[codes]
    if np.isnat(instants).all():
        shown = ", ".join(repr(one.text) for one in parsed.refused[:SHOWN]) or "all are missing"
        raise CommandError(
            f"{file.path}: column {at!r} holds no date: {shown}. Name the column of the times with --at."
        )
    left = []
    if texts.null_count:
        left.append(LeftOut(at, "missing", texts.null_count))
    strange = np.flatnonzero(np.isin(codes, [one.row for one in parsed.refused]))
    if strange.size:
        examples = tuple(Example(scan.number(int(row)), distinct[codes[row]]) for row in strange[:SHOWN])
        left.append(LeftOut(at, "no date", strange.size, examples))
    return _Times(instants, str(parsed.read_as)), tuple(left)


def _parsed(texts: list[str], day_first: bool, file: Source, column: str) -> ParsedTimes:
    try:
        return parse_times(texts, day_first)
    except NotATime as error:
        said = str(error).removeprefix("times: ").replace("day_first=True", "--day-first")
        raise CommandError(f"{file.path}: column {column!r}: {said}") from None
