"""The edge of the statistics: NumPy arrays, Arrow, pandas or plain sequences become arrays of numbers.

Frames are recognised by their methods, so neither pandas nor Arrow is imported here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import BadShape, BadWeights, NotFinite, NotNumeric

Numbers = NDArray[np.float64]
Labels = NDArray[np.object_]


def numbers(values: Any, name: str = "scores") -> Numbers:
    """A one-dimensional float array; None, NA and NaN become NaN.

    Raises NotNumeric for text, NotFinite for an infinity and BadShape for a single value or more than one dimension.
    """
    array = _as_float(values, name)
    if array.ndim != 1:
        raise BadShape(f"{name}: expected one column of numbers, got {array.ndim} dimensions {array.shape}.")
    infinite = np.flatnonzero(np.isinf(array))
    if infinite.size:
        raise NotFinite(f"{name}: {infinite.size} infinite value(s), the first at position {infinite[0]}. Remove them.")
    return array


def weights_for(weights: Any, n: int, name: str = "weights") -> Numbers:
    """Non-negative weights of length n; ones where None is given. A missing weight is an error, never a zero."""
    if weights is None:
        return np.ones(n)
    array = numbers(weights, name)
    if array.size != n:
        raise BadWeights(f"{name}: {array.size} weights for {n} answers. Give one weight per answer.")
    if np.isnan(array).any():
        raise BadWeights(f"{name}: {int(np.isnan(array).sum())} missing. Give every answer a weight, or leave it out.")
    if (array < 0).any():
        raise BadWeights(f"{name}: {int((array < 0).sum())} below zero, the least {array.min():g}.")
    return array


def scaled(weights: Numbers) -> Numbers:
    """Weights times a power of two, so that their squares neither overflow nor vanish; every ratio stays exact."""
    if not weights.size or not weights.max() > 0:
        return weights
    return np.ldexp(weights, -int(np.frexp(weights.max())[1]))


def labels(values: Any, name: str) -> Labels:
    """A one-dimensional array of group labels as text; None, NA and NaN become None."""
    cells = _as_list(values, name, "labels")
    array = np.empty(len(cells), dtype=object)
    array[:] = list(map(_Labelled().__getitem__, cells))
    if array.ndim != 1:
        raise BadShape(f"{name}: expected one column of labels.")
    return array


class _Labelled(dict[Any, str | None]):
    """The label of each value, told once."""

    def __missing__(self, cell: Any) -> str | None:
        label = None if _is_missing(cell) else _label(cell)
        self[cell] = label
        return label


def _label(cell: Any) -> str:
    """Text of a label; a whole number reads alike whether it was stored as 1 or, because of a gap, as 1.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def columns(data: Any, name: str, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Any]:
    """The named columns of a pandas frame, an Arrow table or a mapping of columns, as they are.

    Raises BadShape when a required column is absent, with the columns there are.
    """
    present = _column_names(data, name)
    absent = [column for column in required if column not in present]
    if absent:
        raise BadShape(f"{name}: no column {', '.join(map(repr, absent))}. There are {', '.join(map(repr, present))}.")
    wanted = [*required, *(column for column in optional if column in present)]
    picked = {column: data[column] for column in wanted}
    if len({len(values) for values in picked.values()}) > 1:
        raise BadShape(f"{name}: columns differ in length.")
    return picked


def _column_names(data: Any, name: str) -> list[str]:
    if hasattr(data, "column_names"):
        return list(data.column_names)
    if isinstance(data, Mapping):
        return list(data)
    if hasattr(data, "columns"):
        return list(data.columns)
    raise BadShape(
        f"{name}: expected a pandas frame, an Arrow table or a mapping of columns, got {type(data).__name__}."
    )


def _as_float(values: Any, name: str) -> Numbers:
    raw = values if isinstance(values, np.ndarray) else None
    if raw is None:
        raw = np.asarray(_as_list(values, name, "numbers")) if not hasattr(values, "to_numpy") else _from_frame(values)
    if raw.dtype.kind in "fiub":
        return raw.astype(np.float64)
    cells = raw.ravel()
    try:
        floats = [np.nan if _is_missing(cell) else _number(cell) for cell in cells]
    except (TypeError, ValueError):
        text = [cell for cell in cells if not _is_missing(cell) and not _is_number(cell)]
        shown = ", ".join(repr(str(cell)) for cell in text[:3])
        raise NotNumeric(f"{name}: {len(text)} of {cells.size} values are no numbers: {shown}.") from None
    return np.array(floats, dtype=np.float64).reshape(raw.shape)


def _from_frame(values: Any) -> NDArray[Any]:
    if hasattr(values, "null_count"):  # Arrow: nulls of an integer column arrive as NaN
        return np.asarray(values.to_numpy() if hasattr(values, "chunks") else values.to_numpy(zero_copy_only=False))
    return np.asarray(values.to_numpy())


def _as_list(values: Any, name: str, kind: str) -> list[Any]:
    if hasattr(values, "to_pylist"):
        return list(values.to_pylist())
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        got = "nothing (None)" if values is None else f"a single {type(values).__name__}"
        raise BadShape(f"{name}: expected a column of {kind}, got {got}.")
    return list(values)


def _is_missing(cell: Any) -> bool:
    if cell is None:
        return True
    try:
        return bool(cell != cell)  # noqa: PLR0124 (NaN and NaT differ from themselves)
    except TypeError:  # pandas.NA refuses to be judged
        return True


def _number(cell: Any) -> float:
    if isinstance(cell, str | bytes):
        raise TypeError
    return float(cell)


def _is_number(cell: Any) -> bool:
    try:
        _number(cell)
    except (TypeError, ValueError):
        return False
    return True
