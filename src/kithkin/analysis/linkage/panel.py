"""The panel: what was measured per link, unit and period, as arrays with a hole where nothing was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import BadShape, EmptyInput
from kithkin.analysis.inputs import Labels, Numbers, columns, labels, numbers

Cube = NDArray[np.float64]
ARROW = " → "
_FIGURES = re.compile(r"^-?\d+|\d+")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_MONTHS = {
    name: month
    for month, names in enumerate(
        ("jan", "feb", "mar mär", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"), start=1
    )
    for name in names.split()
}
_LINK_NAME = re.compile(r"^(?P<provider>.+?)\s*(?:→|->)\s*(?P<receiver>[^:]+?)\s*(?::\s*(?P<service>.+))?$")


@dataclass(frozen=True)
class Panel:
    """Scores of L links and one outside score, over U units and T periods in time order.

    `x` and `x_variance` have shape (L, U, T), `y`, `y_variance` and `y_n` (U, T). NaN marks what was not measured. A
    variance is the sampling variance of the cell's mean, sd²/n; `reliability` and `target` have shape (L,), NaN where
    not given.
    """

    links: tuple[str, ...]
    units: tuple[str, ...]
    periods: tuple[str, ...]
    x: Cube
    x_n: Cube
    x_variance: Cube
    target: Numbers
    reliability: Numbers
    y: Cube
    y_n: Cube
    y_variance: Cube
    refused: tuple[str, ...]

    @property
    def ends(self) -> tuple[tuple[str, str] | None, ...]:
        """Provider and receiver of each link, where its name tells them."""
        return tuple(ends_of(link) for link in self.links)


def ends_of(link: str) -> tuple[str, str] | None:
    """Provider and receiver in a name such as "IT → Branches: till support"."""
    found = _LINK_NAME.match(link)
    return (found["provider"].strip(), found["receiver"].strip()) if found else None


def build(links: Any, outcomes: Any) -> Panel:
    """The panel of a table of link scores and a table of outside scores.

    Units and links are in alphabetical order, periods in time order. Rows without unit, period, link or score are left
    out and counted. Raises BadShape for a missing column or for two rows about the same cell, EmptyInput where nothing
    is left.
    """
    inside = _Rows.read("links", links, ("n", "sd", "target", "reliability"), _link_names(links))
    outside = _Rows.read("outcomes", outcomes, ("n", "sd"), None)
    periods = in_time_order(set(inside.period) | set(outside.period))
    units = tuple(sorted(set(inside.unit) | set(outside.unit)))
    names = tuple(sorted(set(inside.link)))
    u, t = _positions(inside.unit, units), _positions(inside.period, periods)
    e = _positions(inside.link, names)
    shape = (len(names), len(units), len(periods))
    outside_at = (_positions(outside.unit, units), _positions(outside.period, periods))
    return Panel(
        links=names,
        units=units,
        periods=periods,
        x=_scatter(inside.score, (e, u, t), shape),
        x_n=_scatter(inside.extra["n"], (e, u, t), shape),
        x_variance=_scatter(inside.variance, (e, u, t), shape),
        target=_per_link(inside.extra["target"], e, len(names)),
        reliability=_per_link(inside.extra["reliability"], e, len(names)),
        y=_scatter(outside.score, outside_at, shape[1:]),
        y_n=_scatter(outside.extra["n"], outside_at, shape[1:]),
        y_variance=_scatter(outside.variance, outside_at, shape[1:]),
        refused=inside.refused + outside.refused,
    )


def in_time_order(periods: set[str]) -> tuple[str, ...]:
    """Periods sorted by the numbers and months in them, the year first.

    Raises BadShape where two periods hold the same numbers, since then their order is a guess.

    >>> in_time_order({"Q1 2024", "Q4 2023", "Q2 2024"})
    ('Q4 2023', 'Q1 2024', 'Q2 2024')
    >>> in_time_order({"Feb 2024", "Dec 2023", "Mar 2024"})
    ('Dec 2023', 'Feb 2024', 'Mar 2024')
    """
    ordered = sorted(periods, key=lambda period: (_moment(period), period))
    for earlier, later in pairwise(ordered):
        if _moment(earlier) == _moment(later):
            raise BadShape(f"period: {earlier!r} and {later!r} cannot be put in time order. Write 2024-01, or 1, 2, 3.")
    return tuple(ordered)


def _moment(period: str) -> tuple[int, ...]:
    """The numbers of a period with the year first; a month's name is its number."""
    month = next((number for word in _WORDS.findall(period.lower()) if (number := _MONTHS.get(word[:3]))), None)
    figures = [int(figure) for figure in _FIGURES.findall(period)]
    if month is not None:
        year_and_day = figures[::-1] if figures and figures[-1] > 31 else figures
        return (*year_and_day[:1], month, *year_and_day[1:])
    year_last = len(figures) > 1 and figures[-1] >= 1000 > figures[0]
    return tuple(figures[-1:] + figures[-2::-1]) if year_last else tuple(figures)


