"""The tree as the page draws it: with people counted, shortened where it is large, narrowed to what is looked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from kithkin.directory.models import Membership, UnitKind
from kithkin.directory.models.days import on_day
from kithkin.directory.organisation.tree import Node, Tree
from kithkin.platform.text import fold

MOST_ROWS = 160
MOST_UNITS_AT_A_GLANCE = 30
MOST_FOUND = 100
MOST_STEPS = 6
MOST_LEVELS = 10


@dataclass(frozen=True)
class Branch:
    """One unit with what is drawn below it. Where `later`, its children are fetched when it is opened."""

    node: Node
    people: int
    people_with_all_below: int
    units_below: int
    children: tuple[Branch, ...]
    later: bool = False
    open: bool = False

    @property
    def kind(self) -> str:
        """As it is called by those who work there."""
        return str(UnitKind(self.node.kind).label) if self.node.kind in UnitKind.values else self.node.kind


@dataclass(frozen=True)
class Hit:
    """One unit that was looked for, with its way from the top."""

    node: Node
    people: int
    way: tuple[Node, ...]


@dataclass(frozen=True)
class Found:
    """What was looked for, and how many units it is in all."""

    hits: tuple[Hit, ...]
    count: int


@dataclass(frozen=True)
class Staff:
    """How many people work in each unit on a day, and for each of those who work in several, in which."""

    by_unit: Counter[int]
    in_several: Collection[Collection[int]]

    def everybody(self, tree: Tree) -> int:
        """How many people work in the units of the tree, each counted once."""
        twice = (sum(unit in tree for unit in units) for units in self.in_several)
        return sum(self.by_unit[unit] for unit in tree.nodes) - sum(max(count - 1, 0) for count in twice)

    def with_all_below(self, tree: Tree) -> Counter[int]:
        """How many people work in each unit or below it, each counted once however many of these they work in."""
        totals = Counter({unit: self.by_unit[unit] for unit in tree.nodes})
        for node, _ in reversed(list(tree.depth_first())):
            above = tree.parent(node.id)
            if above is not None:
                totals[above.id] += totals[node.id]
        for units in self.in_several:
            met = Counter(node.id for unit in units if unit in tree for node in tree.path(unit))
            totals.subtract({unit: times - 1 for unit, times in met.items()})
        return totals


def staff_on(day: date) -> Staff:
    """Who works where on the day, by two statements."""
    rows = Membership.objects.filter(on_day(day), person__merged_into__isnull=True).order_by()
    by_unit = rows.values_list("unit_id").annotate(Count("person_id", distinct=True))
    several = rows.values("person_id").annotate(units=Count("unit_id", distinct=True)).filter(units__gt=1)
    units: dict[int, list[int]] = defaultdict(list)
    pairs = rows.filter(person_id__in=several.values("person_id")).values_list("person_id", "unit_id")
    for person, unit in pairs.distinct():
        units[person].append(unit)
    return Staff(Counter(dict(by_unit)), list(units.values()))


def branches(tree: Tree, staff: Staff, below: int | None = None) -> tuple[Branch, ...]:
    """The top (or what stands below one unit), level after level until the page is full; deeper levels come later."""
    top = tree.roots if below is None else tree.children(below)
    drawn, level, opened = len(top), list(top), set()
    for _ in range(MOST_LEVELS):
        following = [child for node in level for child in tree.children(node.id)]
        if drawn + len(following) > MOST_ROWS:
            break
        opened |= {node.id for node in level}
        drawn += len(following)
        level = following
    drawing = _Drawing(tree, staff.by_unit, staff.with_all_below(tree), opened)
    return tuple(drawing.branch(node, 4 if len(tree) <= MOST_UNITS_AT_A_GLANCE else 2) for node in top)


def found(tree: Tree, staff: Staff, text: str) -> Found:
    """The units whose name or code holds the text, with the way to each."""
    wanted = fold(text)
    hits = [node for node, _ in tree.depth_first() if wanted in fold(node.name) or wanted in fold(node.code)]
    shown = (Hit(node, staff.by_unit[node.id], tree.path(node.id)[:-1][-MOST_STEPS:]) for node in hits[:MOST_FOUND])
    return Found(tuple(shown), len(hits))


@dataclass(frozen=True)
class _Drawing:
    tree: Tree
    people: Counter[int]
    totals: Counter[int]
    drawn: Collection[int]
    """The units whose children are drawn."""

    def branch(self, node: Node, levels_open: int) -> Branch:
        children, drawn = self.tree.children(node.id), node.id in self.drawn
        return Branch(
            node,
            self.people[node.id],
            self.totals[node.id],
            units_below=len(self.tree.below([node.id])) - 1,
            children=tuple(self.branch(child, levels_open - 1) for child in children) if drawn else (),
            later=bool(children) and not drawn,
            open=drawn and levels_open > 0,
        )
