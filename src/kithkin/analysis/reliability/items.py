"""The edge of the scales: respondents × items, complete answers only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from kithkin.analysis.errors import BadShape, EmptyInput
from kithkin.analysis.inputs import Numbers, columns, numbers


@dataclass(frozen=True, eq=False)
class Items:
    """Answers of respondents who answered every item, and how many were left out because they did not."""

    names: tuple[str, ...]
    answers: Numbers
    dropped: int


def complete_items(items: Any) -> Items:
    """Items of a frame, an Arrow table, a mapping of columns or a two-dimensional array (respondents × items).

    Raises BadShape for anything else, and EmptyInput when nobody answered every item.
    """
    names, table = _named(items)
    complete = ~np.isnan(table).any(axis=1)
    if not complete.any():
        raise EmptyInput(f"items: none of {table.shape[0]:,} respondents answered every item. Drop the emptiest items.")
    return Items(names, table[complete], int((~complete).sum()))


def _named(items: Any) -> tuple[tuple[str, ...], Numbers]:
    keys = _keys(items)
    if keys is not None:
        picked = columns(items, "items", keys)
        if not picked:
            raise BadShape("items: no column was given.")
        return tuple(map(str, keys)), np.column_stack([numbers(picked[key], f"items.{key}") for key in keys])
    array = np.asarray(items)
    if array.ndim != 2:
        raise BadShape(f"items: expected respondents × items, got {array.ndim} dimension(s) {array.shape}.")
    flat = numbers(array.ravel(), "items")
    return tuple(f"item {i + 1}" for i in range(array.shape[1])), flat.reshape(array.shape)


def _keys(items: Any) -> list[Any] | None:
    for attribute in ("column_names", "columns"):
        if hasattr(items, attribute):
            return list(getattr(items, attribute))
    return list(items) if isinstance(items, Mapping) else None
