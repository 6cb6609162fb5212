"""Small tables and how to hand them to the product."""

from __future__ import annotations

from typing import Any

import numpy as np

from kithkin.analysis.disclosure import ProtectedTable

FLOOR = 5


def columns(table: np.ndarray, **measures: np.ndarray) -> dict[str, Any]:
    """A dense table as columns d0, d1, … and n."""
    places = np.indices(table.shape).reshape(table.ndim, -1)
    named: dict[str, Any] = {f"d{at}": [str(i) for i in place] for at, place in enumerate(places)}
    return {**named, "n": table.ravel(), **{name: values.ravel() for name, values in measures.items()}}


def names(table: np.ndarray) -> list[str]:
    """The dimensions that `columns` gives."""
    return [f"d{at}" for at in range(table.ndim)]


def labels(table: np.ndarray) -> list[list[str]]:
    """Their labels, in the order of the atoms."""
    return [[str(i) for i in range(size)] for size in table.shape]


def truth(table: np.ndarray) -> list[int]:
    """The true count per atom."""
    return [int(n) for n in table.ravel()]


def hidden_keys(protected: ProtectedTable) -> set[tuple[tuple[str, str | None], ...]]:
    """Which cells are hidden."""
    return {tuple(cell.keys.items()) for cell in protected.suppressed}
