"""After a backup was brought back: what rooms have to do before anybody works with it, such as erasing anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kithkin.platform.registries import Registry


@dataclass(frozen=True)
class AfterRestore:
    """One thing to do; `run()` returns a sentence about what it did, or "" where there was nothing to do."""

    name: str
    run: Callable[[], str]
    position: int = 100


after_restore: Registry[AfterRestore] = Registry(lambda task: (task.position, task.name))
