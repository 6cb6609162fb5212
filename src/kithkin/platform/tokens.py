"""The colours of the look, read out of the style sheet itself, with their contrast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SHEET = Path(__file__).parent / "static" / "platform" / "base.css"
_TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


@dataclass(frozen=True)
class Token:
    """One colour, in the light and in the dark, and how it stands out from the paper of each."""

    name: str
    light: str
    dark: str
    on_light: float
    on_dark: float


def tokens() -> list[Token]:
    """All of them, in the order of the sheet."""
    found = {name: (light, dark) for name, light, dark in _TOKEN.findall(SHEET.read_text("utf-8"))}
    light_paper, dark_paper = found["paper"]
    return [
        Token(name, light, dark, contrast(light, light_paper), contrast(dark, dark_paper))
        for name, (light, dark) in found.items()
    ]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2: (L₁ + 0.05) / (L₂ + 0.05), the lighter first.

    >>> round(contrast("#ffffff", "#000000"), 1)
    21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
