"""How far each part of a load is, as bars on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

Tell = Callable[[str, int, int], None]


@contextmanager
def bars() -> Iterator[Tell]:
    """A bar per part, from the moment it begins. Where nobody looks on, a line for each part that is done."""
    if not sys.stderr.isatty():
        yield _line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        parts: dict[str, TaskID] = {}

        def tell(part: str, done: int, of: int) -> None:
            if part not in parts:
                parts[part] = progress.add_task(part, total=of)
            progress.update(parts[part], completed=done, total=of)

        yield tell


def _line(part: str, done: int, of: int) -> None:
    if done == of:
        sys.stderr.write(f"{part}: {of:,}\n")
