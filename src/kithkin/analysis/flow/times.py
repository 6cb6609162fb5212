"""Points in time: as the statistics need them, and from text without misreading a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kithkin.analysis.errors import NotATime
from kithkin.analysis.results import Result

Times = NDArray[np.datetime64]
HOW_TO_READ = "Say which with day_first=True (--day-first), or write 2016-02-29 01:16."

_NUMERIC = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?(?: ?([AP]M))?)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}[-/]\d{2}[-/]\d{2}(?:[ T].+)?")


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
    """`times` in microseconds (UTC where the text names a zone), NaT where the text is missing or refused."""

    times: Times
    refused: tuple[Refused, ...]
    missing: int
    read_as: ReadAs

    def __str__(self) -> str:
        shown = ", ".join(f"row {refused.row}: {refused.text!r}" for refused in self.refused[:3])
        counted = (
            f"{self.times.size:,} dates read as {self.read_as}, {self.missing:,} missing, {len(self.refused):,} refused"
        )
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
    numeric = {row: match for row, cell in enumerate(cells) if (match := _NUMERIC.fullmatch(cell))}
    order = _order(cells, numeric, day_first)
    read: list[datetime | None] = [
        _of_numbers(numeric[row], order) if row in numeric else _of_iso(cell) for row, cell in enumerate(cells)
    ]
    zoned = sum(moment is not None and moment.tzinfo is not None for moment in read)
    if 0 < zoned < sum(moment is not None for moment in read):
        raise NotATime(f"times: {zoned:,} name a zone and others none. Give every time its zone, or none.")
    return ParsedTimes(
        times=np.array([_utc(moment) for moment in read], dtype="datetime64[us]"),
        refused=tuple(
            Refused(row, cell)
            for row, (cell, moment) in enumerate(zip(cells, read, strict=True))
            if cell and not moment
        ),
        missing=cells.count(""),
        read_as=order,
    )


def instants(values: Any, name: str = "at") -> NDArray[np.int64]:
    """Microseconds of each point in time; the least integer where it is missing.

    Takes NumPy datetime64, pandas, Arrow timestamps or dates, and datetimes. Raises NotATime for text and numbers.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":  # its NaT is the least integer
        return values.astype("datetime64[us]").astype(np.int64)
    try:
        array = pa.array(values, from_pandas=True) if not isinstance(values, pa.Array | pa.ChunkedArray) else values
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


MISSING = np.iinfo(np.int64).min


def _missing(text: Any) -> bool:
    return text is None or text != text or not str(text).strip()  # noqa: PLR0124 (NaN differs from itself)


def _order(cells: list[str], numeric: dict[int, re.Match[str]], day_first: bool) -> ReadAs:
    if day_first:
        return ReadAs.DAY_FIRST
    if not numeric:
        return ReadAs.ISO
    only_day_first = [row for row, match in numeric.items() if int(match[1]) > 12 >= int(match[3])]
    if only_day_first:
        shown = cells[only_day_first[0]]
        raise NotATime(f"times: {shown!r} in row {only_day_first[0]} has the day first. {HOW_TO_READ}")
    if not any(int(match[3]) > 12 >= int(match[1]) for match in numeric.values()):
        shown = cells[next(iter(numeric))]
        raise NotATime(f"times: {shown!r} could be read day first or month first. {HOW_TO_READ}")
    return ReadAs.MONTH_FIRST


def _of_numbers(match: re.Match[str], order: ReadAs) -> datetime | None:
    first, _, second, year, hour, minute, second_of_minute, fraction, half = match.groups()
    day, month = (second, first) if order is ReadAs.MONTH_FIRST else (first, second)
    of_day = int(hour or 0)
    if half:
        if not 1 <= of_day <= 12:
            return None
        of_day = of_day % 12 + 12 * (half.upper() == "PM")
    micro = round(float(fraction or 0) * 1e6)
    try:
        return datetime(int(year), int(month), int(day), of_day, int(minute or 0), int(second_of_minute or 0), micro)  # noqa: DTZ001 (the text names no zone)
    except ValueError:
        return None


def _of_iso(cell: str) -> datetime | None:
    if not _ISO.fullmatch(cell):
        return None
    try:
        return datetime.fromisoformat(cell.replace("/", "-"))
    except ValueError:
        return None


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)
