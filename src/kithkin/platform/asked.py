"""What an address or a form says, as far as it can mean anything: whoever writes it may write what they like."""

from __future__ import annotations

from django.http import QueryDict

LONGEST = 200
LONGEST_ID = 18
"""In digits: all of them fit both databases' keys."""


def typed(asked: QueryDict, key: str) -> str:
    """The text under this key, "" where there is none.

    >>> typed(QueryDict("q=%20Ada%00%20"), "q")
    'Ada'
    """
    return asked.get(key, "").replace("\x00", "").strip()[:LONGEST]


def as_id(text: str) -> int:
    """The id that the text is; 0, which no record has, where it is none.

    >>> as_id("12"), as_id("²"), as_id("9" * 30), as_id("")
    (12, 0, 0, 0)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else 0
