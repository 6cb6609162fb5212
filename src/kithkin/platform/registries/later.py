"""Functions that a registry is told by their path: a process that never calls them never loads what they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Later:
    """`Later("kithkin.insights.home.said_at_home")`: that function, imported when it is first called.

    Commands, jobs and events then start without the libraries of statistics, which take seconds and 200 MB.
    """

    path: str
    named: ClassVar[set[str]] = set()

    def __post_init__(self) -> None:
        self.named.add(self.path)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it."""
        return import_string(self.path)(*args, **kwargs)
