"""Expressions about dates, in zones and at hours that summer time skips and repeats."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

from tests.questionnaire.expressions.operands import VALUES
from tests.questionnaire.expressions.survey_core import Question

DAYS = [
    "'2026-01-05'",
    "'2026-01-05T12'",
    "'2026-01-05T12:05'",
    "'2026-01-05T12:05:05'",
    "'2026-01-05T12:05:05.678'",
    "'2024-02-29'",
    "'2023-12-31'",
    "'2024-03-31T02:30:00'",
    "'2024-10-27T02:30:00'",
    "'2024-02-29T10:30:15.250'",
    "'2024-02-29T10:30'",
    "'2024-02-29T23:59:59Z'",
    "'2024-02-29T10:30:15+05:30'",
    "'2024-02-30'",
    "'2024-13-01'",
    "'1899-06-15'",
    "'2024'",
    "'2024-05'",
    "'2024-02-29 10:30:15'",
    "'2/9/2024'",
    "'12/31/1999 23:05'",
    "0",
    "86400000",
    "-1",
    "1e300",
    "''",
    "null",
    "{missing}",
    "{day}",
    "{time}",
    "today()",
    "currentDate()",
    "{none}",
    "true",
]
UNITS = ["'days'", "'months'", "'years'", "'hours'", "'minutes'", "'seconds'", "'weeks'", "''", "5"]
AMOUNTS = ["1", "-1", "0", "31", "-400", "1.5", "'5'", "'x'", "{missing}", "true"]
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]
PRESENTS = [1_767_614_705_678, 1_711_846_800_000, 1_729_990_799_999, 1_709_251_199_000]


class Calendar:
    """Grows expressions about dates."""

    def __init__(self, chance: random.Random) -> None:
        self.choice = chance.choice

    def moment(self) -> str:
        """A date, or what leads to one."""
        day, unit, amount = self.choice(DAYS), self.choice(UNITS), self.choice(AMOUNTS)
        forms = [day, f"getDate({day})", f"dateAdd({day}, {amount}, {unit})", f"today({amount})", "today()"]
        return self.choice(forms)

    def compared(self) -> str:
        """Two dates with an operator between them. (An empty text beside a date is a deviation.)"""
        first, second = (one for one in (self.moment(), self.moment()))
        operator = self.choice(["=", "!=", "<", "<=", ">", ">=", "-", "and", "or"])
        return f"{first} {operator} {second}" if "''" not in {first, second} else first

    def asked(self) -> str:
        """A function of one or two dates."""
        first, second, unit = self.moment(), self.moment(), self.choice(UNITS)
        part = self.choice(["year", "month", "day", "weekday", "getYear", "getDate", "age"])
        forms = [
            f"{part}({first})",
            f"age({first}, {unit})",
            f"diffDays({first}, {second})",
            "currentYear()",
            "month()",
        ]
        forms += [f"dateDiff({first}, {second}, {unit})", f"dateDiff({first}, {second})", f"max({first}, {second})"]
        return self.choice([*forms, f"min({first}, {second})", f"count({first}, {second})"])


def days_beside_moments() -> Iterator[Question]:
    """Texts of every exactness beside moments of the same day."""
    moments = ["currentDate()", "today()", "getDate('2026-01-05T12:05:05.500')"]
    for moment, day, operator in product(moments, DAYS[:5], ["=", "<", "<=", ">=", ">", "!="]):
        yield Question(f"{moment} {operator} {day}", VALUES)
        yield Question(f"{day} {operator} {moment}", VALUES)


def calendars(seed: int, number: int) -> Iterator[Question]:
    """Dates made, moved, compared and taken apart, in zones and at hours that summer time skips and repeats."""
    chance = random.Random(seed)
    calendar = Calendar(chance)
    yield from days_beside_moments()
    for zone in ZONES:
        for _ in range(number // len(ZONES)):
            grown = chance.choice([calendar.moment, calendar.compared, calendar.asked])()
            yield Question(grown, VALUES, at=chance.choice(PRESENTS), zone=zone)
