"""Moments: there numbers of seconds, which can be added to and taken from one another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.pieces import Said
from kithkin.questionnaire.formats.reckoning import apart, one_by_one

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?\Z", re.ASCII)
_LATER = re.compile(r"([+-]?\s?\d{1,5}) (second|minute|hour|day|week|month|year)s?\Z", re.IGNORECASE)
_NAMED = {"now": "currentDate()", "today": "today()", "midnight": "today()", "": "currentDate()",
          "tomorrow": "today(1)", "yesterday": "today(-1)"}  # fmt: skip

_DAYS = {"now": "today()", "today": "today()", "tomorrow": "today(1)", "yesterday": "today(-1)"}


def is_moment(said: Said) -> bool:
    """Whether it is a number of seconds there; the answer to a date is a text until it is read as a date."""
    return said.moment and said.variable is None


def in_days(text: str) -> str | None:
    """A day as people name it, `tomorrow` or `-3 weeks`; None of what is something else."""
    text = text.strip().lower()
    if text in _DAYS:
        return _DAYS[text]
    later = _LATER.match(text)
    if later is None or later[2] in {"second", "minute", "hour"}:
        return None
    return _later("today()", later)


def _later(first: str, later: re.Match[str]) -> str:
    amount, unit = int(later[1].replace(" ", "")), later[2].lower()
    amount, unit = (amount * 7, "day") if unit == "week" else (amount, unit)
    return f"dateAdd({first}, {amount}, '{unit}s')"


def moment(said: Said) -> Said:
    """A text read as a date."""
    if is_moment(said):
        return said
    if not isinstance(said.constant, str):
        return Said(f"getDate({said.text})", moment=True)
    text = said.constant.strip()
    if text.lower() in _NAMED:
        return Said(_NAMED[text.lower()], moment=True)
    if later := _LATER.match(text):
        return Said(_later("currentDate()", later), moment=True)
    if not _DAY.match(text):
        raise Untranslatable(f"what day {text[:30]!r} is cannot be said")
    return Said(f"getDate({said.text})", moment=True)


def reckoned(first: Said, operators: Sequence[str], rest: Sequence[Said]) -> Said:
    """Seconds added to a moment, or taken from it; from one moment to another."""
    return one_by_one(first, operators, rest, _reckoned)


def _reckoned(left: Said, operator: str, right: Said) -> Said:
    if is_moment(left) and is_moment(right):
        if operator != "-":
            raise Untranslatable("it adds two dates")
        return Said(apart(left.text, right.text, "seconds"))
    if any(each.moment and each.variable is not None for each in (left, right)):
        raise Untranslatable("it reckons with a date that is a text there")
    if is_moment(right):
        if operator == "-":
            raise Untranslatable("it takes a date from a number")
        left, right = right, left
    if is_moment(left):
        amount = right.text if operator == "+" else f"0 - {right.inner}"
        return Said(f"dateAdd({left.text}, {amount}, 'seconds')", moment=True)
    return Said(f"{left.inner} {operator} {right.inner}", whole=False)