@dataclass(frozen=True)
class _Rows:
    unit: Labels
    period: Labels
    link: Labels
    score: Numbers
    extra: dict[str, Numbers]
    refused: tuple[str, ...]

    @classmethod
    def read(cls, name: str, data: Any, optional: tuple[str, ...], link: Labels | None) -> _Rows:
        picked = columns(data, name, ("unit", "period", "score"), optional)
        unit, period = labels(picked["unit"], f"{name}.unit"), labels(picked["period"], f"{name}.period")
        score = numbers(picked["score"], f"{name}.score")
        link = np.full(score.size, "", dtype=object) if link is None else link
        named = np.array([None not in row for row in zip(unit, period, link, strict=True)], dtype=bool)
        kept = named & ~np.isnan(score)
        if not kept.any():
            raise EmptyInput(f"{name}: no row has unit, period and score. Fill them in.")
        left_out = int(kept.size - kept.sum())
        refused = (f"{name}: {left_out} of {kept.size} rows lack a unit, period, link or score.",) if left_out else ()
        extra = {
            column: numbers(picked[column], f"{name}.{column}")[kept]
            if column in picked
            else np.full(kept.sum(), np.nan)
            for column in ("n", "sd", "target", "reliability")
        }
        rows = cls(unit[kept], period[kept], link[kept], score[kept], extra, refused)
        rows._check(name)
        return rows

    @property
    def variance(self) -> Numbers:
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = self.extra["sd"] ** 2 / self.extra["n"]
        return np.where(np.isfinite(variance), variance, np.nan)

    def _check(self, name: str) -> None:
        for column in ("n", "sd"):
            below = self.extra[column] < 0
            if below.any():
                raise BadShape(
                    f"{name}.{column}: {int(below.sum())} below zero. A number of answers or a spread cannot be."
                )
        outside = (self.extra["reliability"] <= 0) | (self.extra["reliability"] > 1)
        if outside.any():
            raise BadShape(f"{name}.reliability: {int(outside.sum())} outside 0…1. Give a share, such as 0.8.")
        keys = list(zip(self.unit, self.period, self.link, strict=True))
        if len(set(keys)) < len(keys):
            seen: set[tuple[Any, ...]] = set()
            doubled = next(key for key in keys if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            where = ", ".join(part for part in doubled if part)
            raise BadShape(
                f"{name}: {len(keys) - len(seen)} or more rows repeat a cell, the first: {where}. Give one row each."
            )


def _link_names(links: Any) -> Labels:
    present = columns(links, "links", (), ("link", "provider", "receiver", "service"))
    if "link" in present:
        return labels(present["link"], "links.link")
    picked = columns(links, "links", ("provider", "receiver"), ("service",))
    parts = [labels(picked[column], f"links.{column}") for column in picked]
    rows = list(zip(*parts, strict=True))
    named = {row: _name(*row) for row in set(rows)}
    names = np.empty(len(rows), dtype=object)
    names[:] = [named[row] for row in rows]
    return names


def _name(provider: str | None, receiver: str | None, service: str | None = None) -> str | None:
    if provider is None or receiver is None:
        return None
    return f"{provider}{ARROW}{receiver}" + (f": {service}" if service else "")


def _positions(values: Labels, known: tuple[str, ...]) -> NDArray[np.intp]:
    place = {label: position for position, label in enumerate(known)}
    return np.fromiter((place[value] for value in values), dtype=np.intp, count=len(values))


def _scatter(values: Numbers, at: tuple[NDArray[np.intp], ...], shape: tuple[int, ...]) -> Cube:
    cube = np.full(shape, np.nan)
    cube[at] = values
    return cube


def _per_link(values: Numbers, link: NDArray[np.intp], count: int) -> Numbers:
    known = ~np.isnan(values)
    sums = np.bincount(link[known], values[known], minlength=count)
    seen = np.bincount(link[known], minlength=count)
    return np.where(seen > 0, sums / np.maximum(seen, 1), np.nan)
