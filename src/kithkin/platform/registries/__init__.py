"""Where higher rooms tell lower ones what they bring: each registry is filled in `AppConfig.ready`, then only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Things of one type, in an order that does not depend on who came first."""

    def __init__(self, order: Callable[[T], Any]) -> None:
        self._order = order
        self._items: list[T] = []

    def add(self, *items: T) -> None:
        """Bring these; bringing one twice is bringing it once."""
        self._items = sorted([*self._items, *(item for item in items if item not in self._items)], key=self._order)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)
