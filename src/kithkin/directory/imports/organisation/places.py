"""From the lines of a file to places in a tree: pure, so that every strange file can be tried on it.

Each line names a unit and the one above it, by code, name or path; parents may come after their children, or not at all
where they exist already. What cannot be placed is told by name and line, and whatever would stand below it is told too,
so that no part of the file is taken without what it stands on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.organisation.tree import Tree
from kithkin.platform.text import fold, quoted

Key = int | str
"""An open unit's id, or "line 3" and "path …" for one that the file makes."""
_STEP = re.compile(r"\s*[›>]\s*|\s+/\s+")
NO_PLACE = gettext_lazy("What it lies below has no place.")
_SLASH = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What a line says; `parent` is None where it says nothing of it, "" where the unit is to stand at the top."""

    number: int
    name: str
    code: str = ""
    parent: str | None = None
    path: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit that the file makes (its key is no number) or finds, with the key of the one above it."""

    key: Key
    line: int
    name: str
    code: str
    kind: str
    parent: Key | None


@dataclass
class Places:
    """What became of the lines: units with parents before children, and by number why others have no place."""

    placed: list[Placed] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def steps(path: str) -> list[str]:
    """The names of a path: "Company / IT / Support", "Company > IT" or "Company/IT"."""
    parts = _STEP.split(path)
    if len(parts) == 1:
        parts = _SLASH.split(path)
    return [part.strip() for part in parts if part.strip()]


def place(lines: Sequence[UnitLine], tree: Tree) -> Places:
    """A place for each line, or the reason why it has none."""
    return _Placing(lines, tree).done()


