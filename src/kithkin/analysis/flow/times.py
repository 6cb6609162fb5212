"""Points in time: as the statistics need them, and from text without misreading a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kithkin.analysis.errors import NotATime
from kithkin.analysis.results import Result

MISSING = np.iinfo(np.int64).min
UNMISTAKABLE = "or write the dates as 2016-02-29 01:16."

_SECOND, _MINUTE, _DAY = 1_000_000, 60_000_000, 86_400_000_000
_REMEMBERED = 100_000
_EPOCH = date(1970, 1, 1).toordinal()
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_ISO = re.compile(r"(\d{4})([-/])(\d{2})\2(\d{2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([AaPp])[Mm])?(?: ?(Z|[+-]\d{2}:?\d{2}))?")


class ReadAs(StrEnum):
    """The order of the parts that a column of dates was read in."""

    ISO = "year-month-day"
    DAY_FIRST = "day-month-year"
    MONTH_FIRST = "month-day-year"


@dataclass(frozen=True)
class Refused(Result):
    """A value that is no date, and its row, counted from 0."""

    row: int
    text: str


@dataclass(frozen=True, eq=False)
class ParsedTimes(Result):
    """`times` (datetime64[us], UTC where the text names a zone), NaT where the text is missing or refused."""

    times: NDArray[np.datetime64]
    refused: tuple[Refused, ...]
    missing: int
    read_as: ReadAs

    def __str__(self) -> str:
        shown = ", ".join(f"row {refused.row}: {refused.text!r}" for refused in self.refused[:3])
        read = f"{self.times.size:,} dates read as {self.read_as}"
        counted = f"{read}, {self.missing:,} missing, {len(self.refused):,} refused"
        return f"{counted} ({shown})" if shown else counted


def parse_times(texts: Iterable[Any], day_first: bool = False) -> ParsedTimes:
    """Dates with or without a time of day: ISO 8601, or day, month and year in numbers (29-02-2016 01:16, 2/29/2016).

    Nothing is guessed from one value. With `day_first`, 29-02-2016 and 03-02-2016 are days of February. Without it such
    numbers are read month first only if some value of the column can be nothing else (02/29/2016) and none contradicts.

    Raises NotATime where a date could be read in two ways or only day first, or where zones are given for some only.

    >>> parse_times(["29-02-2016 01:16", "soon", None], day_first=True).times
    array(['2016-02-29T01:16:00.000000', 'NaT', 'NaT'], dtype='datetime64[us]')
    """
    cells = ["" if _missing(text) else str(text).strip() for text in texts]
    reader = TimesReader(day_first)
    read = reader.take(cells)
    return ParsedTimes(
        times=read.astype("datetime64[us]"),
        refused=tuple(Refused(row, cells[row]) for row in np.flatnonzero(read == MISSING).tolist() if cells[row]),
        missing=cells.count(""),
        read_as=reader.read_as(),
    )


class TimesReader:
    """Reads a column of dates piece by piece, in bounded memory, as `parse_times` reads it whole.

    Whether the pieces were read rightly is known when all have been: ask `read_as` then, which raises NotATime if not.
    """

    def __init__(self, day_first: bool = False) -> None:
        self._day_first = day_first
        self._days: dict[str, int | None] = {}
        self._clocks: dict[str, int | None] = {}
        self._either_way = ""  # the least text of numbers that is a date in some order
        self._only_day_first = ""
        self._any_only_month_first = False
        self._zoned = self._zoneless = 0

    def take(self, texts: Sequence[str | None], counts: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """Microseconds from 1970, MISSING where a text is missing or refused; `counts` says how many rows hold each."""
        read = np.array([self._instant(text) for text in texts], dtype=np.int64)
        for place in np.flatnonzero(read != MISSING).tolist():
            rows = 1 if counts is None else int(counts[place])
            if _names_a_zone(_halves(texts[place] or "")[1]):
                self._zoned += rows
            else:
                self._zoneless += rows
        return read

    def read_as(self) -> ReadAs:
        """The order in which all that was taken was read. Raises NotATime where that cannot be told."""
        order = self._order()
        if self._zoned and self._zoneless:
            raise NotATime(
                f"times: {self._zoned:,} name a zone and {self._zoneless:,} do not. Give all of them one, or none."
            )
        return order

    def _order(self) -> ReadAs:
        if self._day_first:
            return ReadAs.DAY_FIRST
        if not self._either_way:
            return ReadAs.ISO
        if self._only_day_first:
            raise NotATime(
                f"times: {self._only_day_first!r} has the day first. Say so with day_first=True, {UNMISTAKABLE}"
            )
        if not self._any_only_month_first:
            either = f"times: {self._either_way!r} could be read day first or month first."
            raise NotATime(f"{either} If the day stands first, say so with day_first=True, else {UNMISTAKABLE[3:]}")
        return ReadAs.MONTH_FIRST

    def _instant(self, text: str | None) -> int:
        if not text:
            return MISSING
        date_text, clock_text = _halves(text)
        if date_text not in self._days:
            self._weigh(date_text)
            _remember(self._days, date_text, _days(date_text, self._day_first))
        if clock_text not in self._clocks:
            _remember(self._clocks, clock_text, _time_of_day(clock_text))
        day, time = self._days[date_text], self._clocks[clock_text]
        return MISSING if day is None or time is None else day + time

    def _weigh(self, date_text: str) -> None:
        """What a date says of the order of day and month."""
        match = _NUMERIC.fullmatch(date_text)
        first, second = (int(match[1]), int(match[3])) if match else (13, 13)
        if min(first, second) > 12:
            return
        self._either_way = min(self._either_way or date_text, date_text)
        if first > 12:
            self._only_day_first = min(self._only_day_first or date_text, date_text)
        self._any_only_month_first |= second > 12


def instants(values: Any, name: str = "at") -> NDArray[np.int64]:
    """Microseconds of each point in time; MISSING where there is none.

    Takes NumPy datetime64, pandas, Arrow timestamps or dates, and datetimes. Raises NotATime for text and numbers.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":  # its NaT is MISSING
        return values.astype("datetime64[us]").astype(np.int64)
    try:
        array = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise NotATime(f"{name}: not all values are points in time ({error}).") from None
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_null(array.type):
        return np.full(len(array), MISSING)
    if not (pa.types.is_timestamp(array.type) or pa.types.is_date(array.type)):
        raise NotATime(f"{name}: expected points in time, got {array.type}. Read text with flow.parse_times first.")
    zone = getattr(array.type, "tz", None)
    micros = array.cast(pa.timestamp("us", zone), safe=False).cast(pa.int64())
    return np.asarray(micros.fill_null(MISSING).to_numpy(zero_copy_only=False), dtype=np.int64)


