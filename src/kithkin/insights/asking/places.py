"""Where a unit stood in the organisation in a month: last year's answers keep last year's tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property

from kithkin.directory.organisation.history import History
from kithkin.directory.organisation.tree import Node, Tree
from kithkin.directory.queries.organisation import whole_history
from kithkin.insights.asking.months import last_day


class Places:
    """The trees of all months, from one statement when the first is asked for; each is built when it is."""

    def __init__(self) -> None:
        self.tree = cache(lambda month: self._history.on(last_day(month)))
        self.path = cache(self._path)

    @cached_property
    def _history(self) -> History:
        return whole_history()

    def _path(self, unit: int, month: str) -> tuple[Node, ...]:
        tree: Tree = self.tree(month)
        way = tree.path(unit)
        return way or (Node(unit, self._history.name(unit, last_day(month)), "", None),)

    def above(self, unit: int, month: str, kind: str) -> Node | None:
        """The highest unit of that kind above it, or itself: where departments hold departments, the whole counts."""
        return next((node for node in self.path(unit, month) if node.kind == kind), None)

    def name(self, unit: int, month: str) -> str:
        """As the unit was called that month."""
        return self.path(unit, month)[-1].name

    def inside(self, unit: int, month: str, of: frozenset[int]) -> bool:
        """Whether the unit was one of these that month, or stood below one."""
        return any(node.id in of for node in self.path(unit, month))

    def kinds(self, units: Iterable[int], month: str) -> set[str]:
        """Which kinds there are among these units and above them."""
        return {node.kind for unit in units for node in self.path(unit, month) if node.kind}