class _Placing:
    def __init__(self, lines: Sequence[UnitLine], tree: Tree) -> None:
        self.lines, self.tree = lines, tree
        self.refused: dict[int, str] = {}
        self.units: dict[Key, Placed] = {}
        self.by_code: dict[str, Key] = {fold(node.code): node.id for node in tree.nodes.values() if node.code}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for node in tree.nodes.values():
            self.by_name[fold(node.name)].append(node.id)
        self.of_line: dict[int, Key] = {}
        self.line_of: dict[Key, int] = {}
        self.file_names: dict[str, list[UnitLine]] = defaultdict(list)
        self.paths: dict[tuple[str, ...], Key] = {}
        if any(line.path for line in lines):
            self.paths |= {tuple(fold(step.name) for step in tree.path(unit)): unit for unit in tree.nodes}

    def done(self) -> Places:
        for line in self.lines:
            self._identify(line)
        for line in self.lines:
            if line.number in self.of_line:
                self._put_below(line)
        before = None
        while before != len(self.units):  # a unit whose line is refused stays where it was, and may close a ring there
            before = len(self.units)
            self._refuse_rings()
            self._refuse_what_stands_on_refused()
        return Places(self._parents_first(), self.refused)

    def _identify(self, line: UnitLine) -> None:
        """Which unit the line is about: one that is open, or a new one."""
        key: Key | None = self.by_code.get(fold(line.code)) if line.code else None
        named = [unit for unit in self.by_name[fold(line.name)] if not (line.code and self.tree.nodes[unit].code)]
        if key is None and line.path:
            key = self.paths.get(tuple(fold(step) for step in _full(line)))
        elif key is None and len(named) == 1:
            key = named[0]
        elif key is None and len(named) > 1:
            self.refused[line.number] = _("Several units are called “%(name)s”. Give the code.") % {"name": line.name}
            return
        key = f"line {line.number}" if key is None else key
        if key in self.line_of:
            text = _("Line %(line)d is about the same unit. Give each its own code.")
            self.refused[line.number] = text % {"line": self.line_of[key]}
            return
        self.of_line[line.number], self.line_of[key] = key, line.number
        if line.code:
            self.by_code.setdefault(fold(line.code), key)
        self.file_names[fold(line.name)].append(line)
        if line.path:
            self.paths.setdefault(tuple(fold(step) for step in _full(line)), key)

    def _put_below(self, line: UnitLine) -> None:
        key = self.of_line[line.number]
        try:
            if line.path:
                parent = self._by_path(line, _full(line)[:-1])
            elif line.parent is None:
                parent = self._as_it_stands(key)
            else:
                parent = self._named(line.parent) if line.parent else None
        except _NotFound as missing:
            self.refused[line.number] = str(missing)
            return
        self.units[key] = Placed(key, line.number, line.name, line.code, line.kind, parent)

    def _as_it_stands(self, key: Key) -> Key | None:
        node = self.tree.get(key) if isinstance(key, int) else None
        return node.parent if node else None

    def _by_path(self, line: UnitLine, names: Sequence[str]) -> Key | None:
        """The unit at the end of the path; those on the way that nobody named are made by this line."""
        above: Key | None = None
        for at in range(1, len(names) + 1):
            way = tuple(fold(name) for name in names[:at])
            key = self.paths.setdefault(way, f"path {' / '.join(way)}")
            if isinstance(key, str) and key.startswith("path ") and key not in self.units:
                self.units[key] = Placed(key, line.number, names[at - 1], "", "", above)
            above = key
        return above

    def _named(self, text: str) -> Key:
        """The unit of this code or name: one of the file's before one that is there already."""
        if (key := self.by_code.get(fold(text))) is not None:
            return key
        lines = self.file_names.get(fold(text), [])
        if len(lines) > 1:
            numbers = ", ".join(str(line.number) for line in lines[:5])
            raise _NotFound(_("“%(name)s” may be line %(lines)s. Write the code.") % {"name": text, "lines": numbers})
        if lines:
            return self.of_line[lines[0].number]
        named = self.by_name.get(fold(text), [])
        if len(named) == 1:
            return named[0]
        if named:
            raise _NotFound(_("Several units are called “%(name)s”. Write the code.") % {"name": text})
        raise _NotFound(
            _("“%(name)s” above it is neither in this file nor a unit of today. Add a line for it.") % {"name": text}
        )

    def _refuse_rings(self) -> None:
        """Every line of a ring is refused, and says how the ring runs; until none is left."""
        while rings := [ring for ring in _rings(self._above()) if not self.units.keys().isdisjoint(ring)]:
            for ring in rings:
                for at, key in enumerate(ring):
                    if key in self.units:
                        self.refused.setdefault(self.units[key].line, self._told([*ring[at:], *ring[:at]]))
                for key in ring:
                    self.units.pop(key, None)

    def _told(self, ring: Sequence[Key]) -> str:
        """ "Support" lies below "IT" (line 9), which lies below "Support"."""
        names = [self._name(key) for key in [*ring[1:], ring[0]]]
        if len(ring) == 1:
            return _("“%(name)s” lies below itself.") % {"name": self._plain(ring[0])}
        text = _("“%(name)s” lies below %(above)s") % {"name": self._plain(ring[0]), "above": names[0]}
        for name in names[1:-1][:8]:
            text += _(", which lies below %(above)s") % {"above": name}
        return text + _(", which lies below “%(name)s”.") % {"name": self._plain(ring[0])}

    def _plain(self, key: Key) -> str:
        node = self.tree.get(key) if isinstance(key, int) else None
        return self.units[key].name if key in self.units else node.name if node else str(key)

    def _name(self, key: Key) -> str:
        if key not in self.units:
            return quoted(self._plain(key))
        return _("“%(name)s” (line %(line)d)") % {"name": self._plain(key), "line": self.units[key].line}

    def _above(self) -> dict[Key, Key | None]:
        above: dict[Key, Key | None] = {node.id: node.parent for node in self.tree.nodes.values()}
        return above | {key: unit.parent for key, unit in self.units.items()}

    def _refuse_what_stands_on_refused(self) -> None:
        """Below what has no place there is no place, down to the last; a unit that is there already stays a place."""
        while lost := [unit for unit in self.units.values() if self._is_lost(unit.parent)]:
            for unit in lost:
                del self.units[unit.key]
                above = self.line_of.get(unit.parent or "")
                text = (
                    _("It lies below line %(line)d, which has no place.")
                    if above
                    else _("What it lies below has none.")
                )
                self.refused.setdefault(unit.line, text % {"line": above} if above else text)

    def _is_lost(self, parent: Key | None) -> bool:
        return parent is not None and parent not in self.units and parent not in self.tree.nodes

    def _parents_first(self) -> list[Placed]:
        """The units of the lines that have a place, each after what it stands on; units on a path belong to a line."""
        taken: dict[Key, Placed] = {}
        for start in [unit for unit in self.units.values() if unit.key in self.line_of]:
            way: list[Placed] = []
            here: Placed | None = start
            while here is not None and here.key not in taken:
                way.append(here if here.key in self.line_of else replace(here, line=start.line))
                here = self.units.get(here.parent) if here.parent is not None else None
            taken |= {unit.key: unit for unit in reversed(way)}
        return list(taken.values())


class _NotFound(Exception):
    """What a line says of the unit above it leads nowhere."""


def _full(line: UnitLine) -> list[str]:
    """The whole path with the unit's own name at its end, whether the file writes it there or not."""
    names = steps(line.path)
    return names if names and fold(names[-1]) == fold(line.name) else [*names, line.name]


def _rings(above: Mapping[Key, Key | None]) -> Iterable[list[Key]]:
    done: set[Key] = set()
    rings = []
    for start in above:
        way: dict[Key, None] = {}
        here: Key | None = start
        while here is not None and here in above and here not in done and here not in way:
            way[here] = None
            here = above[here]
        if here is not None and here in way:
            members = list(way)
            rings.append(members[members.index(here) :])
        done |= way.keys()
    return rings
