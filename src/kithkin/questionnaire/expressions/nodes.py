"""What an expression is made of, each part able to say what it comes to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.expressions.errors import Unanswerable
from kithkin.questionnaire.expressions.operators import Operator
from kithkin.questionnaire.expressions.run import Run, weight
from kithkin.questionnaire.expressions.values import from_json, is_empty, is_true
from kithkin.questionnaire.expressions.words import read_answer


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression. `depth` counts the levels below it, `size` all the parts."""

    depth: int = field(default=1, kw_only=True, compare=False)
    size: int = field(default=1, kw_only=True, compare=False)

    def evaluate(self, run: Run) -> Any:
        """What it comes to."""
        raise NotImplementedError

    def parts(self) -> tuple[Node, ...]:
        """The parts that it is made of."""
        return ()


@dataclass(frozen=True, slots=True)
class Null(Node):
    """The word null. It is an operand, but nothing that could be negated or be an element of a list."""

    def evaluate(self, _: Run) -> Any:
        """None."""
        return None


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text, a word, true or false."""

    value: Any

    def evaluate(self, _: Run) -> Any:
        """The value itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """The answer at a path. Texts that look like numbers become numbers, unless asked for as they are with {#path}."""

    name: str
    as_it_is: bool = False

    def evaluate(self, run: Run) -> Any:
        """The answer, or None; a name that holds an object in JSON is that object."""
        run.spend(1 + run.scope.breadth // 32)
        found = run.scope.find(self.name)
        if found is None:
            return _object_in(self.name)
        if found.ordered:
            run.ordered.add(self.name)
        value = from_json(found.value, run.zone)
        return read_answer(value) if isinstance(value, str) and not self.as_it_is else value


def _object_in(name: str) -> Any:
    if name.find(":") < 1:
        return None
    try:
        return json.loads("{" + name + "}", parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


@dataclass(frozen=True, slots=True)
class Listed(Node):
    """A list of operands."""

    items: tuple[Node, ...]

    def evaluate(self, run: Run) -> Any:
        """Their values."""
        return evaluate_all(self.items, run)

    def parts(self) -> tuple[Node, ...]:
        """The elements."""
        return self.items


def evaluate_all(items: tuple[Node, ...], run: Run) -> list[Any]:
    """The values of elements or arguments, among which null may not stand."""
    return [_needed(item).evaluate(run) for item in items]


def _needed(node: Node) -> Node:
    if isinstance(node, Null):
        raise Unanswerable
    return node


@dataclass(frozen=True, slots=True)
class Negated(Node):
    """Not."""

    operand: Node

    def evaluate(self, run: Run) -> Any:
        """Whether the operand is not true."""
        return not is_true(_needed(self.operand).evaluate(run))

    def parts(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Emptiness(Node):
    """Whether an operand is empty, or is not."""

    operand: Node
    wanted: bool

    def evaluate(self, run: Run) -> Any:
        """True or false."""
        value = _needed(self.operand).evaluate(run)
        run.spend(weight(value))
        return is_empty(value) is self.wanted

    def parts(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operands with operators of one rank between them, worked out from left to right; all operands are looked at."""

    head: Node
    steps: tuple[tuple[Operator, Node], ...]

    def evaluate(self, run: Run) -> Any:
        """The last result."""
        value, before = self.head.evaluate(run), self.head
        for operator, node in self.steps:
            other = node.evaluate(run)
            run.spend_on(value, other, each=operator.costly)
            if operator.ordered and run.ordered and (_is_ordered(before, run) or _is_ordered(node, run)):
                value = operator.ordered(value, other)
            else:
                value = operator(value, other)
            before = self
        return value

    def parts(self) -> tuple[Node, ...]:
        """The operands."""
        return (self.head, *(node for _, node in self.steps))


def _is_ordered(node: Node, run: Run) -> bool:
    return isinstance(node, Variable) and node.name in run.ordered


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function by its name, with its arguments."""

    name: str
    arguments: tuple[Node, ...]

    def evaluate(self, run: Run) -> Any:
        """What the function answers; None where nobody knows it."""
        values = evaluate_all(self.arguments, run)
        run.spend(1 + sum(map(weight, values)))
        return run.call(self.name, values, self.arguments)

    def parts(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments
