"""How long words are in the pages' font, as nearly as can be told without it: rather too long than too short."""

from __future__ import annotations

from collections.abc import Sequence

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMW@%&")


def width(text: str, size: float) -> float:
    """Pixels that `text` takes in a system font (DejaVu Sans is the widest of them) of this size.

    >>> round(width("Contact centre", 13))
    96
    """
    return size * sum(_share(letter) for letter in text)


def lines(text: str, room: float, size: float, most: int = 2) -> tuple[str, ...]:
    """`text` on at most `most` lines that fit the room; what is left over is told by an ellipsis.

    >>> lines("Research and development of new products", 120, 13)
    ('Research and', 'development of…')
    >>> lines("Personalverwaltungsangelegenheiten", 130, 13)
    ('Personalverwaltun', 'gsangelegenheiten')
    """
    found = _wrapped(text.split(), room, size)
    if len(found) <= most:
        return tuple(found)
    last = found[most - 1]
    while last and width(f"{last}…", size) > room:
        last = last[:-1].rstrip()
    return (*found[: most - 1], f"{last}…")


def _wrapped(words: Sequence[str], room: float, size: float) -> list[str]:
    found: list[str] = []
    for word in words:
        if found and width(f"{found[-1]} {word}", size) <= room:
            found[-1] = f"{found[-1]} {word}"
            continue
        rest = word
        while width(rest, size) > room:
            cut = max(n for n in range(1, len(rest)) if n == 1 or width(rest[:n], size) <= room)
            found.append(rest[:cut])
            rest = rest[cut:]
        found.append(rest)
    return found


def _share(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.93
    if ord(letter) > 0x2E7F:
        return 1.0
    return 0.7 if letter.isupper() else 0.61
