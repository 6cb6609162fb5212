"""The JavaScript that draws pictures where they are looked at: the same in pages and in reports."""

from __future__ import annotations

from importlib import resources
from typing import Any

from kithkin.analysis.charts.theme import DARK, LIGHT, config, parameters


def drawing() -> str:
    """Source that defines `drawInto(figure, chart, theme, number)`; it needs `vegaEmbed`, as `vl_convert` bundles it.

    `figure` has a box `.live` and says below which width it is narrow, `chart` has a spec for each `Form`, `theme` is
    `schemes()`, and `number` is d3's way to write numbers, where it is not English.
    """
    return resources.files("kithkin.analysis.charts").joinpath("draw.js").read_text("utf-8")


def schemes() -> dict[str, Any]:
    """What every spec is drawn with, by light and by dark."""
    tokens = {"light": LIGHT, "dark": DARK}
    return {name: {"parameters": parameters(one), "config": config(one)} for name, one in tokens.items()}
