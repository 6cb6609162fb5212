"""From text to what can be worked out; equal texts are read once while they are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from kithkin.questionnaire.expressions.compiling import compiled
from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.nodes import Call, Node, Variable
from kithkin.questionnaire.expressions.run import Work
from kithkin.questionnaire.expressions.syntax import Reader

LONGEST = 32_768
MOST_KEPT = 100_000
"""Parts of all the expressions together that are kept: some 60 MB."""


@dataclass(frozen=True, eq=False)
class Parsed:
    """An expression's root; the paths that it names and what works it out are found when they are first asked for."""

    root: Node

    @cached_property
    def names(self) -> frozenset[str]:
        """Every path that stands in braces, as written, without the # that keeps a text a text."""
        return frozenset(node.name for node in self._parts() if isinstance(node, Variable))

    @property
    def calls(self) -> frozenset[str]:
        """Every function that it calls, as written."""
        return frozenset(node.name for node in self._parts() if isinstance(node, Call))

    @cached_property
    def work(self) -> Work:
        """What works it out."""
        return compiled(self.root)

    def _parts(self) -> Iterator[Node]:
        ahead = [self.root]
        while ahead:
            node = ahead.pop()
            yield node
            ahead += node.parts()


class _Kept:
    """Expressions by their texts, those asked for last, as long as they are not too many together."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, Parsed] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, text: str) -> Parsed | None:
        with self._lock:
            found = self._found.get(text)
            if found is not None:
                self._found.move_to_end(text)
            return found

    def keep(self, text: str, parsed: Parsed) -> None:
        with self._lock:
            if self._found.setdefault(text, parsed) is parsed:
                self._size += parsed.root.size
            while self._size > MOST_KEPT:
                _, dropped = self._found.popitem(last=False)
                self._size -= dropped.root.size


_KEPT = _Kept()


def parsed(text: str) -> Parsed:
    """The parts of an expression. Raises ExpressionError."""
    found = _KEPT.get(text)
    if found is None:
        if len(text) > LONGEST:
            said = f"An expression has at most {LONGEST:,} characters; this has {len(text):,}."
            raise ExpressionError(said, LONGEST)
        found = Parsed(Reader(text).root())
        _KEPT.keep(text, found)
    return found
