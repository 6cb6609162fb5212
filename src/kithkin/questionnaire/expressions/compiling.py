"""Nodes made into functions of a run, so that all that the text alone decides is decided once, when it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import NoneType
from typing import Any

from kithkin.questionnaire.expressions.asked import Argument, Asked
from kithkin.questionnaire.expressions.errors import Unanswerable
from kithkin.questionnaire.expressions.nodes import (
    Call,
    Chain,
    Emptiness,
    Listed,
    Literal,
    Negated,
    Node,
    Null,
    Variable,
)
from kithkin.questionnaire.expressions.operators import Operator
from kithkin.questionnaire.expressions.run import LIGHT, LIGHT_TEXT, Run, Work, weight
from kithkin.questionnaire.expressions.values import UNDEFINED, from_json, is_empty, is_true
from kithkin.questionnaire.expressions.words import read_answer

_AS_THEY_ARE = frozenset((NoneType, bool, float, list, dict))

_SHARED = 4_096
"""Variables, and operators before one, that expressions share: millions of their own would keep the memory busy."""

_Step = Callable[[Run, Any], Any]
"""From the value of what stands on the left of an operator to the result."""


def compiled(node: Node) -> Work:
    """What works a part of an expression out."""
    return _KINDS[type(node)](node)


def _null(_: Null) -> Work:
    return lambda _: None


def _literal(node: Literal) -> Work:
    value = node.value
    return lambda _: value


def _needed(node: Node) -> Work:
    """An element, an argument or what is negated: null may not stand there."""
    return _nowhere if isinstance(node, Null) else compiled(node)


def _nowhere(_: Run) -> Any:
    raise Unanswerable


@lru_cache(maxsize=_SHARED)
def _variable(node: Variable) -> Work:
    """The answer, or None. One that stands under just this name and is no list, nobody needs to be asked for."""
    name, as_it_is = node.name, node.as_it_is
    direct = not (name.startswith("$") or name.endswith("]"))

    def variable(run: Run) -> Any:
        values = run.scope.values
        value = values.get(name, UNDEFINED) if direct and type(values) is dict else UNDEFINED
        if value is UNDEFINED or type(value) is list:
            value = _looked_for(name, run)
        if type(value) in _AS_THEY_ARE:
            return value
        if type(value) is not str:
            value = from_json(value, run.zone)
        return read_answer(value) if isinstance(value, str) and not as_it_is else value

    return variable


def _looked_for(name: str, run: Run) -> Any:
    """The answer at a path; a name that holds an object in JSON is that object."""
    run.spend(run.scope.effort(name))
    found = run.scope.look(name)
    if found is None:
        return 0 if name.endswith(".length") else _object_in(name)
    if found.ordered:
        run.ordered |= {name}
    return found.value


def _object_in(name: str) -> Any:
    if name.find(":") < 1:
        return None
    try:
        return json.loads("{" + name + "}", parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _chain(node: Chain) -> Work:
    """Every operand is looked at, whatever those before it came to."""
    head = compiled(node.head)
    before = [node.head, *(None for _ in node.steps)]
    first, *further = (_step(left, *step) for left, step in zip(before, node.steps, strict=False))
    if not further:
        return lambda run: first(run, head(run))

    def chain(run: Run) -> Any:
        value = first(run, head(run))
        for step in further:
            value = step(run, value)
        return value

    return chain


def _step(left: Node | None, operator: Operator, right: Node) -> _Step:
    """One operator with what stands on its right; the order of a list counts beside a variable whose answer has one."""
    if isinstance(right, Literal) and weight(right.value) == 1:
        return _beside_literal(operator, right.value)
    if operator.ordered is None:
        return _plain_step(operator.apply, operator.costly, compiled(right))
    names = frozenset(side.name for side in (left, right) if isinstance(side, Variable))
    return _ordered_step(operator.apply, operator.ordered, compiled(right), names)


@lru_cache(maxsize=_SHARED)
def _plain_step(apply: Callable[[Any, Any], Any], costly: bool, operand: Work) -> _Step:
    def step(run: Run, value: Any) -> Any:
        other = operand(run)
        if type(value) not in LIGHT or type(other) not in LIGHT:
            run.spend_on(value, other, each=costly)
        return apply(value, other)

    return step


@lru_cache(maxsize=_SHARED)
def _ordered_step(
    apply: Callable[[Any, Any], Any], ordered: Callable[[Any, Any], Any], operand: Work, names: frozenset[str]
) -> _Step:
    def step(run: Run, value: Any) -> Any:
        other = operand(run)
        if type(value) not in LIGHT or type(other) not in LIGHT:
            run.spend_on(value, other)
        return apply(value, other) if run.ordered.isdisjoint(names) else ordered(value, other)

    return step


def _beside_literal(operator: Operator, other: Any) -> _Step:
    apply, ready = operator.apply, operator.beside(other) if operator.beside else None

    def step(run: Run, value: Any) -> Any:
        if type(value) not in LIGHT and not (type(value) is str and len(value) < LIGHT_TEXT):
            run.spend(weight(value))
        return ready(value) if ready else apply(value, other)

    return step


def _call(node: Call) -> Work:
    """None where nobody knows the function."""
    name = node.name
    arguments = tuple(Argument(one, _needed(one)) for one in node.arguments)
    works = tuple(one.work for one in arguments)

    def call(run: Run) -> Any:
        values = [work(run) for work in works]
        for value in values:
            if type(value) not in LIGHT and not (type(value) is str and len(value) < LIGHT_TEXT):
                run.spend(weight(value))
        function = run.functions.known.get(name)
        return None if function is None else function(Asked(values, arguments, run))

    return call


def _negated(node: Negated) -> Work:
    operand = _needed(node.operand)
    return lambda run: not is_true(operand(run))


def _emptiness(node: Emptiness) -> Work:
    operand, wanted = _needed(node.operand), node.wanted

    def emptiness(run: Run) -> Any:
        value = operand(run)
        if type(value) not in LIGHT:
            run.spend(weight(value))
        return is_empty(value) is wanted

    return emptiness


def _listed(node: Listed) -> Work:
    works = tuple(_needed(item) for item in node.items)

    def listed(run: Run) -> Any:
        found = [work(run) for work in works]
        run.spend(weight(found))  # a list of lists that stand in it twice doubles
        return found

    return listed


_KINDS: Mapping[type[Node], Callable[[Any], Work]] = {
    Call: _call,
    Chain: _chain,
    Emptiness: _emptiness,
    Listed: _listed,
    Literal: _literal,
    Negated: _negated,
    Null: _null,
    Variable: _variable,
}
