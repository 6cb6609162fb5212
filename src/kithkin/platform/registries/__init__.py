"""Where higher rooms tell lower ones what they bring: each registry is filled in `AppConfig.ready`, then only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import RLock
from typing import Any, Generic, TypeVar

from django.utils.module_loading import import_string

T = TypeVar("T")


class Registry(Generic[T]):
    """Things of one type, in an order that does not depend on who came first."""

    def __init__(self, order: Callable[[T], Any]) -> None:
        self._order = order
        self._items: list[T] = []
        self._paths: list[str] = []
        self._lock = RLock()

    def add(self, *items: T) -> None:
        """Bring these; bringing one twice is bringing it once."""
        self._items = sorted([*self._items, *(item for item in items if item not in self._items)], key=self._order)

    def add_later(self, *paths: str) -> None:
        """Bring what these paths name, once somebody reads the registry: whoever never does loads nothing of it."""
        self._paths += paths

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> list[T]:
        if self._paths:
            with self._lock:
                self.add(*(import_string(path) for path in self._paths))
                self._paths = []
        return self._items
