"""The product's colours and type, once: pages take them as CSS, charts as a Vega-Lite configuration.

A mark names a colour by its token (`KITH`, `KIN`, …), a parameter of the spec, so one spec is drawn light and dark.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import altair as alt
from altair.utils.schemapi import disable_debug_mode

disable_debug_mode()
"""Else each part of each chart is held against the schema as it is made, which takes longer than all else: tests do."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif"
TEXT_SIZE = 13
SMALL_SIZE = 12


@dataclass(frozen=True)
class Tokens:
    """One colour scheme. `kith` is everything outside, `kin` everything inside and the weak link."""

    paper: str
    card: str
    ink: str
    soft: str
    line: str
    kith: str
    kith_tint: str
    kin: str
    kin_tint: str
    focus: str

    def css(self) -> dict[str, str]:
        """The tokens as CSS custom properties: `{"--kith-tint": "#dcefec", …}`."""
        return {f"--{name.replace('_', '-')}": colour for name, colour in asdict(self).items()}


LIGHT = Tokens(
    paper="#faf8f4",
    card="#fffefc",
    ink="#1d2126",
    soft="#666b73",
    line="#e7e2d8",
    kith="#0f766e",
    kith_tint="#dcefec",
    kin="#c4502f",
    kin_tint="#fbe7df",
    focus="#2b5fd9",
)
DARK = Tokens(
    paper="#15171b",
    card="#1c1f25",
    ink="#ebe8e2",
    soft="#9aa0a8",
    line="#2c3038",
    kith="#56bcb0",
    kith_tint="#17332f",
    kin="#f08f70",
    kin_tint="#3a221a",
    focus="#8fb0ff",
)


KITH, KIN, INK, SOFT, LINE = (alt.ExprRef(name) for name in ("kith", "kin", "ink", "soft", "line"))
CARD, KITH_TINT, KIN_TINT = (alt.ExprRef(name) for name in ("card", "kith_tint", "kin_tint"))


def parameters(tokens: Tokens) -> list[dict[str, str]]:
    """The tokens as Vega-Lite parameters, which the marks of every chart name."""
    return [{"name": name, "value": colour} for name, colour in asdict(tokens).items()]


def config(tokens: Tokens) -> dict[str, Any]:
    """The Vega-Lite configuration for all that is not a mark: axes, legends, type."""
    guide = {
        "labelColor": tokens.soft,
        "titleColor": tokens.soft,
        "labelFontSize": SMALL_SIZE,
        "titleFontSize": SMALL_SIZE,
        "titleFontWeight": "normal",
        "labelLimit": 0,
        "titleLimit": 0,
    }
    return {
        "aria": False,  # the page names the chart as a whole and puts its table beside it
        "background": None,
        "font": FONT,
        "padding": {"left": 0, "right": 2, "top": 4, "bottom": 4},
        "view": {"stroke": None},
        "axis": guide
        | {"titlePadding": 8, "labelPadding": 6, "gridColor": tokens.line, "domain": False, "ticks": False},
        "legend": guide | {"orient": "top", "title": None, "symbolStrokeWidth": 2},
        "text": {"fontSize": TEXT_SIZE, "color": tokens.ink},
        "rule": {"color": tokens.line},
        "range": {"heatmap": [tokens.card, tokens.kin], "ramp": [tokens.card, tokens.kin]},
    }
