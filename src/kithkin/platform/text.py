"""Text as people search it: without case, accents and doubled spaces; and days in words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` for comparing: case folded, marks removed (é → e), ß → ss, spaces single.

    >>> fold("  José  MÜLLER ")
    'jose muller'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _SPACES.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()


def quoted(name: object) -> str:
    """The name in the marks of the reader's language: “IT”, „IT“."""
    return _("“%(name)s”") % {"name": name}


def long_date(day: date) -> str:
    """The day in words, in the reader's language: "1 March 2025"."""
    return date_format(day, pgettext("how a day is written out", "j F Y"))


def language_name(code: str) -> str:
    """What the language of this code is called in the reader's; the code where it is not known."""
    try:
        return _(get_language_info(code)["name"])
    except KeyError:
        return code


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """What a browser says of itself, as its owner would say it; unknown ones in their own words.

    >>> device("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36")
    'Chrome, Linux'
    """
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return ", ".join(part for part in (browser, system) if part) or agent[:60] or "?"
