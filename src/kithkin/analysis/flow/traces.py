"""An event log put in order: traces, the legs that groups hold them, and the hand-overs between legs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kithkin.analysis.errors import BadShape, EmptyInput, NotNumeric
from kithkin.analysis.flow.times import MISSING, instants
from kithkin.analysis.inputs import Numbers, labels

Codes = NDArray[np.int64]
MOST_STRANGE = 1000  # a column with more of them is another one, and not gathered further
YES, NO = {"true", "yes", "y", "1", "1.0"}, {"false", "no", "n", "0", "0.0"}


@dataclass(frozen=True, eq=False)
class Log:
    """The usable rows, sorted by trace, time and place in the file; the arrays have one entry per row.

    `case` and `group` are codes (group −1: none), `at` microseconds, `kept` 1, 0 or NaN. `left_out` counts rows without
    a case or a time, `out_of_order` rows that stood after a later one of the same trace. `closed` marks the rows that
    close their trace; None where they are not named.
    """

    case: Codes
    group: Codes
    at: Codes
    kept: Numbers
    closed: NDArray[np.bool_] | None
    names: tuple[str, ...]
    left_out: int
    out_of_order: int

    @classmethod
    def of(cls, case: Any, group: Any, at: Any, met: Any, closed: Any = None) -> Log:
        """Raises BadShape, NotATime, NotNumeric or EmptyInput."""
        cases, _ = coded(case, "case")
        groups, names = coded(group, "group")
        moments = instants(at)
        kept = np.full(cases.size, np.nan) if met is None else yes_or_no(met, "met")
        closing = None if closed is None else yes_or_no(closed, "closed") == 1
        sizes = {"case": cases.size, "group": groups.size, "at": moments.size, "met": kept.size}
        sizes |= {} if closing is None else {"closed": closing.size}
        if len(set(sizes.values())) > 1:
            counted = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
            raise BadShape(f"events: columns differ in length: {counted}.")
        return cls.from_codes(case=cases, group=groups, at=moments, kept=kept, closed=closing, names=names)

    @classmethod
    def from_codes(
        cls,
        *,
        case: Codes,
        group: Codes,
        at: Codes,
        kept: Numbers,
        closed: NDArray[np.bool_] | None,
        names: tuple[str, ...],
    ) -> Log:
        """The same from columns of one length in the file's order, coded as the log's own are (case −1: none)."""
        usable = np.flatnonzero((case >= 0) & (at != MISSING))
        if usable.size == 0:
            raise EmptyInput(f"events: none of {case.size:,} rows has a case and a time.")
        by_case = usable[np.argsort(case[usable], kind="stable")]
        same = case[by_case][1:] == case[by_case][:-1]
        late = int((same & (np.diff(at[by_case]) < 0)).sum())
        order = by_case if late == 0 else usable[np.lexsort((at[usable], case[usable]))]
        return cls(
            case=np.cumsum(_changes(case[order])) - 1,
            group=group[order],
            at=at[order],
            kept=kept[order],
            closed=None if closed is None else closed[order],
            names=names,
            left_out=case.size - usable.size,
            out_of_order=late,
        )

    @property
    def traces(self) -> int:
        """How many traces there are; their codes run from 0."""
        return int(self.case[-1]) + 1

    def promise_kept(self) -> Numbers:
        """Per trace the value of its last row that has one: 1 kept, 0 breached, NaN unknown.

        A promise is kept only once its trace is closed: see `undecided`.
        """
        return np.where(self.undecided(), np.nan, self._last_flag())

    def undecided(self) -> NDArray[np.bool_]:
        """Per trace whether its promise was kept so far but can still break, since no row closes it."""
        if self.closed is None:
            return np.zeros(self.traces, dtype=bool)
        never_closed = np.ones(self.traces, dtype=bool)
        never_closed[self.case[self.closed]] = False
        return np.asarray(never_closed & (self._last_flag() == 1))

    def _last_flag(self) -> Numbers:
        kept = np.full(self.traces, np.nan)
        known = np.flatnonzero(~np.isnan(self.kept))
        kept[self.case[known]] = self.kept[known]  # later rows overwrite earlier ones
        return kept


@dataclass(frozen=True, eq=False)
class Legs:
    """Every stay of a trace in a group, in order; one entry per leg.

    `micros` from the arrival to the hand-over or, for a trace's last leg, to its last event. `is_return` marks a leg in
    a group that had held the trace before. `to` is the group that follows, −1 at the end, and `to_returns` says
    whether that one had held it before. `row` is the leg's first row in the log.
    """

    case: Codes
    group: Codes
    micros: Codes
    is_return: NDArray[np.bool_]
    to: Codes
    to_returns: NDArray[np.bool_]
    row: Codes

    @classmethod
    def of(cls, log: Log) -> Legs:
        """A row without a group changes no hand: it belongs to the leg before it, and to none before the first."""
        rows = np.flatnonzero(log.group >= 0)
        case, group = log.case[rows], log.group[rows]
        begins = np.flatnonzero(_changes(case) | _changes(group))
        case, group, arrived = case[begins], group[begins], log.at[rows[begins]]
        ends = log.at[np.searchsorted(log.case, case, side="right") - 1]
        stays = case[1:] == case[:-1]  # whether the next leg is of the same trace
        left = ends.copy()
        left[:-1][stays] = arrived[1:][stays]
        _, first = np.unique(case * (len(log.names) + 1) + group, return_index=True)
        is_return = np.ones(case.size, dtype=bool)
        is_return[first] = False
        to, to_returns = np.full(case.size, -1), np.zeros(case.size, dtype=bool)
        to[:-1][stays] = group[1:][stays]
        to_returns[:-1][stays] = is_return[1:][stays]
        return cls(case, group, left - arrived, is_return, to, to_returns, rows[begins])


def coded(values: Any, name: str) -> tuple[Codes, tuple[str, ...]]:
    """(a code per row, −1 for a missing or blank label; the labels in order of their codes)."""
    encoded = _arrow(values, name)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    if not pa.types.is_dictionary(encoded.type):
        encoded = encoded.dictionary_encode()
    texts = [None if text is None else str(text).strip() for text in encoded.dictionary.to_pylist()]
    names = tuple(sorted({text for text in texts if text}))
    place = {text: code for code, text in enumerate(names)}
    codes = np.array([place.get(text, -1) if text else -1 for text in texts] + [-1], dtype=np.int64)
    rows = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return codes[rows.astype(np.int64)], names


def yes_or_no(values: Any, column: str) -> Numbers:
    """1 for yes, 0 for no, NaN where unknown; from booleans, 0 and 1, or yes and no as text.

    Raises NotNumeric for any other value, showing three.
    """
    codes, names = coded(values, column)
    reader = PromiseReader(column)
    meaning = np.append(reader.take(names), np.nan)
    reader.check()
    return np.asarray(meaning[codes])


class PromiseReader:
    """Reads yes and no piece by piece; `check`, at the end, refuses what is neither."""

    def __init__(self, column: str) -> None:
        self._column = column
        self._strange: set[str] = set()

    def take(self, texts: Sequence[str | None]) -> Numbers:
        """1 for yes, 0 for no, NaN where there is no text."""
        lowered = [None if text is None else text.lower() for text in texts]
        self._strange.update(
            text for text, low in zip(texts, lowered, strict=True) if text is not None and low not in YES | NO
        )
        if len(self._strange) > MOST_STRANGE:
            self.check()
        return np.array([np.nan if low is None else float(low in YES) for low in lowered])

    def check(self) -> None:
        """Raises NotNumeric, showing three."""
        if self._strange:
            shown = ", ".join(map(repr, sorted(self._strange)[:3]))
            raise NotNumeric(
                f"{self._column}: {len(self._strange)} value(s) are neither yes nor no (true/false, 1/0): {shown}."
            )


def _arrow(values: Any, name: str) -> Any:
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # mixed types
        return pa.array(list(labels(values, name)), pa.string())


def _changes(codes: Codes) -> NDArray[np.bool_]:
    changes = np.ones(codes.size, dtype=bool)
    changes[1:] = codes[1:] != codes[:-1]
    return changes
