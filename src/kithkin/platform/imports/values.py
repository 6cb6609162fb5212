"""From a cell to a value: each reader takes the text and returns the value, or raises `BadValue` with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import phonenumbers
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.platform.text import fold

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([./])(\d{1,2})\5(\d{4})", re.ASCII)
_LANGUAGE = re.compile(r"([a-z]{2,3})([-_]([a-z]{2}|[a-z]{4}))?", re.IGNORECASE)
_YES = frozenset(("yes", "y", "true", "1", "x", "ja", "j", "wahr", "on", "oui", "si"))
_NO = frozenset(("no", "n", "false", "0", "-", "nein", "falsch", "off", "non"))
_COUNTRIES = (
    "AT austria österreich,AU australia australien,BE belgium belgien,BG bulgaria bulgarien,BR brazil brasilien,"
    "CA canada kanada,CH switzerland schweiz suisse,CN china,CZ czechia tschechien,DE germany deutschland,"
    "DK denmark dänemark danmark,EE estonia estland,ES spain spanien españa,FI finland finnland suomi,"
    "FR france frankreich,GB britain uk grossbritannien england,GR greece griechenland,HR croatia kroatien,"
    "HU hungary ungarn,IE ireland irland,IN india indien,IT italy italien italia,JP japan,LT lithuania litauen,"
    "LU luxembourg luxemburg,LV latvia lettland,MX mexico mexiko,NL netherlands niederlande nederland,"
    "NO norway norwegen norge,PL poland polen polska,PT portugal,RO romania rumänien,RS serbia serbien,"
    "SE sweden schweden sverige,SI slovenia slowenien,SK slovakia slowakei,TR turkey türkei türkiye,UA ukraine,US usa"
)
_BY_NAME = {
    fold(name): code for code, *names in (entry.split() for entry in _COUNTRIES.split(",")) for name in names
} | {fold("United Kingdom"): "GB", fold("Great Britain"): "GB", fold("United States"): "US", "vereinigte staaten": "US"}
_CODES = frozenset(phonenumbers.SUPPORTED_REGIONS) | {"AQ", "UM", "GS", "TF", "BV", "HM", "PN"}


class BadValue(ValueError):
    """A cell cannot be read: why, and what to write instead."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def text(longest: int) -> Callable[[str], str]:
    """Text of at most this many letters, on one line."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            said = _("It has %(length)s letters, %(longest)s are the most.")
            raise BadValue(said % {"length": f"{len(cell):,}", "longest": longest}, _("Shorten it."))
        if not cell.isprintable():
            if "\x00" in cell:
                raise BadValue(_("It holds a NUL character, which no text has."), _("Write it anew."))
            cell = " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())
        return cell

    return read


@lru_cache(20_000)
def email(cell: str) -> str:
    """An e-mail address."""
    try:
        validate_email(cell)
    except ValidationError:
        raise BadValue(_("This is no e-mail address."), _("Write one, like kim@example.com, or nothing.")) from None
    if len(cell) > 254:
        raise BadValue(_("This e-mail address is longer than any can be."), _("Write another, or nothing."))
    return cell


def looks_like_email(cell: str) -> bool:
    """Whether a cell could be an address."""
    return "@" in cell and "." in cell.rpartition("@")[2] and " " not in cell


def phone(cell: str) -> str:
    """A telephone number: seven to fifteen digits, with the usual signs between them."""
    digits = sum(letter.isdecimal() for letter in cell)
    if not 5 <= digits <= 17 or not looks_like_phone(cell) or len(cell) > 40:
        raise BadValue(
            _("This is no telephone number."), _("Write it with its country code, like +49 30 123456, or nothing.")
        )
    return cell


def looks_like_phone(cell: str) -> bool:
    """Whether a cell could be a number."""
    return bool(re.fullmatch(r"\+?[\d\s()/.\-–]{5,}((ext|x|app)\.?\s*\d+)?", cell, re.IGNORECASE))


@lru_cache(1_000)
def country(cell: str) -> str:
    """A country, by its two letters or, where it is known, by its English or German name."""
    code = cell.upper() if len(cell) == 2 and cell.upper() in _CODES else _BY_NAME.get(fold(cell), "")
    if not code:
        raise BadValue(_("This country is not known."), _("Write its two letters, like DE or FR."))
    return code


@lru_cache(1_000)
def language(cell: str) -> str:
    """A language, by its code ("de", "de-AT") or its name."""
    folded = fold(cell)
    for code, info in LANG_INFO.items():
        if folded in (fold(info.get("name", "")), fold(info.get("name_local", "")), _GERMAN.get(code, "")):
            return code
    found = _LANGUAGE.fullmatch(cell)
    if not found:
        raise BadValue(_("This language is not known."), _("Write its code, like en or de."))
    rest = found[3] or ""
    return found[1].lower() + (f"-{rest.upper() if len(rest) == 2 else rest.title()}" if rest else "")


_GERMAN = {"de": "deutsch", "en": "englisch", "fr": "franzosisch", "es": "spanisch", "it": "italienisch"} | {
    "nl": "niederlandisch", "pl": "polnisch", "pt": "portugiesisch", "tr": "turkisch", "ru": "russisch",
}  # fmt: skip


@lru_cache(20_000)
def day(cell: str) -> date:
    """A date: 2024-04-03, 3.4.2024, or with slashes where day and month cannot be mistaken for one another."""
    found = _DATE.fullmatch(cell.partition(" ")[0] if cell.endswith(" 00:00:00") else cell)
    remedy = _("Write it as year-month-day, like 2024-04-30.")
    if not found:
        raise BadValue(_("This is no date."), remedy)
    if found[1]:
        year, month, number = int(found[1]), int(found[2]), int(found[3])
    else:
        number, month, year = int(found[4]), int(found[6]), int(found[7])
        if found[5] == "/" and number != month:
            if number <= 12 and month <= 12:
                raise BadValue(_("Which is the day here and which the month cannot be told."), remedy)
            if month > 12:
                number, month = month, number
    try:
        return date(year, month, number)
    except ValueError:
        raise BadValue(_("There is no such day."), remedy) from None


def looks_like_day(cell: str) -> bool:
    """Whether a cell could be a date."""
    return bool(_DATE.match(cell))


def moment(cell: str) -> datetime:
    """A date with or without a time; without a zone it is the reader's own."""
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        first, _space, time = cell.partition(" ")
        try:
            found = datetime.fromisoformat(f"{day(first)} {time}".strip())
        except BadValue:
            raise
        except ValueError:
            raise BadValue(_("This is no time."), _("Write it like 2024-04-30 14:05.")) from None
    try:
        return (timezone.make_aware(found) if found.tzinfo is None else found).astimezone(UTC)
    except (OverflowError, ValueError):
        raise BadValue(_("There is no such day."), _("Write it like 2024-04-30 14:05.")) from None


