"""The values of conditions, out of JSON or a form: typed, within bounds, or refused with what is allowed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kithkin.directory.registries.segment_fields import Kind, Operator, SegmentField, Value
from kithkin.platform.models import User
from kithkin.platform.text import quoted

LONGEST_TEXT = 200
GREATEST_NUMBER = 1e12
MOST_DAYS = 36_500
_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,6})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[+-]?\d{1,13}([.,]\d{1,6})?")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


def value_of(field: SegmentField, operator: Operator, given: Any, user: User | None) -> Value:
    """The typed value; ValueError with what is wrong and what is allowed."""
    if not operator.takes_a_value:
        if given not in (None, "", []):
            raise ValueError(_("“%(operator)s” takes no value.") % {"operator": operator.label})
        return None
    if operator is Operator.LAST_DAYS:
        return _days(given)
    if field.kind in {Kind.CHOICE, Kind.PLACE}:
        return _choice(field, given, user)
    if operator is Operator.BETWEEN:
        return _pair(_READERS[field.kind], given)
    return _READERS[field.kind](given)


def _pair(read: Callable[[Any], Any], given: Any) -> Any:
    if not isinstance(given, list | tuple) or len(given) != 2:
        raise ValueError(_("give two values, from and to."))
    low, high = read(given[0]), read(given[1])
    if low > high:
        raise ValueError(_("the first value must not lie behind the second."))
    return low, high


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError(_("give a text."))  # noqa: TRY004 (one kind of refusal for every value)
    text = given.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise ValueError(_("give a text of 1 to %(most)d characters.") % {"most": LONGEST_TEXT})
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError(_("the text holds characters that no text has."))
    return text


def _code(given: Any) -> str:
    text = given.strip() if isinstance(given, str) else ""
    if not _CODE.fullmatch(text):
        raise ValueError(_("give a code as in “DE” or “de”."))
    return text


def _number(given: Any) -> float:
    if isinstance(given, str) and _NUMBER.fullmatch(given.strip()):
        given = float(given.strip().replace(",", "."))
    good = isinstance(given, int | float) and not isinstance(given, bool) and abs(given) <= GREATEST_NUMBER
    if not good or not math.isfinite(given):
        raise ValueError(_("give a number between −10¹² and 10¹²."))
    return int(given) if float(given).is_integer() else float(given)


def _days(given: Any) -> float:
    try:
        days = _number(given)
    except ValueError:
        days = -1
    if not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise ValueError(_("give a whole number of days from 1 to %(most)d.") % {"most": MOST_DAYS})
    return days


def _day(given: Any) -> date:
    text = given.strip() if isinstance(given, str) else ""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not 1800 <= day.year <= 2999:
        raise ValueError(_("give a day between 1800 and 2999, as in 2026-01-31."))
    return day


def _yes_no(given: Any) -> bool:
    if isinstance(given, str):
        given = _YES_NO.get(given.strip().lower())
    if not isinstance(given, bool):
        raise ValueError(_("give yes or no."))  # noqa: TRY004
    return given


def _choice(field: SegmentField, given: Any, user: User | None) -> str:
    choices = dict(field.choices(user))
    wanted = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    if wanted in choices:
        return wanted
    if len(choices) > 12:
        raise ValueError(_("give one of the %(count)d choices of this field.") % {"count": len(choices)})
    allowed = ", ".join(quoted(key) for key in choices) or _("there are none yet")
    raise ValueError(_("give one of: %(allowed)s.") % {"allowed": allowed})


_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.YES_NO: _yes_no,
}
