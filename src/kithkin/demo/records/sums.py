"""Whole answers on a scale whose sum is given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def answers_adding_up(
    total: Whole, n: Whole, sd: NDArray[np.float64], highest: int, rng: np.random.Generator
) -> tuple[Whole, Whole]:
    """For each cell `n` answers 0…`highest` with the sum `total` and about the spread `sd`: cell and answer of each.

    Drawn from a normal distribution round the cell's mean, then moved by single points, at random, until the sum fits.
    Raises ValueError for a sum that so many answers cannot have.
    """
    if ((total < 0) | (total > n * highest)).any():
        raise ValueError("so many answers cannot add up to that")
    cell = np.repeat(np.arange(n.size), n)
    mean = (total / np.maximum(n, 1))[cell]
    answers = np.clip(np.rint(mean + sd[cell] * rng.normal(size=cell.size)), 0, highest).astype(np.int64)
    while True:
        missing = total - np.bincount(cell, answers, minlength=n.size).astype(np.int64)
        step = np.sign(missing)[cell]
        movable = np.flatnonzero((step != 0) & (answers + step >= 0) & (answers + step <= highest))
        if not movable.size:
            return cell, answers
        _, first = np.unique(cell[shuffled := rng.permutation(movable)], return_index=True)
        chosen = shuffled[first]
        answers[chosen] += step[chosen]


def on_scale(felt: NDArray[np.float64], low: int, high: int) -> NDArray[np.int8]:
    """The nearest answer that the scale has."""
    return np.clip(np.rint(felt), low, high).astype(np.int8)


def moments(month: NDArray[np.int64], starts: NDArray[np.datetime64], rng: np.random.Generator) -> NDArray[np.int64]:
    """A moment in each of these months while shops are open, as seconds since 1970.

    Between the 2nd and the 27th, so that a month is the same in every time zone.
    """
    day = rng.integers(1, 27, size=month.size)
    second = rng.integers(8 * 3600, 20 * 3600, size=month.size)
    begun = starts.astype("datetime64[s]").astype(np.int64)
    return np.asarray(begun[month] + day * 86_400 + second)
