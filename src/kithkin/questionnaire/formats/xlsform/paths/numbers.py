"""Functions of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kithkin.questionnaire.formats.infix import Node
from kithkin.questionnaire.formats.xlsform.paths.pieces import Said

if TYPE_CHECKING:
    from kithkin.questionnaire.formats.xlsform.paths.paths import Paths


def plain(name: str) -> Callable[[Paths, Sequence[Node]], Said]:
    """The function of ours with this name."""

    def make(paths: Paths, nodes: Sequence[Node]) -> Said:
        return Said(f"{name}({', '.join(paths.counted(node).text for node in nodes)})")

    return make


def as_it_is(paths: Paths, nodes: Sequence[Node]) -> Said:
    """A value as it is."""
    said = paths.counted(nodes[0])
    return Said(said.text, said.whole)


def absolute(paths: Paths, nodes: Sequence[Node]) -> Said:
    """Without the sign."""
    said = paths.counted(nodes[0]).inner
    return Said(f"iif({said} < 0, 0 - {said}, {said})")


def floor(paths: Paths, nodes: Sequence[Node]) -> Said:
    """The next whole number below."""
    said = paths.counted(nodes[0]).inner
    return Said(f"iif({said} < trunc({said}), trunc({said}) - 1, trunc({said}))")


def ceiling(paths: Paths, nodes: Sequence[Node]) -> Said:
    """The next whole number above."""
    said = paths.counted(nodes[0]).inner
    return Said(f"iif({said} > trunc({said}), trunc({said}) + 1, trunc({said}))")


def power(paths: Paths, nodes: Sequence[Node]) -> Said:
    """A power."""
    return Said(f"{paths.counted(nodes[0]).inner} ^ {paths.counted(nodes[1]).inner}", whole=False)


def root(paths: Paths, nodes: Sequence[Node]) -> Said:
    """The square root."""
    return Said(f"{paths.counted(nodes[0]).inner} ^ 0.5", whole=False)
