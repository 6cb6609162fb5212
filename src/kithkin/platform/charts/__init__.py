"""Charts in pages: a `Picture` of `kithkin.analysis.charts` as a template takes it (`components/chart.html`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from kithkin.analysis.charts.picture import Form, Numbers, Picture
from kithkin.analysis.charts.theme import LIGHT

SCRIPT = "platform/charts.js"
NUMBERS: dict[str, Numbers] = {"de": "de-DE"}
"""How d3 calls a language's way to write numbers; draw.js holds the same for pages."""


@dataclass(frozen=True)
class Drawn:
    """One chart of a page; `key` tells it from the others there. A table beside it says the same."""

    key: str
    specs: dict[str, Any]
    description: str
    legend: tuple[tuple[str, str], ...]
    narrow_below: int

    @property
    def source(self) -> str:
        """The id of the element that holds the specs."""
        return f"chart-{self.key}"


def drawn(key: str, picture: Picture) -> Drawn:
    """The picture for a page."""
    specs = {form.value: picture.spec(form) for form in Form}
    return Drawn(key, specs, picture.description, picture.legend, picture.narrow_below)


def as_svg(picture: Picture) -> bytes:
    """The picture as a file, in the colours of paper."""
    return _still(picture).encode()


def as_png(picture: Picture) -> bytes:
    """The same as pixels, twice as fine as a screen."""
    import vl_convert  # noqa: PLC0415 (it brings a JavaScript engine along: only who downloads pays for it)

    return bytes(vl_convert.svg_to_png(_still(picture), scale=2))


def _still(picture: Picture) -> str:
    return picture.svg(LIGHT, numbers=NUMBERS.get(get_language() or "", "en-US"))
