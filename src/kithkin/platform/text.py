"""Text as people search it: without case, accents and doubled spaces; and days in words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import pgettext

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` for comparing: case folded, marks removed (é → e), ß → ss, spaces single.

    >>> fold("  José  MÜLLER ")
    'jose muller'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _SPACES.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()


def long_date(day: date) -> str:
    """The day in words, in the reader's language: "1 March 2025"."""
    return date_format(day, pgettext("how a day is written out", "j F Y"))