def _missing(text: Any) -> bool:
    return text is None or text != text  # noqa: PLR0124 (NaN differs from itself)


def _halves(cell: str) -> tuple[str, str]:
    """The text of the date and the text of the time of day."""
    if cell[10:11] == "T":
        return cell[:10], cell[11:]
    date_text, _, clock_text = cell.partition(" ")
    return date_text, clock_text.lstrip()


def _remember(read: dict[str, int | None], text: str, value: int | None) -> None:
    if len(read) >= _REMEMBERED:
        read.clear()
    read[text] = value


def _days(text: str, day_first: bool) -> int | None:
    """Microseconds from 1970 to the begin of the day, None where the text is no date."""
    if match := _ISO.fullmatch(text):
        year, month, day = match[1], match[3], match[4]
    elif match := _NUMERIC.fullmatch(text):
        day, month, year = match.group(1, 3, 4) if day_first else match.group(3, 1, 4)
    else:
        return None
    try:
        return (date(int(year), int(month), int(day)).toordinal() - _EPOCH) * _DAY
    except ValueError:
        return None


def _time_of_day(text: str) -> int | None:
    """Microseconds from the begin of the day, less the zone's offset; None where the text is no time of day."""
    if not text:
        return 0
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, half = int(match[1]), int(match[2]), int(match[3] or 0), (match[5] or "").upper()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (half == "P")
    elif half or hour > 23:
        return None
    if minute > 59 or second > 59:
        return None
    fraction = int((match[4] or "").ljust(6, "0")[:6])
    return (hour * 60 + minute) * _MINUTE + second * _SECOND + fraction - _offset(match[6])


def _offset(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return (-minutes if zone[0] == "-" else minutes) * _MINUTE


def _names_a_zone(clock: str) -> bool:
    return clock.endswith("Z") or "+" in clock or "-" in clock
