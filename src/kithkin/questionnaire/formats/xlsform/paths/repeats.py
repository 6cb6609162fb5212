"""Functions over the repetitions of a repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kithkin.questionnaire.formats.conditions import literal
from kithkin.questionnaire.formats.infix import Node, Untranslatable
from kithkin.questionnaire.formats.xlsform.paths.numbers import plain
from kithkin.questionnaire.formats.xlsform.paths.pieces import Said

if TYPE_CHECKING:
    from kithkin.questionnaire.formats.xlsform.paths.paths import Paths


def over(name: str, in_array: str) -> Callable[[Paths, Sequence[Node]], Said]:
    """Over several answers, or over one answer of every repetition."""

    def make(paths: Paths, nodes: Sequence[Node]) -> Said:
        reference = paths.reference(nodes[0])
        known = paths.fields.get(reference or "")
        if len(nodes) == 1 and known is not None and known.repeat and known.repeat != paths.repeat:
            return Said(f"{in_array}({{{known.repeat}}}, {literal(known.name)})")
        if in_array == "countInArray":
            raise Untranslatable("only answers of a repeat can be counted")
        return plain(name)(paths, nodes)

    return make


def count(paths: Paths, nodes: Sequence[Node]) -> Said:
    """How many repetitions, or answers in them."""
    reference = paths.reference(nodes[0])
    known = paths.fields.get(reference or "")
    if known is not None and known.is_repeat:
        return Said(f"iif({{{known.name}}} empty, 0, {{{known.name}.length}})")
    return over("count", "countInArray")(paths, nodes)


def position(paths: Paths, nodes: Sequence[Node]) -> Said:
    """Which repetition this is."""
    if nodes[0].value != ".." or not paths.repeat:
        raise Untranslatable("the place of anything but this repetition is not known")
    return Said("{panelIndex} + 1", whole=False)


def indexed(paths: Paths, nodes: Sequence[Node]) -> Said:
    """An answer of one repetition."""
    name, repeat, place = paths.reference(nodes[0]), paths.reference(nodes[1]), paths.said(nodes[2])
    known = paths.known(name or "")
    if known.repeat != repeat or not isinstance(place.constant, int) or place.constant < 1:
        raise Untranslatable("which repetition is meant is computed")
    return Said(f"{{{known.repeat}[{place.constant - 1}].{known.name}}}", field=known)
