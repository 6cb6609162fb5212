"""Points in time: as the statistics need them, and from text without misreading a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    halves = [_halves(cell) for cell in cells]
    dates, clocks = {date_text for date_text, _ in halves}, {clock_text for _, clock_text in halves}
    order = _order(sorted(dates), day_first)
    days = {text: _days(text, order) for text in dates}
    times = {text: _time_of_day(text) for text in clocks}
    read = np.array([_sum(days[date_text], times[clock_text]) for date_text, clock_text in halves], dtype=np.int64)
    _check_zones([clock for (_, clock), instant in zip(halves, read.tolist(), strict=True) if instant != MISSING])
    return ParsedTimes(
        times=read.astype("datetime64[us]"),
        refused=tuple(Refused(row, cells[row]) for row in np.flatnonzero(read == MISSING).tolist() if cells[row]),
        missing=cells.count(""),
        read_as=order,
    )


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


def _sum(day: int | None, time: int | None) -> int:
    return MISSING if day is None or time is None else day + time


def _order(dates: list[str], day_first: bool) -> ReadAs:
    numeric = {text: (int(match[1]), int(match[3])) for text in dates if (match := _NUMERIC.fullmatch(text))}
    possible = {text: parts for text, parts in numeric.items() if min(parts) <= 12}
    if day_first:
        return ReadAs.DAY_FIRST
    if not possible:
        return ReadAs.ISO
    only_day_first = [text for text, (first, _) in possible.items() if first > 12]
    if only_day_first:
        raise NotATime(f"times: {only_day_first[0]!r} has the day first. Say so with day_first=True, {UNMISTAKABLE}")
    if all(second <= 12 for _, second in possible.values()):
        either = f"times: {next(iter(possible))!r} could be read day first or month first."
        raise NotATime(f"{either} If the day stands first, say so with day_first=True, else {UNMISTAKABLE[3:]}")
    return ReadAs.MONTH_FIRST


def _days(text: str, order: ReadAs) -> int | None:
    """Microseconds from 1970 to the begin of the day, None where the text is no date."""
    if match := _ISO.fullmatch(text):
        year, month, day = match[1], match[3], match[4]
    elif match := _NUMERIC.fullmatch(text):
        day, month, year = (match[3], match[1], match[4]) if order is ReadAs.MONTH_FIRST else match.group(1, 3, 4)
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


def _check_zones(clocks: list[str]) -> None:
    zoned = {clock for clock in set(clocks) if clock.endswith("Z") or "+" in clock or "-" in clock}
    named = sum(clock in zoned for clock in clocks)
    if 0 < named < len(clocks):
        raise NotATime(
            f"times: {named:,} name a zone and {len(clocks) - named:,} do not. Give all of them one, or none."
        )
