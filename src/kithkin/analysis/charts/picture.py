"""What every chart function returns, and how a spec becomes plain JSON or a still SVG."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Literal

import altair as alt
import vl_convert

from kithkin.analysis.charts.theme import Tokens, config, parameters

STILL_WIDTH = 760
Numbers = Literal["en-US", "de-DE"]


class Form(Enum):
    """Where a chart will stand: `WIDE` on a desk or on paper, `NARROW` on a phone."""

    WIDE = "wide"
    NARROW = "narrow"


@dataclass(frozen=True)
class Picture:
    """One chart in both forms, with the sentences that say the same to a person who does not see it.

    `legend` pairs a mark (a CSS class of the page) with its words; the narrow form stands where there are fewer than
    `narrow_below` pixels.
    """

    wide: alt.LayerChart
    narrow: alt.LayerChart
    description: str
    legend: tuple[tuple[str, str], ...] = ()
    narrow_below: int = 560

    def spec(self, form: Form) -> dict[str, Any]:
        """The Vega-Lite spec as plain JSON types, without colours: `theme.parameters` and `theme.config` give them."""
        spec: dict[str, Any] = getattr(self, form.value).to_dict(validate=False)
        spec.pop("config", None)
        return dict(printable(spec | {"description": self.description}))

    def svg(self, tokens: Tokens, width: int = STILL_WIDTH, numbers: Numbers = "en-US") -> str:
        """The wide form as a still SVG, for paper and for readers without JavaScript. Nothing is fetched.

        `numbers` is the d3 locale in which the axes write theirs.
        """
        spec = self.spec(Form.WIDE) | {"width": width}
        spec["params"] = [*parameters(tokens), *spec.get("params", [])]
        return str(vl_convert.vegalite_to_svg(spec, config=config(tokens), allowed_base_urls=[], format_locale=numbers))

    def described(self, description: str) -> Picture:
        """The same picture under other words."""
        return replace(self, description=description)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(value: Any) -> Any:
    """`value` with every text in it free of what XML and UTF-8 cannot hold: control characters, half surrogates.

    >>> printable({"label": ["a\\x00b", 1]})
    {'label': ['a�b', 1]}
    """
    if isinstance(value, str):
        return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, Mapping):
        return {printable(key): printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value


def rows_of(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Rows as inline data of a chart."""
    return alt.InlineData(values=tuple(dict(row) for row in rows))


def fluid(layers: Sequence[alt.Chart], height: int) -> alt.LayerChart:
    """The layers as one chart as wide as its container, whatever its labels take of it."""
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.LayerChart(layer=list(layers), width="container", height=height, autosize=fit)


def fixed(channel: Callable[[Any], Any], value: Any) -> Any:
    """A place that no row changes: `fixed(alt.XValue, 0)`.

    Channels are named as classes everywhere: of a bare text or `alt.value` Altair guesses which is meant, for 20 ms.
    """
    return channel(value)


def in_order(field: str) -> alt.X:
    """An axis of names in the order of the rows' `order`; every other is left out where they would overlap."""
    return alt.X(
        f"{field}:O",
        sort=alt.EncodingSortField("order", op="min"),
        title=None,
        scale=alt.Scale(type="point", padding=0.3),
        axis=alt.Axis(labelAngle=0, labelOverlap="parity", labelSeparation=12, grid=False),
    )


def wrapped(label: str, characters: int) -> str:
    """`label` on several lines of at most `characters`, no word lost: a word longer than the line is broken.

    >>> wrapped("Department of something very long", 14)
    'Department of\\nsomething very\\nlong'
    """
    return "\n".join(textwrap.wrap(label, characters)) or "(no name)"


def distinct(labels: Sequence[str]) -> list[str]:
    """Labels that differ, so that two rows of one name stay two rows.

    >>> distinct(["IT", "IT", "HR"])
    ['IT', 'IT (2)', 'HR']
    """
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    result = []
    for label in labels:
        seen[label] += 1
        candidate = label if seen[label] == 1 else f"{label} ({seen[label]})"
        while candidate in taken:
            candidate += "′"
        taken.add(candidate)
        result.append(candidate)
    return result
