"""The tree as the page draws it: with people counted, shortened where it is large, narrowed to what is looked for."""

from __future__ import annotations

from collections import Counter
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


def people_by_unit(day: date) -> Counter[int]:
    """How many people work in each unit on the day, by one statement."""
    rows = Membership.objects.filter(on_day(day), person__merged_into__isnull=True)
    return Counter(dict(rows.values_list("unit_id").annotate(Count("person_id", distinct=True)).order_by()))


def branches(tree: Tree, people: Counter[int], below: int | None = None) -> tuple[Branch, ...]:
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
    drawing = _Drawing(tree, people, _totals(tree, people), opened)
    return tuple(drawing.branch(node, 4 if len(tree) <= MOST_UNITS_AT_A_GLANCE else 2) for node in top)


def found(tree: Tree, people: Counter[int], text: str) -> Found:
    """The units whose name or code holds the text, with the way to each."""
    wanted = fold(text)
    hits = [node for node, _ in tree.depth_first() if wanted in fold(node.name) or wanted in fold(node.code)]
    shown = (Hit(node, people[node.id], tree.path(node.id)[:-1][-MOST_STEPS:]) for node in hits[:MOST_FOUND])
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


def _totals(tree: Tree, people: Counter[int]) -> Counter[int]:
    """People of each unit with all below; one who works in two of them counts twice, as the work does."""
    totals = Counter({unit: people[unit] for unit in tree.nodes})
    for node, _ in reversed(list(tree.depth_first())):
        above = tree.parent(node.id)
        if above is not None:
            totals[above.id] += totals[node.id]
    return totals
