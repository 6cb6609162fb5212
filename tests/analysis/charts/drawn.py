"""A picture as somebody sees it: drawn by the chart library, read back."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import vl_convert

from kithkin.analysis.charts.picture import Form, Picture
from kithkin.analysis.charts.theme import LIGHT, config, parameters

SVG = "{http://www.w3.org/2000/svg}"


def svg(picture: Picture, form: Form = Form.WIDE) -> ET.Element:
    """The picture drawn in light colours, as XML."""
    spec = picture.spec(form) | {"width": 760 if form is Form.WIDE else 320}
    spec["params"] = [*parameters(LIGHT), *spec.get("params", [])]
    return ET.fromstring(vl_convert.vegalite_to_svg(spec, config=config(LIGHT)))


def words(picture: Picture, form: Form = Form.WIDE) -> list[str]:
    """Every word in it, lines of one label joined."""
    texts = svg(picture, form).iter(f"{SVG}text")
    return [" ".join(part.strip() for part in text.itertext() if part.strip()) for text in texts]


def marks(picture: Picture, colour: str, form: Form = Form.WIDE) -> int:
    """How many shapes carry a colour."""
    return sum(colour in (one.get("fill"), one.get("stroke")) for one in svg(picture, form).iter(f"{SVG}path"))


def valid(picture: Picture) -> None:
    """Both forms hold to Vega-Lite's schema."""
    for chart in (picture.wide, picture.narrow):
        chart.to_dict(validate=True)


def rows(picture: Picture, form: Form = Form.WIDE) -> list[dict[str, Any]]:
    """All data rows of the picture."""
    return [row for values in picture.spec(form)["datasets"].values() for row in values]


def plain(text: str) -> str:
    """Text with its no-break spaces made plain."""
    return re.sub("\N{NO-BREAK SPACE}", " ", text)
