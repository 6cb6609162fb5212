"""Crosstabs with significance letters: which columns differ, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import BadShape, BadWeights, EmptyInput
from kithkin.analysis.inputs import Numbers, labels, weights_for
from kithkin.analysis.metrics import Share, compare_many
from kithkin.analysis.metrics.intervals import check_confidence, wilson
from kithkin.analysis.results import Estimate, Result


@dataclass(frozen=True)
class TableColumn(Result):
    """A column and its letter; n answers, and Kish's effective n of them."""

    label: str
    letter: str
    n: int
    n_effective: float


@dataclass(frozen=True)
class Cell(Result):
    """The share (0…1) of the column's weight in this row, Wilson's interval, n answers, and the letters it beats."""

    share: float
    low: float
    high: float
    n: int
    letters: str


@dataclass(frozen=True)
class TableRow(Result):
    """A row: a cell per column, and its share of all answers."""

    label: str
    cells: tuple[Cell, ...]
    total: Estimate


@dataclass(frozen=True)
class CrossTable(Result):
    """Weighted column shares; a cell's letters name the columns whose share it exceeds beyond chance."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    n: int
    n_effective: float
    confidence: float

    def __str__(self) -> str:
        head = ["", *(f"{column.label} ({column.letter})" for column in self.columns), "Total"]
        body = [
            [row.label, *(f"{cell.share:.1%} {cell.letters}".strip() for cell in row.cells), f"{row.total.value:.1%}"]
            for row in self.rows
        ]
        base = ["n", *(f"{column.n:,}" for column in self.columns), f"{self.n:,}"]
        effective = ["effective n", *(f"{column.n_effective:,.1f}" for column in self.columns)]
        table = [head, *body, base, [*effective, f"{self.n_effective:,.1f}"]]
        widths = [max(len(line[i]) for line in table) for i in range(len(head))]
        lines = [
            "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in table
        ]
        return "\n".join([*lines, f"A letter: more than that column, Holm within each row, {self.confidence:.0%}."])


def crosstab(rows: Any, columns: Any, weights: Any = None, confidence: float = 0.95) -> CrossTable:
    """Weighted column shares of `rows` within `columns`, with letters where two columns differ.

    Each row's shares are compared between all pairs of columns as in `metrics.compare` (pooled z and Newcombe's
    interval on Kish's effective n of each column), corrected by Holm (1979) over the pairs of that row. The higher
    of two that differ gets the other's letter. Labels are sorted as numbers where all are, else as text; answers with a
    missing row or column are left out. Assumes that no person is in two columns.

    Raises EmptyInput, BadShape (lengths), BadWeights (also a column whose weights are all zero), BadParameter.

    >>> print(crosstab(["yes"] * 60 + ["no"] * 40 + ["yes"] * 30 + ["no"] * 70, ["IT"] * 100 + ["HR"] * 100))
                  HR (A)   IT (B)  Total
    no           70.0% B    40.0%  55.0%
    yes            30.0%  60.0% A  45.0%
    n                100      100    200
    effective n    100.0    100.0  200.0
    A letter: more than that column, Holm within each row, 95%.
    """
    check_confidence(confidence)
    counted = _count(rows, columns, weights)
    heads = tuple(
        TableColumn(label, _letter(j), int(counted.n[:, j].sum()), float(counted.effective[j]))
        for j, label in enumerate(counted.columns)
    )
    return CrossTable(
        columns=heads,
        rows=tuple(_row(counted, i, heads, confidence) for i in range(len(counted.rows))),
        n=int(counted.n.sum()),
        n_effective=counted.total_effective,
        confidence=confidence,
    )


@dataclass(frozen=True)
class _Counted:
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    n: NDArray[np.int64]
    shares: Numbers
    effective: Numbers
    totals: Numbers
    total_effective: float


def _count(rows: Any, columns: Any, weights: Any) -> _Counted:
    down, across = labels(rows, "rows"), labels(columns, "columns")
    if down.size != across.size:
        raise BadShape(f"columns: {across.size} for {down.size} rows. Give one of each per answer.")
    weight = weights_for(weights, down.size)
    kept = (down != np.array(None)) & (across != np.array(None))
    if not kept.any():
        raise EmptyInput("rows: no answer with a row and a column is left.")
    down, across, weight = down[kept], across[kept], weight[kept]
    row_labels, column_labels = _ordered(down), _ordered(across)
    i, j = _places(down, row_labels), _places(across, column_labels)
    weight = weight / (weight.max() or 1.0)
    sums = _sums(i, j, weight, len(row_labels), len(column_labels))
    squares = np.bincount(j, weight**2, minlength=len(column_labels)).astype(np.float64)
    base = sums.sum(axis=0)
    weightless = [label for label, total in zip(column_labels, base, strict=True) if total == 0]
    if weightless:
        raise BadWeights(f"weights: all are zero in {', '.join(weightless)}, so nothing can be said of it.")
    return _Counted(
        row_labels,
        column_labels,
        _sums(i, j, np.ones(i.size), len(row_labels), len(column_labels)).astype(np.int64),
        sums / base,
        base**2 / squares,
        sums.sum(axis=1) / base.sum(),
        float(base.sum() ** 2 / squares.sum()),
    )


def _places(values: NDArray[np.object_], names: tuple[str, ...]) -> NDArray[np.intp]:
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[value] for value in values], dtype=np.intp)


def _sums(i: NDArray[Any], j: NDArray[Any], weight: Numbers, height: int, width: int) -> Numbers:
    flat = np.bincount(i * width + j, weight, minlength=height * width).astype(np.float64)
    return flat.reshape(height, width)


def _row(counted: _Counted, i: int, heads: tuple[TableColumn, ...], confidence: float) -> TableRow:
    shares = {
        head.letter: Share(
            float(counted.shares[i, j]),
            *wilson(float(counted.shares[i, j]), head.n_effective, confidence),
            head.n,
            head.n_effective,
            confidence,
            boxes=1,
            scale=(0, 1),
        )
        for j, head in enumerate(heads)
    }
    beaten: dict[str, str] = dict.fromkeys(shares, "")
    for pair in compare_many(shares, confidence).pairs if len(shares) > 1 else ():
        if pair.changed:
            winner, loser = (pair.a, pair.b) if pair.difference.value > 0 else (pair.b, pair.a)
            beaten[winner] += loser if len(loser) == 1 else f" {loser}"
    total = float(counted.totals[i])
    n, effective = int(counted.n.sum()), counted.total_effective
    return TableRow(
        counted.rows[i],
        tuple(
            Cell(share.value, share.low, share.high, int(counted.n[i, j]), beaten[letter].strip())
            for j, (letter, share) in enumerate(shares.items())
        ),
        Estimate(total, *wilson(total, effective, confidence), n, effective, confidence),
    )


def _ordered(values: NDArray[np.object_]) -> tuple[str, ...]:
    found = set(values.tolist())
    try:
        return tuple(sorted(found, key=float))
    except ValueError:
        return tuple(sorted(found))


def _letter(index: int) -> str:
    """A … Z, AA, AB, …"""
    return (_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)
