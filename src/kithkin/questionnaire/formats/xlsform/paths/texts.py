"""Functions of texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kithkin.questionnaire.formats.infix import Node, Untranslatable
from kithkin.questionnaire.formats.xlsform.paths.pieces import Said

if TYPE_CHECKING:
    from kithkin.questionnaire.formats.xlsform.paths.paths import Paths


def length(paths: Paths, nodes: Sequence[Node]) -> Said:
    """How long a text is."""
    said = paths.said(nodes[0])
    if said.field is None or said.field.several:
        raise Untranslatable("the length of anything but a text answer cannot be asked for")
    return Said(f"iif({said.text} empty, 0, {said.text[:-1]}.length}})")


def piece(paths: Paths, nodes: Sequence[Node]) -> Said:
    """A part of a text."""
    said = ", ".join(paths.said(node).text for node in nodes)
    return Said(f"substring({said})" if len(nodes) == 3 else f"substring({said}, 100000)")


def joined(paths: Paths, nodes: Sequence[Node]) -> Said:
    """Texts behind one another."""
    return Said(" + ".join(["''", *(paths.said(node).inner for node in nodes)]), whole=False)


def contains(paths: Paths, nodes: Sequence[Node]) -> Said:
    """Whether a text is in another."""
    return Said(f"{paths.said(nodes[0]).inner} contains {paths.said(nodes[1]).inner}", whole=False)


def starts_with(paths: Paths, nodes: Sequence[Node]) -> Said:
    """Whether a text begins with another."""
    said, wanted = paths.said(nodes[0]), paths.said(nodes[1])
    if not isinstance(wanted.constant, str):
        raise Untranslatable("what a text begins with is computed")
    return Said(f"substring({said.text}, 0, {len(wanted.constant)}) = {wanted.inner}", whole=False)


def pattern(paths: Paths, nodes: Sequence[Node]) -> Said:  # noqa: ARG001
    """Patterns are constraints only."""
    raise Untranslatable("patterns are known only as a constraint that must hold")
