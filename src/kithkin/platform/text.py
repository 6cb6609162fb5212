"""Text as people search it: without case, accents and doubled spaces."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` for comparing: case folded, marks removed (é → e), ß → ss, spaces single.

    >>> fold("  José  MÜLLER ")
    'jose muller'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _SPACES.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()
