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
_TURNING = {0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)}  # direction marks, line breaks
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


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


def escaped(json: str) -> str:
    """JSON with every control, formatting and line-breaking character in its strings written as an escape.

    >>> print(escaped('{"a": "Zürich\u202e\x9b"}'))
    {"a": "Zürich\\u202e\\u009b"}
    """
    return "".join(
        _escape(character) if character != "\n" and unicodedata.category(character) in _UNSEEN else character
        for character in json
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
    if unicodedata.category(character) in {"Cc", "Cs"} or ord(character) in _TURNING:
        return "\N{REPLACEMENT CHARACTER}"
    return character


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def _without_accent(letter: str, encoding: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1]
    return base if can_write(base, encoding) else "?"
