"""Every cell a table can show: one group of each dimension, with its margins, as sums of atoms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kithkin.analysis.disclosure.dimension import Dimension, Group, Label
from kithkin.analysis.inputs import Numbers

Mask = NDArray[np.bool_]
Rows = Any  # scipy.sparse.csr_array: cells × atoms


@dataclass(frozen=True)
class Lattice:
    """`rows` holds, per cell, a 1 for each atom it contains; `atoms` are the combinations that can exist."""

    dimensions: tuple[Dimension, ...]
    atoms: NDArray[np.intp]
    shown: NDArray[np.intp]
    everything: Rows

    @classmethod
    def of(
        cls, dimensions: tuple[Dimension, ...], possible: Numbers, views: Sequence[Sequence[str]] | None = None
    ) -> Lattice:
        """The lattice of the views, or of every combination of levels."""
        matrices = [_membership(dimension) for dimension in dimensions]
        everything = reduce(lambda a, b: sparse.kron(a, b, format="csr"), matrices, sparse.csr_array(np.ones((1, 1))))
        atoms = np.flatnonzero(possible.ravel())
        depths = np.array(list(product(*([group.depth for group in d.groups()] for d in dimensions))), dtype=np.intp)
        depths = depths.reshape(everything.shape[0], len(dimensions))
        keep = np.ones(len(depths), dtype=bool) if views is None else _in_views(dimensions, views, depths)
        return cls(dimensions, atoms, np.flatnonzero(keep), sparse.csr_array(everything)[:, atoms])

    @cached_property
    def rows(self) -> Rows:
        """Cells × atoms, for the cells of the views."""
        return self.everything[self.shown]

    @cached_property
    def groups(self) -> list[list[Group]]:
        """The groups of each dimension."""
        return [dimension.groups() for dimension in self.dimensions]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many groups each dimension has."""
        return tuple(len(groups) for groups in self.groups)

    def keys(self) -> list[dict[str, Label]]:
        """Per cell: level → label; a level that is absent is summed over."""
        named = [[d.keys(g.path) for g in groups] for d, groups in zip(self.dimensions, self.groups, strict=True)]
        places = np.unravel_index(self.shown, self.shape) if self.shape else ()
        return [
            {level: label for d, at in enumerate(place) for level, label in named[d][at].items()}
            for place in zip(*places, strict=True)
        ] or [{} for _ in self.shown]

    def breadth(self) -> Numbers:
        """Per cell, the share of its dimensions' depth that is summed over: 0 for an atom, 1 for the grand total."""
        if not self.shape:
            return np.zeros(len(self.shown))
        levels = np.array([len(dimension.levels) for dimension in self.dimensions])
        places = np.unravel_index(self.shown, self.shape)
        depth = sum(np.array([g.depth for g in groups])[at] for groups, at in zip(self.groups, places, strict=True))
        return np.asarray(1.0 - np.asarray(depth, dtype=np.float64) / levels.sum())

    def row_of(self, keys: Mapping[str, Label]) -> int | None:
        """Which row of `everything` bears these keys; None where a label is unknown."""
        place: list[int] = []
        for dimension, index in zip(self.dimensions, self._places, strict=True):
            path = tuple(keys[level] for level in dimension.levels if level in keys)
            if path not in index:
                return None
            place.append(index[path])
        return int(np.ravel_multi_index(tuple(place), self.shape)) if place else 0

    @cached_property
    def _places(self) -> list[dict[tuple[Label, ...], int]]:
        return [{group.path: i for i, group in enumerate(groups)} for groups in self.groups]


def _membership(dimension: Dimension) -> Rows:
    groups = dimension.groups()
    matrix = sparse.lil_array((len(groups), len(dimension.paths)))
    for i, group in enumerate(groups):
        matrix[i, group.members] = 1
    return matrix.tocsr()


def _in_views(dimensions: tuple[Dimension, ...], views: Sequence[Sequence[str]], depths: NDArray[np.intp]) -> Mask:
    keep = np.zeros(len(depths), dtype=bool)
    for view in views:
        wanted = [
            max((d.levels.index(level) + 1 for level in view if level in d.levels), default=0) for d in dimensions
        ]
        keep |= (depths == wanted).all(axis=1)
    return keep
