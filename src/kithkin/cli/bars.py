"""A figure with its interval as a bar of letters, on an axis that all rows of a table share."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

FULL, UNSURE, MARK, ZERO, REST = "█", "▒", "┃", "│", " "


@dataclass(frozen=True)
class Axis:
    """From where to where the bars run; `base` is where a bar starts (None draws the interval alone)."""

    low: float
    high: float
    base: float | None = 0.0

    def place(self, value: float, width: int) -> int:
        """The cell, 0 … width − 1, in which `value` falls; beyond the ends, the nearest."""
        share = (value - self.low) / (self.high - self.low)
        return min(max(int(share * width), 0), width - 1)


def axis_for(values: Iterable[float], base: float | None = 0.0, limits: tuple[float, float] | None = None) -> Axis:
    """The shortest axis with round ends that holds every value and the base, within `limits` where given.

    >>> axis_for([29.3, 58.0])
    Axis(low=0.0, high=60.0, base=0.0)
    """
    held = [*values, *([] if base is None else [base])]
    if not held:
        return Axis(0, 1, base)
    span = max(held) - min(held)
    least = max(abs(max(held)), abs(min(held)), 1e-6) * 1e-6
    step = _round_step(span if span > least else max(abs(max(held)), least))
    low, high = step * math.floor(min(held) / step + 1e-9), step * math.ceil(max(held) / step - 1e-9)
    if limits is not None:
        low, high = max(low, limits[0]), min(high, limits[1])
    if low >= high:
        low, high = low - step, high + step
    return Axis(low, high, base)


def bar(value: float, low: float, high: float, axis: Axis, width: int) -> str:
    """Solid as far as the interval is sure of, shaded over the interval, a stroke at the estimate.

    >>> bar(45, 29.3, 58, Axis(0, 60), 20)
    '█████████▒▒▒▒▒▒┃▒▒▒▒'
    """
    cells = [REST] * width
    if axis.base is not None:
        base = axis.place(axis.base, width)
        if axis.low < axis.base < axis.high:
            cells[base] = ZERO
        if low > axis.base:
            cells[base : axis.place(low, width)] = FULL * (axis.place(low, width) - base)
        elif high < axis.base:
            cells[axis.place(high, width) : base] = FULL * (base - axis.place(high, width))
    first, last = axis.place(low, width), axis.place(high, width)
    cells[first : last + 1] = UNSURE * (last + 1 - first)
    cells[axis.place(value, width)] = MARK
    return "".join(cells)


def scale_line(axis: Axis, width: int) -> str:
    """The axis's ends, and zero where it lies between them, as the line under the bars.

    >>> scale_line(Axis(-100, 100), 21)
    '−100      0       100'
    """
    left, right = _number(axis.low), _number(axis.high)
    if len(left) + len(right) + 1 > width:
        return ""
    line = list(left + REST * (width - len(left) - len(right)) + right)
    if axis.low < 0 < axis.high:
        zero = axis.place(0, width)
        if len(left) < zero < width - len(right) - 1:
            line[zero] = "0"
    return "".join(line)


def _round_step(span: float) -> float:
    exponent = 10 ** math.floor(math.log10(span / 4))
    return float(next(factor * exponent for factor in (1, 2, 5, 10) if factor * exponent * 4 >= span * (1 - 1e-9)))


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")
