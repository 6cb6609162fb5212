"""Our expressions, said in XPath as forms use it. What cannot be said raises Untranslatable with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.expressions.errors import ExpressionError
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
from kithkin.questionnaire.expressions.operators import OPERATORS, name_of
from kithkin.questionnaire.expressions.parsing import parsed
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.replaying.options import spelled

_WORDS = {
    "or": "or", "and": "and", "plus": "+", "minus": "-", "times": "*", "divided": "div", "rest": "mod", "equal": "=",
    "unequal": "!=", "greater": ">", "greater_or_equal": ">=", "less": "<", "less_or_equal": "<=",
}  # fmt: skip
_PLACE = re.compile(r"(.+)\[(\d+)\]\Z")
_PLAIN = {
    "trunc": "int", "round": "round", "min": "min", "max": "max", "today": "today", "currentDate": "now",
    "getDate": "date", "iif": "if", "substring": "substr",
}  # fmt: skip
_PARTS = {"year": "%Y", "month": "%n", "day": "%e"}
_OVER = {"sumInArray": "sum", "minInArray": "min", "maxInArray": "max", "countInArray": "count-non-empty"}


@dataclass(frozen=True, slots=True)
class Known:
    """How an answer is called in the form, what it is, and what its values are called there."""

    name: str
    kind: str = "text"
    values: Mapping[str, str] = field(default_factory=dict)


def column(repeat: str, name: str) -> str:
    """The path of an answer in all repetitions."""
    return f"{repeat}[].{name}"


@dataclass
class Expressing:
    """Writes expressions; `own` is the path of the question at which they stand, which is `.` there."""

    known: Mapping[str, Known]
    own: str = ""

    def condition(self, text: str | None) -> str:
        """A condition, or a value; empty where there is none."""
        if not text:
            return ""
        try:
            root = parsed(text).root
        except ExpressionError as error:
            raise Untranslatable(f"it is no expression: {error}") from None
        return self.said(root, top=True)

    def said(self, node: Node, *, top: bool = False) -> str:
        """Any part."""
        match node:
            case Literal() | Null():
                return self._literal(node.value if isinstance(node, Literal) else "")
            case Variable():
                return self._answer(node.name)
            case Negated():
                return f"not({self.said(node.operand, top=True)})"
            case Emptiness():
                return _bracketed(f"{self.said(node.operand)} {'=' if node.wanted else '!='} ''", top=top)
            case Chain():
                return _bracketed(self._chain(node), top=top)
            case Call():
                return self._call(node)
        raise Untranslatable("a list stands in it")

    def _literal(self, value: Any) -> str:
        if isinstance(value, bool):
            return "true()" if value else "false()"
        if isinstance(value, int | float):
            return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        text = str(value)
        if "'" not in text:
            return f"'{text}'"
        if '"' not in text:
            return f'"{text}"'
        raise Untranslatable("a text in it has both kinds of quotes")

    def _find(self, name: str) -> Known | None:
        return self.known.get(name) or self.known.get(name.removeprefix("panel.").removeprefix("row."))

    def _answer(self, name: str) -> str:
        known = self._find(name)
        if known is not None:
            return "." if name == self.own else "${" + known.name + "}"
        if name == "panelIndex":
            return "(position(..) - 1)"
        if name.endswith(".length") and (known := self._find(name.removesuffix(".length"))):
            reference = self._answer(name.removesuffix(".length"))
            words = {"several": "count-selected", "repeat": "count"}
            return f"{words.get(known.kind, 'string-length')}({reference})"
        if (place := _PLACE.match(name)) and (known := self._find(place[1])) and known.kind == "several":
            return f"selected-at({self._answer(place[1])}, {place[2]})"
        raise Untranslatable(f"there is no single answer {name[:60]} in a form")

    def _chain(self, node: Chain) -> str:
        found, before = self.said(node.head), node.head
        for operator, other in node.steps:
            word = name_of(operator)
            if word in {"contains", "lacks", "any_of", "all_of", "none_of"}:
                found = self._containing(word, before, other, found)
            elif word == "power":
                found = f"pow({found}, {self.said(other)})"
            elif word in _WORDS:
                found = f"{self._beside(before, other, found)} {_WORDS[word]} {self._valued(before, other)}"
            else:
                raise Untranslatable(f"the operator {word} has no like in a form")
            before = node
        return found

    def _beside(self, left: Node, right: Node, found: str) -> str:
        """The left side, where it is the value of a choice on the right."""
        if isinstance(left, Literal) and isinstance(right, Variable):
            return self._value_of(right.name, left)
        return found

    def _valued(self, left: Node, right: Node) -> str:
        if isinstance(left, Variable) and isinstance(right, Literal):
            return self._value_of(left.name, right)
        if isinstance(left, Variable) and isinstance(right, Listed) and len(right.items) == 1:
            return self._valued(left, right.items[0])
        return self.said(right)

    def _value_of(self, name: str, node: Literal) -> str:
        known = self._find(name)
        if known is not None and spelled(node.value) in known.values:
            return self._literal(known.values[spelled(node.value)])
        return self._literal(node.value)

    def _containing(self, word: str, left: Node, right: Node, found: str) -> str:
        name = left.name if isinstance(left, Variable) else ""
        known = self._find(name)
        items: Sequence[Node] = right.items if isinstance(right, Listed) else (right,)
        if known is None:
            raise Untranslatable("it looks into something that is no answer")
        function = "selected" if known.kind in {"several", "one"} else "contains"
        parts = [f"{function}({found}, {self._valued(left, item)})" for item in items]
        joined = (" and " if word in {"contains", "all_of"} else " or ").join(parts)
        if word in {"lacks", "none_of"}:
            return f"not({joined})"
        return f"({joined})" if len(parts) > 1 else joined

    def _call(self, node: Call) -> str:
        name, arguments = node.name, node.arguments
        if (reckoned := self._days_later(node) or self._days_between(node)) is not None:
            return reckoned
        if name in _PLAIN:
            return f"{_PLAIN[name]}({', '.join(self.said(each, top=True) for each in arguments)})"
        if name == "sum" and arguments:
            return "(" + " + ".join(self.said(each) for each in arguments) + ")"
        if name in _PARTS and arguments:
            return f"number(format-date({self.said(arguments[0])}, '{_PARTS[name]}'))"
        if name == "dateDiff" and len(arguments) == 3 and getattr(arguments[2], "value", "") == "days":
            return f"abs({self.said(arguments[1])} - {self.said(arguments[0])})"
        return self._named(node)

    def _days_later(self, node: Call) -> str | None:
        """A date some days later: there dates are numbers of days."""
        if node.name == "today" and len(node.arguments) == 1:
            return f"date(today() + {self.said(node.arguments[0])})"
        unit = node.arguments[2] if len(node.arguments) == 3 else Literal("days")
        if node.name != "dateAdd" or len(node.arguments) < 2 or unit != Literal("days"):
            return None
        return f"date({self.said(node.arguments[0])} + {self.said(node.arguments[1])})"

    def _days_between(self, node: Call) -> str | None:
        """One date less another, as it is read from a form; below zero where they stand the other way round."""
        distance = node.arguments[-1] if node.arguments else node
        if not isinstance(distance, Call) or len(distance.arguments) != 3:
            return None
        earlier, later, _ = distance.arguments
        before = Chain(later, ((OPERATORS["less"], earlier),))
        turned = Chain(Literal(0), ((OPERATORS["minus"], distance),))
        is_read = distance == Call("dateDiff", (earlier, later, Literal("days")))
        if not is_read or node != Call("iif", (before, turned, distance)):
            return None
        return f"({self.said(later)} - {self.said(earlier)})"

    def _named(self, node: Call) -> str:
        """Functions that name a question as a text."""
        place = 0 if node.name == "displayValue" else 1
        wanted = node.arguments[place] if len(node.arguments) > place else None
        if isinstance(wanted, Literal) and node.name in _OVER:
            of, name = node.arguments[0], str(wanted.value)
            whole = column(of.name, name) if isinstance(of, Variable) else ""
            return f"{_OVER[node.name]}({self._answer(whole if whole in self.known else name)})"
        if isinstance(wanted, Literal) and node.name == "displayValue":
            said = self._answer(str(wanted.value))
            return f"jr:choice-name({said}, '{said}')"
        raise Untranslatable(f"the function {node.name}() has no like in a form")


def _bracketed(text: str, *, top: bool) -> str:
    return text if top else f"({text})"
