"""The calendar: dates made, moved, compared and taken apart, in the zone of the questionnaire's present."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from kithkin.questionnaire.expressions.asked import Asked, Builtin
from kithkin.questionnaire.expressions.moments import Moment, moment_from_text
from kithkin.questionnaire.expressions.numbers import plain_sum
from kithkin.questionnaire.expressions.run import Run
from kithkin.questionnaire.expressions.values import UNDEFINED, is_true, to_number, to_plain

_MILLISECONDS = {"hours": 3_600_000, "minutes": 60_000, "seconds": 1000}
_PARTS = {"days": "day", "months": "month", "years": "year", "hours": "hour", "minutes": "minute", "seconds": "second"}


def moment(value: Any, run: Run) -> Moment:
    """The moment that a value stands for: a text as a date, a number as milliseconds since 1970, nothing as now."""
    if isinstance(value, Moment):
        return value
    if not is_true(value):
        return Moment.of(run.now, run.zone)
    value = to_plain(value)
    if isinstance(value, str):
        return moment_from_text(value, run.zone)
    return Moment(float(math.trunc(to_number(value))), run.zone)


def get_date(asked: Asked) -> Moment | None:
    """A date."""
    return moment(asked.value(0), asked.run) if asked.given(0) else None


def current_date(asked: Asked) -> Moment:
    """Now."""
    return Moment.of(asked.run.now, asked.run.zone)


def today(asked: Asked) -> Moment:
    """The beginning of today, or of so many days after it."""
    start = _midnight(asked.run)
    if len(asked.values) != 1:
        return start
    return start.moved(day=to_number(plain_sum(start.parts.day, asked.value(0))))


def _midnight(run: Run) -> Moment:
    return Moment.of(run.now, run.zone).moved(hour=0, minute=0, second=0, millisecond=0)


def date_add(asked: Asked) -> Moment | None:
    """A date, so many days, months, years, hours, minutes or seconds later."""
    if not (asked.given(0) and asked.given(1)):
        return None
    start = moment(asked.value(0), asked.run)
    unit = asked.value(2) if asked.given(2) else "days"
    part = _PARTS.get(unit) if isinstance(unit, str) else None
    if part is None or not start.valid:
        return start
    first = 1 if part == "month" else 0  # JavaScript counts months from 0, which shows where texts are added
    return start.moved(**{part: to_number(plain_sum(getattr(start.parts, part) - first, asked.value(1))) + first})


def date_diff(asked: Asked) -> Any:
    """How far two dates are apart: whole days (without a unit), months or years; hours, minutes, seconds rounded up."""
    if not (asked.given(0) and asked.given(1)):
        return None
    unit = asked.value(2) if asked.given(2) else "days"
    if isinstance(unit, str) and unit in _MILLISECONDS:
        first, second = (moment(asked.value(place), asked.run) for place in (0, 1))
        apart = abs(second.milliseconds - first.milliseconds) / _MILLISECONDS[unit]
        return apart if math.isnan(apart) else math.ceil(apart)
    return _apart(asked.value(0), asked.value(1), unit, asked.run)


def age(asked: Asked) -> Any:
    """Whole years (or months, or days) since a date."""
    if not asked.given(0):
        return None
    return _apart(asked.value(0), None, asked.value(1) if asked.given(1) else "years", asked.run)


def _apart(first: Any, second: Any, unit: Any, run: Run) -> float:
    if unit == "days":
        return _days_apart(first, second, run)
    start, end = moment(first, run).parts, moment(second, run).parts
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if unit == "months":
        return months
    return 0 if math.isnan(months) else math.trunc(months / 12)


def _days_apart(first: Any, second: Any, run: Run) -> float:
    if not (is_true(first) and is_true(second)):
        return 0
    return abs(moment(second, run).days - moment(first, run).days)


def diff_days(asked: Asked) -> float:
    """Whole days between two dates."""
    return _days_apart(asked.value(0), asked.value(1), asked.run) if len(asked.values) == 2 else 0


def get_year(asked: Asked) -> Any:
    """The year of a date."""
    return _part("year")(asked) if len(asked.values) == 1 and asked.given(0) else UNDEFINED


def current_year(asked: Asked) -> float:
    """The present year."""
    return current_date(asked).parts.year


def weekday(asked: Asked) -> float:
    """The day of the week of a date, or of today; Sunday is 0."""
    return _given_or_today(asked).weekday


def _part(name: str) -> Callable[[Asked], float]:
    def part(asked: Asked) -> float:
        return float(getattr(_given_or_today(asked).parts, name))

    return part


def _given_or_today(asked: Asked) -> Moment:
    return moment(asked.value(0), asked.run) if asked.given(0) else _midnight(asked.run)


FUNCTIONS: dict[str, Builtin] = {
    "age": age,
    "currentDate": current_date,
    "currentYear": current_year,
    "dateAdd": date_add,
    "dateDiff": date_diff,
    "day": _part("day"),
    "diffDays": diff_days,
    "getDate": get_date,
    "getYear": get_year,
    "month": _part("month"),
    "today": today,
    "weekday": weekday,
    "year": _part("year"),
}
