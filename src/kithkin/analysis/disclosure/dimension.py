"""A way to cut the people: a column, or several that nest, such as division › department › team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import BadParameter, BadShape
from kithkin.analysis.inputs import Labels

Label = str | None
Path = tuple[Label, ...]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Group:
    """Members of one dimension seen together: all of them (depth 0), or those under one label of one level."""

    path: Path
    members: Indices

    @property
    def depth(self) -> int:
        """0 for all, 1 for the coarsest level."""
        return len(self.path)


@dataclass(frozen=True)
class Dimension:
    """One dimension of a table, from its coarsest level to its finest.

    `levels` are columns, coarsest first; without them the dimension is the one column `name`. With `parents` (label →
    label of the level above) only the finest level needs a column. `members` declares the labels that exist, whoever
    answered: of the finest level, or whole paths. Without it the labels come from the data, and whoever reads the
    table knows that each label it shows has at least one person; the protection reckons with that.
    """

    name: str
    levels: tuple[str, ...] = ()
    parents: Mapping[str, str] | None = None
    members: tuple[Any, ...] | None = None
    paths: tuple[Path, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "levels", tuple(self.levels) or (self.name,))
        if self.parents is not None and len(self.levels) < 2:
            raise BadParameter(f"dimension {self.name!r}: parents need at least two levels, coarsest first.")
        if self.members is not None:
            object.__setattr__(self, "members", tuple(self._path_of(member) for member in self.members))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the data must have."""
        return self.levels if self.parents is None else self.levels[-1:]

    @property
    def declared(self) -> bool:
        """Whether the labels were given beforehand, so that seeing one tells nothing."""
        return self.members is not None

    def rows(self, found: Mapping[str, Labels]) -> list[Path]:
        """The path of every row."""
        if self.parents is not None:
            return [self._climb(label) for label in found[self.levels[-1]]]
        return list(zip(*(found[level] for level in self.levels), strict=True))

    def completed(self, paths: Iterable[Path]) -> Dimension:
        """The dimension with its members, sorted, so that the order of rows decides nothing."""
        seen = set(paths) | set(self.paths)
        if self.members is not None:
            unknown = sorted(seen - set(self.members) - set(self.paths), key=_order)
            if unknown:
                raise BadShape(f"dimension {self.name!r}: {_shown(unknown[0])} is not among its declared members.")
            seen |= set(self.members)
        return replace(self, paths=tuple(sorted(seen, key=_order)))

    def groups(self) -> list[Group]:
        """All, then every label of every level, coarsest first."""
        found = [Group((), np.arange(len(self.paths)))]
        for depth in range(1, len(self.levels) + 1):
            under: dict[Path, list[int]] = {}
            for i, path in enumerate(self.paths):
                under.setdefault(path[:depth], []).append(i)
            found += [Group(path, np.array(members)) for path, members in under.items()]
        return found

    def keys(self, path: Path) -> dict[str, Label]:
        """A group's path as level → label; empty for all."""
        return dict(zip(self.levels, path, strict=False))

    def members_of(self, keys: Mapping[str, Label]) -> Indices:
        """The members that bear the labels of `keys`, as far as these concern this dimension."""
        picked = [
            i
            for i, path in enumerate(self.paths)
            if all(keys.get(level, label) == label for level, label in zip(self.levels, path, strict=True))
        ]
        return np.array(picked, dtype=np.intp)

    def _climb(self, label: Label) -> Path:
        path = [label]
        for _ in range(len(self.levels) - 1):
            below = path[0]
            if below is not None and below not in (self.parents or {}):
                raise BadShape(f"dimension {self.name!r}: {below!r} has no parent. Name one in `parents`.")
            path.insert(0, None if below is None else (self.parents or {})[below])
        return tuple(path)

    def _path_of(self, member: Any) -> Path:
        if isinstance(member, tuple | list):
            path = tuple(None if label is None else str(label) for label in member)
            if len(path) != len(self.levels):
                raise BadParameter(f"dimension {self.name!r}: {_shown(path)} needs {len(self.levels)} labels.")
            return path
        label = None if member is None else str(member)
        if len(self.levels) == 1:
            return (label,)
        if self.parents is None:
            raise BadParameter(f"dimension {self.name!r}: give members as whole paths, such as ('Ops', 'IT').")
        return self._climb(label)


def _order(path: Path) -> tuple[tuple[int, float, str], ...]:
    return tuple(_rank(label) for label in path)


def _rank(label: Label) -> tuple[int, float, str]:
    if label is None:
        return (2, 0.0, "")
    try:
        number = float(label)
    except ValueError:
        return (1, 0.0, label)
    return (0, number, label) if abs(number) < float("inf") else (1, 0.0, label)


def _shown(path: Path) -> str:
    return " › ".join("(none)" if label is None else label for label in path)