def number(cell: str) -> float | int:
    """A number: digits with at most one decimal mark, a point or a comma."""
    found = _plain_number(cell)
    value = float(found)
    if len(cell) > 30:
        raise BadValue(_("This number is longer than any that is kept."), _("Round it."))
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def amount(cell: str) -> Decimal:
    """An amount of money, with two digits behind the decimal mark at most."""
    try:
        value = Decimal(_plain_number(cell)).quantize(Decimal("0.01"))
    except InvalidOperation:
        value = Decimal("1e13")
    if abs(value) >= Decimal("1e12"):
        raise BadValue(_("This amount is larger than any that is kept."), _("Write it in whole units."))
    return value


def looks_like_number(cell: str) -> bool:
    """Whether a cell could be a number."""
    return bool(_NUMBER.fullmatch(cell))


def yes_no(cell: str) -> bool:
    """Yes or no, in the ways people write it."""
    folded = fold(cell)
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise BadValue(_("This is neither yes nor no."), _("Write yes or no."))


def several(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    """What stands between semicolons, each read by itself."""
    return lambda cell: tuple(read(part.strip()) for part in cell.split(";") if part.strip())


def choice(choices: Mapping[str, Iterable[str]]) -> Callable[[str], str]:
    """One of these keys, by itself or by any of its names."""
    by_name = {fold(name): key for key, names in choices.items() for name in (key, *names)}

    def read(cell: str) -> str:
        found = by_name.get(fold(cell))
        if found is None:
            known = ", ".join(list(choices)[:12])
            raise BadValue(_("This is not one of the choices."), _("Write one of: %(choices)s.") % {"choices": known})
        return found

    return read


def looks_like_choice(choices: Mapping[str, Iterable[str]]) -> Callable[[str], bool]:
    """Whether a cell is one of these keys or names."""
    known = {fold(name) for key, names in choices.items() for name in (key, *names)}
    return lambda cell: fold(cell) in known


def _plain_number(cell: str) -> str:
    written = cell.replace("−", "-").replace("\u00a0", "")
    if _GROUPED.fullmatch(written) and not written.lstrip("+-").startswith("0") and "," in written:
        raise BadValue(
            _("Whether this is about one or a thousand cannot be told."), _("Write it without separators, like 1234.5.")
        )
    if not _NUMBER.fullmatch(written):
        raise BadValue(_("This is no number."), _("Write digits only, like 1234.5."))
    return written.replace(",", ".")


def read_cell(read: Callable[[str], Any], cell: str) -> Any:
    """The value; a reader's own mistake with strange input is a bad value, never a crash."""
    try:
        return read(cell)
    except BadValue:
        raise
    except (ValueError, OverflowError, TypeError, RecursionError):
        raise BadValue(_("This cannot be read."), _("Write it anew, or nothing.")) from None
