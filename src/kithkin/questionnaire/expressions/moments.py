"""Points in time as JavaScript's dates: milliseconds since 1970, read in the zone of the one who answers.

Nothing here looks at the clock; the present comes with the questionnaire's `now`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

_DAY = 86_400_000
_FARTHEST = 8.64e15
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ISO = re.compile(
    r"""\A(?P<year>[0-9]{4}|[+-][0-9]{6})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?
    (?P<time>T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})
    (?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]+))?)?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?)?\Z""",
    re.VERBOSE,
)
_AMERICAN = re.compile(
    r"""\A(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})
    (?P<time>\ +(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)?\Z""",
    re.VERBOSE,
)


class Parts(NamedTuple):
    """What a clock on the wall and the calendar below it show; each may overflow, and then carries over."""

    year: float
    month: float = 1
    day: float = 1
    hour: float = 0
    minute: float = 0
    second: float = 0
    millisecond: float = 0


@dataclass(eq=False, slots=True)
class Moment:
    """A point in time, or none (NaN) where a text was no date."""

    milliseconds: float
    zone: tzinfo

    @classmethod
    def of(cls, when: datetime, zone: tzinfo) -> Moment:
        """A moment from Python's."""
        return cls(float((when - _EPOCH) // _MILLISECOND), zone)

    @classmethod
    def at(cls, parts: Parts, zone: tzinfo) -> Moment:
        """The moment when the clocks of a zone show this; in an hour that does not exist, as before the change."""
        local = _since_epoch(parts)
        if math.isnan(local) or abs(local) > _FARTHEST:
            return cls(math.nan, zone)
        exact = local - _offset_at_local(local, zone)
        return cls(exact if abs(exact) <= _FARTHEST else math.nan, zone)

    @property
    def valid(self) -> bool:
        """Whether it is any moment at all."""
        return not math.isnan(self.milliseconds)

    @property
    def parts(self) -> Parts:
        """What the zone's clock and calendar show; NaN everywhere where there is no moment."""
        if not self.valid:
            return Parts(*[math.nan] * 7)
        return _parts(self.milliseconds + _offset(self.milliseconds, self.zone))

    @property
    def days(self) -> float:
        """Days since 1970 on the zone's calendar."""
        return (self.milliseconds + _offset(self.milliseconds, self.zone)) // _DAY if self.valid else math.nan

    @property
    def weekday(self) -> float:
        """Sunday is 0."""
        return (self.days + 4) % 7

    def moved(self, **parts: float) -> Moment:
        """The moment with some of its parts set to others."""
        return Moment.at(self.parts._replace(**parts), self.zone) if self.valid else self

    def iso(self) -> str | None:
        """As JSON writes it: in UTC, or nothing."""
        if not self.valid:
            return None
        shown = _parts(self.milliseconds)
        year = int(shown.year)
        written = f"{year:04d}" if 0 <= year <= 9999 else f"{year:+07d}"
        clock = f"{int(shown.hour):02d}:{int(shown.minute):02d}:{int(shown.second):02d}"
        return f"{written}-{int(shown.month):02d}-{int(shown.day):02d}T{clock}.{int(shown.millisecond):03d}Z"

    def __str__(self) -> str:
        if not self.valid:
            return "Invalid Date"
        shown, offset = self.parts, int(_offset(self.milliseconds, self.zone) // 60_000)
        year = f"{int(shown.year):04d}" if shown.year >= 0 else f"{int(shown.year):05d}"
        day = f"{_DAYS[int(self.weekday)]} {_MONTHS[int(shown.month) - 1]} {int(shown.day):02d} {year}"
        clock = f"{int(shown.hour):02d}:{int(shown.minute):02d}:{int(shown.second):02d}"
        sign, (hours, minutes) = "-" if offset < 0 else "+", divmod(abs(offset), 60)
        return f"{day} {clock} GMT{sign}{hours:02d}{minutes:02d} ({self._zone_name(offset)})"

    def _zone_name(self, offset: int) -> str:
        name = _clamped(self.milliseconds).astimezone(self.zone).tzname() or ""
        return "Coordinated Universal Time" if not offset and name in {"UTC", "GMT"} else name


def moment_from_text(text: str, zone: tzinfo) -> Moment:
    """A date in a text: ISO 8601 or month/day/year. A day alone is that day in the zone, not in Greenwich.

    >>> moment_from_text("2024-02-29", UTC).iso(), moment_from_text("soon", UTC).iso()
    ('2024-02-29T00:00:00.000Z', None)
    """
    found = _ISO.match(text) or _AMERICAN.match(text)
    nowhere = Moment(math.nan, zone)
    if found is None or found["year"] == "-000000":
        return nowhere
    said = found.groupdict()
    year, month, day = int(said["year"]), int(said["month"] or 1), int(said["day"] or 1)
    hour = minute = second = part = 0
    if said["time"]:
        hour, minute, second = int(said["hour"]), int(said["minute"]), int(said["second"] or 0)
        part = int((said.get("part") or "0")[:3].ljust(3, "0"))
    over = hour == 24 and (minute or second or part)
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour <= 24 and minute < 60 and second < 60) or over:
        return nowhere
    return _in_its_zone(Parts(year, month, day, hour, minute, second, part), said, zone)


def _in_its_zone(parts: Parts, said: dict[str, str | None], zone: tzinfo) -> Moment:
    """A day or a time without a zone is local; a year or a month alone, and what says so, is not."""
    own = said.get("zone")
    if own and own != "Z":
        hours, minutes = int(own[1:3]), int(own[4:6])
        away = (hours * 60 + minutes) * 60_000 * (-1 if own[0] == "-" else 1)
        if hours > 23 or minutes > 59:
            return Moment(math.nan, zone)
        return Moment(_since_epoch(parts) - away, zone)
    if own == "Z" or not (said["time"] or said["day"]):
        return Moment(_since_epoch(parts), zone)
    return Moment.at(parts, zone)


def _since_epoch(parts: Parts) -> float:
    """Milliseconds from 1970 to what the parts say, as if there were no zones."""
    if not all(map(math.isfinite, parts)) or abs(parts.year) > 400_000 or abs(parts.month) > 5_000_000:
        return math.nan
    year, month, day, hour, minute, second, millisecond = map(math.trunc, parts)
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    days = _days_before(year, month) + day - 1
    return float(days * _DAY + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond)


def _days_before(year: int, month: int) -> int:
    """Days from 1970 to the first of a month, in the calendar of today for all times (years begin in March here)."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * ((month + 9) % 12) + 2) // 5
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def _parts(local: float) -> Parts:
    days, rest = divmod(int(local), _DAY)
    shifted = days + 719_468
    era, of_era = divmod(shifted, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    march = (5 * of_year + 2) // 153
    day = of_year - (153 * march + 2) // 5 + 1
    month = march + 3 if march < 10 else march - 9
    hour, rest = divmod(rest, 3_600_000)
    minute, rest = divmod(rest, 60_000)
    second, millisecond = divmod(rest, 1000)
    return Parts(year + era * 400 + (month <= 2), month, day, hour, minute, second, millisecond)


def _clamped(milliseconds: float) -> datetime:
    """Python's datetime ends with the year 9999; later years are like those 400 before them, day of week and all."""
    low, high, period = -62_135_596_800_000 + 2 * _DAY, 253_402_300_799_000 - 2 * _DAY, 146_097 * _DAY
    if milliseconds > high:
        milliseconds -= math.ceil((milliseconds - high) / period) * period
    return _EPOCH + timedelta(milliseconds=max(milliseconds, low))


def _offset(milliseconds: float, zone: tzinfo) -> float:
    if zone is UTC:
        return 0.0
    away = _clamped(milliseconds).astimezone(zone).utcoffset() or timedelta()
    return away.total_seconds() * 1000


def _offset_at_local(local: float, zone: tzinfo) -> float:
    if zone is UTC:
        return 0.0
    away = _clamped(local).replace(tzinfo=zone).utcoffset() or timedelta()
    return away.total_seconds() * 1000
