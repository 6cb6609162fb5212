"""Reads expressions as the published grammar beside this, grammar.lark, defines them; it is survey-core's.

Nothing here calls itself: what is open waits in a list, so that no text is too deep to be read, and the time grows with
the length of the text and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kithkin.questionnaire.expressions import building
from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.nodes import Node, Null
from kithkin.questionnaire.expressions.operators import Operator
from kithkin.questionnaire.expressions.tokens import BLANKS, CONTAIN, OPERAND, OPERATOR, OPERATOR_OF, RANK_OF

_ATOMS: Mapping[str, Callable[[str], Node]] = {
    "null": building.null,
    "truth": building.truth,
    "hexadecimal": building.hexadecimal,
    "number": building.number,
    "word": building.word,
    "text": building.text,
    "variable": building.variable,
}
_NOT = CONTAIN + 1
_SPELLINGS = (("=>", ">="), ("=<", "<="), ("<>", "!="), ("equals", "equal "))


@dataclass(slots=True)
class _Pending:
    """Operands of one rank with their last operator, whose right side is still to come; or a "not" at a place."""

    rank: int
    head: Node | None = None
    operator: Operator | None = None
    at: int = 0
    steps: list[tuple[Operator, Node]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """What is not closed yet: the whole, a bracket, a list or a call; what waits in it, the closest-binding last."""

    kind: str
    name: str = ""
    at: int = 0
    items: list[Node] = field(default_factory=list)
    pending: list[_Pending] = field(default_factory=list)
    begins_with_comma: bool = False


class Reader:
    """Reads one text."""

    def __init__(self, text: str) -> None:
        self._said = text
        self._text = _mended(text)
        self._at = 0
        self._open = [_Open("whole")]
        self._value: Node = Null()
        self._is_atom = False

    def root(self) -> Node:
        """The expression's root. Raises ExpressionError, which points at the character."""
        operand_next = True
        while True:
            if operand_next:
                operand_next = self._operand()
            else:
                found = OPERATOR.match(self._text, self._at)
                if found is None:
                    return self._end()
                operand_next = self._behind(found.lastgroup or "", found[found.lastgroup or 0].lower(), found.end())

    def _operand(self) -> bool:
        """Read what begins an operand; whether another must follow before it is whole."""
        found = OPERAND.match(self._text, self._at)
        if found is None or found.lastgroup is None:
            return self._missing()
        kind, said = found.lastgroup, found[found.lastgroup]
        at, self._at = self._at, found.end()
        make = _ATOMS.get(kind)
        if make is not None:
            self._value, self._is_atom = make(said), True
            return False
        at = self._at - len(said)
        if kind == "not":
            self._open[-1].pending.append(_Pending(_NOT, at=at))
            return True
        if kind in {"call_of_nothing", "no_elements"}:
            self._whole(building.call(said, (), at) if kind == "call_of_nothing" else building.listed((), at))
            return False
        self._open.append(_Open(kind, said, at))
        return True

    def _missing(self) -> bool:
        """No operand begins here. A call may end, and something be contained that is not said; the rest is no text."""
        inner = self._open[-1]
        begun = bool(inner.items or inner.pending or inner.begins_with_comma)
        if inner.pending and inner.pending[-1].rank == CONTAIN:
            self._whole(Null())
            return False
        if not begun and inner.kind in {"call", "open_list"} and self._next() == ",":
            inner.begins_with_comma = True
            self._at = self._place() + 1
            return True
        if not begun and inner.kind == "call":
            self._open.pop()
            self._whole(building.call(inner.name, (), inner.at))
            return False
        raise self._refusal()

    def _whole(self, value: Node) -> None:
        self._value, self._is_atom = value, False

    def _behind(self, kind: str, said: str, end: int) -> bool:
        """Read what stands behind an operand; whether another operand must follow."""
        if kind == "emptiness":
            if not self._is_atom:
                raise self._refusal()
            self._whole(building.emptiness(self._value, wanted=said == "empty"))
        elif kind == "operator":
            self._join(RANK_OF[said], OPERATOR_OF[said])
        elif said == ")":
            self._fold()
            self._close({"open", "call"})
        else:
            self._fold()
            while self._open[-1].kind == "open" or (said == "]" and self._open[-1].kind == "call"):
                self._close({"open", "call"})
                self._fold()
            if said == "]":
                self._close({"open_list"})
            elif self._open[-1].kind == "whole":
                raise self._refusal()
            else:
                self._open[-1].items.append(self._value)
        self._at = end
        return kind == "operator" or said == ","

    def _join(self, rank: int, operator: Operator) -> None:
        """Put an operator behind the operand, after all that binds closer."""
        pending = self._open[-1].pending
        while pending and pending[-1].rank > rank:
            self._take(pending.pop())
        if pending and pending[-1].rank == rank:
            last = pending[-1]
            if last.operator is not None:
                last.steps.append((last.operator, self._value))
            last.operator = operator
        else:
            pending.append(_Pending(rank, self._value, operator))

    def _take(self, left: _Pending) -> None:
        """Make one of the operand and what waits on its left."""
        if left.head is None or left.operator is None:
            self._whole(building.negated(self._value, left.at))
        else:
            self._whole(building.chain(left.head, [*left.steps, (left.operator, self._value)]))

    def _fold(self) -> None:
        """Make one of the operand and all that waits in the innermost that is open."""
        pending = self._open[-1].pending
        while pending:
            self._take(pending.pop())

    def _close(self, kinds: set[str]) -> None:
        """Close the innermost that is open, and everything that waits around it up to there."""
        inner = self._open[-1]
        if inner.kind not in kinds:
            raise self._refusal()
        self._open.pop()
        if inner.kind == "open":
            self._whole(building.inside(self._value, inner.at))
            return
        items = [] if inner.begins_with_comma else [*inner.items, self._value]
        is_list = inner.kind == "open_list"
        self._whole(building.listed(items, inner.at) if is_list else building.call(inner.name, items, inner.at))

    def _end(self) -> Node:
        """The end, where brackets and calls may be closed unsaid."""
        if self._place() < len(self._text):
            raise self._refusal()
        self._fold()
        while self._open[-1].kind in {"open", "call"}:
            self._close({"open", "call"})
            self._fold()
        if self._open[-1].kind != "whole":
            raise self._refusal()
        return self._value

    def _place(self) -> int:
        """Where the next token begins, or would."""
        at = self._at
        while at < len(self._text) and self._text[at] in BLANKS:
            at += 1
        return at

    def _next(self) -> str:
        return self._text[self._place() :][:1]

    def _refusal(self) -> ExpressionError:
        """What a person can act on: what stands there, and that it cannot stand there."""
        text, at = self._said, self._place()
        if at >= len(text):
            return ExpressionError("The expression ends too early: something must follow.", len(text.rstrip()))
        if text[at] in "'\"{" and not OPERAND.match(self._text, at):
            closing = "}" if text[at] == "{" else text[at]
            return ExpressionError(f"What begins with {text[at]} is not closed with {closing} as it should be.", at)
        return ExpressionError(f"{text[at]!r} cannot stand here.", at)


def _mended(text: str) -> str:
    """Other spellings of operators, each as long as what it stands for."""
    for misspelt, spelt in _SPELLINGS:
        text = text.replace(misspelt, spelt)
    return text
