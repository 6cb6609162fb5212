"""Text from files and methods, made fit for a terminal: no control characters, and ASCII where that is all there is."""

from __future__ import annotations

import unicodedata

STAND_INS = {
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "→": "->", "←": "<-", "…": "...", "·": ".", "•": "*", "×": "x",
    "±": "+/-", "≥": ">=", "≤": "<=", "≈": "~", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "½": "1/2",
    "¼": "1/4", "¾": "3/4", "²": "2", "Δ": "Delta", "σ": "sigma", "α": "alpha", "β": "beta", "χ": "chi", "Σ": "Sum",
    "′": "'", "█": "#", "▒": "-", "┃": "|", "│": "|", "─": "-", "├": "|", "┤": "|", "┼": "+", "●": "o",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "✓": "ok", "✗": "x",
}  # fmt: skip
_DIRECTION_OVERRIDES = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def printable(text: str) -> str:
    """`text` without what could move the cursor, colour the screen or turn the writing round.

    >>> printable("a\\x1b[31mb\\tc")
    'a�[31mb c'
    """
    return "".join(_shown(character) for character in text)


def spelled(text: str, encoding: str) -> str:
    """Printable `text` in the letters that `encoding` has.

    >>> spelled("Purchasing → Sales – σ, 你", "ascii")
    'Purchasing -> Sales - sigma, ?'
    """
    clean = printable(text)
    if can_write(clean, encoding):
        return clean
    return "".join(
        letter if can_write(letter, encoding) else STAND_INS.get(letter, _without_accent(letter, encoding))
        for letter in clean
    )


def can_write(text: str, encoding: str) -> bool:
    """Whether `encoding` has every letter of `text`."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _shown(character: str) -> str:
    if character in "\n\t":
        return character if character == "\n" else " "
    if unicodedata.category(character) in {"Cc", "Cs"} or ord(character) in _DIRECTION_OVERRIDES:
        return "\N{REPLACEMENT CHARACTER}"
    return character


def _without_accent(letter: str, encoding: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1]
    return base if can_write(base, encoding) else "?"
