"""Functions of choices, and of truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kithkin.questionnaire.formats.conditions import literal
from kithkin.questionnaire.formats.infix import Node, Untranslatable
from kithkin.questionnaire.formats.xlsform.paths.pieces import Said

if TYPE_CHECKING:
    from kithkin.questionnaire.formats.xlsform.paths.paths import Paths


def selected(paths: Paths, nodes: Sequence[Node]) -> Said:
    """Whether a choice is chosen."""
    said, wanted = paths.said(nodes[0]), paths.said(nodes[1])
    if said.field is not None and said.field.several:
        return Said(f"{said.text} contains {wanted.inner}", whole=False)
    return Said(f"{said.inner} = {wanted.inner}", whole=False)


def count_selected(paths: Paths, nodes: Sequence[Node]) -> Said:
    """How many are chosen."""
    said = paths.said(nodes[0])
    if said.field is None or not said.field.several:
        raise Untranslatable("only choices of several can be counted")
    return Said(f"iif({said.text} empty, 0, {said.text[:-1]}.length}})")


def selected_at(paths: Paths, nodes: Sequence[Node]) -> Said:
    """The choice at a place."""
    said, place = paths.said(nodes[0]), paths.said(nodes[1])
    if said.field is None or not said.field.several or not isinstance(place.constant, int) or place.constant < 0:
        raise Untranslatable("which choice is meant is computed")
    return Said(f"{said.text[:-1]}[{place.constant}]}}")


def choice_name(paths: Paths, nodes: Sequence[Node]) -> Said:
    """A choice's text."""
    reference = paths.reference(nodes[0])
    if reference is None or nodes[1].value.strip("${} ") != reference:
        raise Untranslatable("the text of a choice is known for the answer alone")
    known = paths.known(reference)
    if known.repeat:
        raise Untranslatable("the text of a choice in a repeat is not known")
    return Said(f"displayValue({literal(known.name)})")


def if_(paths: Paths, nodes: Sequence[Node]) -> Said:
    """One value or another."""
    rest = ", ".join(paths.said(node).text for node in nodes[1:])
    return Said(f"iif({paths.truth(paths.said(nodes[0]))}, {rest})")


def coalesce(paths: Paths, nodes: Sequence[Node]) -> Said:
    """The first value that is there."""
    first, second = paths.said(nodes[0]), paths.said(nodes[1])
    empty = f"{first.text} empty" if first.field is not None else f"{first.inner} = ''"
    return Said(f"iif({empty}, {second.text}, {first.text})")


def not_(paths: Paths, nodes: Sequence[Node]) -> Said:
    """The contrary."""
    return Said(f"!({paths.truth(paths.said(nodes[0]))})")


def constant(text: str, *, moment: bool = False) -> Callable[[Paths, Sequence[Node]], Said]:
    """A function that always gives the same."""

    def make(paths: Paths, nodes: Sequence[Node]) -> Said:  # noqa: ARG001
        return Said(text, moment=moment)

    return make
