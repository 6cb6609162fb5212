"""Moments that an expression made, in the form and the zone in which people write them."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Any

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_FORMS = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "month": "%Y-%m", "week": "%G-W%V", "time": "%H:%M"}


def as_written(value: Any, kind: str, zone: tzinfo | None) -> Any:
    """What an expression came to, as an answer of this kind of input is written; all but moments stay as they are.

    Where it is the first of March, today() is the midnight that begins it: east of Greenwich that is still February in
    universal time, in which moments are kept.

    >>> from zoneinfo import ZoneInfo
    >>> as_written("2026-02-28T23:00:00.000Z", "date", ZoneInfo("Europe/Berlin"))
    '2026-03-01'
    """
    if kind not in _FORMS or not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return value
    try:
        return datetime.fromisoformat(value).astimezone(zone).strftime(_FORMS[kind])
    except (ValueError, OverflowError):  # the first and the last day that there is
        return value
