"""The month that a cell means: figures are kept by month, those of a longer period under its last one."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import gettext as _

from kithkin.platform.imports.values import BadValue, day
from kithkin.platform.text import fold

_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})[-/ ]?q([1-4])|q([1-4])[-/ ]?(\d{4})|([1-4])\.? quartal (\d{4})", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_NAMED = re.compile(r"([a-z]{3,9})\.?[- ](\d{4})|(\d{4})[- ]([a-z]{3,9})\.?", re.ASCII)
_NAMES = (
    ("january", "januar", "janner"), ("february", "februar", "feber"), ("march", "marz", "mar", "mrz"),
    ("april",), ("may", "mai"), ("june", "juni"), ("july", "juli"), ("august",), ("september", "sept"),
    ("october", "oktober"), ("november",), ("december", "dezember"),
)  # fmt: skip
_BY_NAME = {
    short: number
    for number, names in enumerate(_NAMES, start=1)
    for name in names
    for short in (name, name[:3])
}  # fmt: skip
LONGEST = 30
FIRST, LAST = 1900, 2100


@lru_cache(10_000)
def month(cell: str) -> str:
    """ "2026-03" of a month, a day, a quarter or a year, in the ways people write them; BadValue for anything else.

    >>> [month(text) for text in ("2026-3", "03/2026", "March 2026", "2026-03-31", "2026-Q1", "2026")]
    ['2026-03', '2026-03', '2026-03', '2026-03', '2026-03', '2026-12']
    """
    found = _read(fold(cell))
    if found is None:
        on = _day(cell)
        found = on
    year, number = found
    if not 1 <= number <= 12:
        raise BadValue(_("There is no such month."), _remedy())
    if not FIRST <= year <= LAST:
        raise BadValue(_("This year is out of reach."), _("Is the year right?"))
    return f"{year:04d}-{number:02d}"


def looks_like_period(cell: str) -> bool:
    """Whether a cell could be a period: none has fewer than four digits, or is long."""
    if len(cell) > LONGEST or not _YEAR.search(cell):
        return False
    try:
        month(cell)
    except BadValue:
        return False
    return True


def _read(text: str) -> tuple[int, int] | None:
    if _YEAR.fullmatch(text):
        return int(text), 12
    if found := _MONTH.fullmatch(text):
        return int(found[1] or found[4]), int(found[2] or found[3])
    if found := _QUARTER.fullmatch(text):
        return int(found[1] or found[4] or found[6]), 3 * int(found[2] or found[3] or found[5])
    if found := _NAMED.fullmatch(text):
        number = _BY_NAME.get(found[1] or found[4])
        return None if number is None else (int(found[2] or found[3]), number)
    return None


def _day(cell: str) -> tuple[int, int]:
    try:
        on = day(cell)
    except BadValue as bad:
        if "/" in cell and bad.remedy and cell.count("/") == 2:
            raise  # a day whose month cannot be told from its day
        raise BadValue(_("This is no month."), _remedy()) from None
    return on.year, on.month


def _remedy() -> str:
    return _("Write it like 2026-03; a quarter as 2026-Q1, a year as 2026.")
