"""What is released: every cell of the lattice, shown, blurred or hidden, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from kithkin.analysis.disclosure.dimension import Dimension, Label, Path
from kithkin.analysis.disclosure.policy import Policy, Relation
from kithkin.analysis.disclosure.table import Measure
from kithkin.analysis.errors import BadParameter
from kithkin.analysis.results import Result, plain


class Status(Enum):
    """How much of a figure is shown."""

    PUBLISHED = "published"
    CAPPED = "capped"
    HIDDEN = "hidden"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Figure(Result):
    """A mean as it may be shown: the value, or the range that stands for it (`low` … `high`), or nothing."""

    value: float | None
    low: float | None
    high: float | None
    status: Status
    reason: str | None


@dataclass(frozen=True)
class Cell(Result):
    """One group: `keys` maps level to label, and a level that is absent is summed over. Hidden: `n` is None."""

    keys: Mapping[str, Label]
    n: int | None
    figures: Mapping[str, Figure]
    status: Status
    reason: str | None

    @property
    def value(self) -> float | None:
        """The mean of the first measure, if it may be shown."""
        return next((figure.value for figure in self.figures.values()), None)

    @property
    def label(self) -> str:
        """The group in words."""
        return ", ".join("(none)" if label is None else label for label in self.keys.values()) or "everybody"

    def __str__(self) -> str:
        if self.status is Status.HIDDEN:
            return f"{self.label}: hidden ({self.reason})"
        shown = [f"{name} {_figure(figure)}" for name, figure in self.figures.items()]
        return f"{self.label}: " + ", ".join([f"n = {self.n:,}", *shown])


@dataclass(frozen=True)
class ProtectedTable(Result):
    """What may be shown of a table, and nothing else: no hidden number is in it, so it can be stored and sent.

    It is also what the next release takes as `released`; `as_earlier` says how its people stand to those counted next.
    """

    cells: tuple[Cell, ...]
    policy: Policy
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    relation: Relation = Relation.UNSTATED

    @property
    def published(self) -> tuple[Cell, ...]:
        """The cells whose count is shown."""
        return tuple(cell for cell in self.cells if cell.status in {Status.PUBLISHED, Status.CAPPED})

    @property
    def suppressed(self) -> tuple[Cell, ...]:
        """The cells whose count is hidden."""
        return tuple(cell for cell in self.cells if cell.status is Status.HIDDEN)

    def as_earlier(self, relation: Relation) -> ProtectedTable:
        """The same release, with how its people stand to those of the next release."""
        return replace(self, relation=Relation(relation))

    def cell(self, keys: Mapping[str, Label] | None = None, /, **labels: Label) -> Cell:
        """The cell of exactly these groups; without any, everybody. A finer level names its coarser ones by itself.

        Raises BadParameter where there is no such cell, or more than one.
        """
        wanted = {**(keys or {}), **labels}
        wanted = {level: None if label is None else str(label) for level, label in wanted.items()}
        found = [cell for cell in self.cells if self._finest(cell.keys, wanted)]
        if len(found) != 1:
            raise BadParameter(f"cell: {len(found)} cells for {wanted}. Name one label per level, coarsest first.")
        return found[0]

    def _finest(self, keys: Mapping[str, Label], wanted: Mapping[str, Label]) -> bool:
        """Whether `wanted` names the finest level of each dimension in `keys`, and contradicts none."""
        if any(level not in keys or keys[level] != label for level, label in wanted.items()):
            return False
        finest = {
            [level for level in d.levels if level in keys][-1] for d in self.dimensions if set(d.levels) & set(keys)
        }
        return finest <= set(wanted)

    def to_dict(self) -> dict[str, Any]:
        """The release as plain JSON types; `from_dict` reads it back."""
        return {
            "policy": self.policy.to_dict(),
            "relation": self.relation.value,
            "dimensions": [
                {"name": d.name, "levels": list(d.levels), "declared": d.declared, "paths": plain(d.paths)}
                for d in self.dimensions
            ],
            "measures": plain(self.measures),
            "cells": [_stored(cell) for cell in self.cells],
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> ProtectedTable:
        """A release from what `to_dict` gave."""
        return cls(
            cells=tuple(_cell(cell) for cell in stored["cells"]),
            policy=Policy(**stored["policy"]),
            dimensions=tuple(_dimension(one) for one in stored["dimensions"]),
            measures=tuple(Measure(**one) for one in stored["measures"]),
            relation=Relation(stored["relation"]),
        )

    def __str__(self) -> str:
        hidden = len(self.suppressed)
        lines = [_aligned(self.cells, [measure.name for measure in self.measures])]
        if hidden:
            lines.append(f"{hidden} of {len(self.cells)} cells hidden: {self.policy.reason}.")
        return "\n".join(lines)


def _stored(cell: Cell) -> dict[str, Any]:
    """Written out field by field: there are tens of thousands of them."""
    figures = {
        name: {
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "status": figure.status.value,
            "reason": figure.reason,
        }
        for name, figure in cell.figures.items()
    }
    return {
        "keys": dict(cell.keys),
        "n": cell.n,
        "figures": figures,
        "status": cell.status.value,
        "reason": cell.reason,
    }


def _cell(stored: Mapping[str, Any]) -> Cell:
    figures = {name: Figure(**{**one, "status": Status(one["status"])}) for name, one in stored["figures"].items()}
    return Cell(dict(stored["keys"]), stored["n"], figures, Status(stored["status"]), stored["reason"])


def _dimension(stored: Mapping[str, Any]) -> Dimension:
    paths: tuple[Path, ...] = tuple(tuple(path) for path in stored["paths"])
    return Dimension(stored["name"], tuple(stored["levels"]), None, paths if stored["declared"] else None, paths)


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.value is not None:
        return f"{figure.value:.4g}"
    if figure.low is None or figure.high is None:
        return "hidden" if figure.status is Status.HIDDEN else "–"
    return f"{figure.low:.4g} … {figure.high:.4g}"


def _aligned(cells: Sequence[Cell], measures: list[str]) -> str:
    rows = [["group", "n", *measures]]
    for cell in cells:
        shown = "hidden" if cell.n is None else f"{cell.n:,}"
        rows.append([cell.label, shown, *(_figure(cell.figures.get(name)) for name in measures)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(text.rjust(w) for text, w in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in rows
    )
