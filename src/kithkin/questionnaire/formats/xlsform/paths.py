"""XPath as forms use it, said in our expressions. What cannot be said raises Untranslatable with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kithkin.questionnaire.formats.conditions import is_readable, literal
from kithkin.questionnaire.formats.infix import Kind, Node, Syntax, Untranslatable

SYNTAX = Syntax(
    re.compile(
        r"(?P<number>\d++(?:\.\d++)?|\.\d++)"
        r"|(?P<text>\"[^\"]*\"|'[^']*')"
        r"|(?P<name>\$\{[^{}]+\}|[A-Za-z_][\w.:]*(?:-[A-Za-z_][\w.]*)*|\.\.|\.)"
        r"|(?P<mark><=|>=|!=|[-+*=()<>,])"
    ),
    (
        frozenset({"or"}),
        frozenset({"and"}),
        frozenset({"=", "!=", "<", ">", "<=", ">="}),
        frozenset({"+", "-"}),
        frozenset({"*", "div", "mod"}),
    ),
    prefixes=frozenset({"-"}),
    escapes=False,
)


@dataclass(frozen=True, slots=True)
class Field:
    """What a name stands for: its place, whether it is a list of choices, a moment, and the repeat that it is in."""

    name: str
    several: bool = False
    moment: bool = False
    text: bool = False
    repeat: str = ""
    is_repeat: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of an expression of ours."""

    text: str
    whole: bool = True
    moment: bool = False
    field: Field | None = None
    constant: str | int | float | None = None

    @property
    def inner(self) -> str:
        """As it can stand beside an operator."""
        return self.text if self.whole else f"({self.text})"


@dataclass
class Paths:
    """Translates at one place: `own` is the question there, `repeat` the repeat that it stands in."""

    fields: Mapping[str, Field]
    own: str = ""
    repeat: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def at(self, own: str, repeat: str, columns: Mapping[str, str] | None = None) -> Paths:
        """The same at another place."""
        return Paths(self.fields, own, repeat, columns or {})

    def condition(self, text: str) -> str | None:
        """A condition; None where it always holds."""
        found = self.said(SYNTAX.parsed(text))
        said = self.truth(found)
        return None if said == "true" else checked(said)

    def value(self, text: str) -> str:
        """An expression that gives a value."""
        return checked(self.said(SYNTAX.parsed(text)).text)

    def path(self, name: str) -> str:
        """Where an answer lies, as seen from here."""
        known = self.known(name)
        if known.repeat == self.repeat:
            return f"panel.{known.name}" if known.repeat else known.name
        if not known.repeat:
            return known.name
        raise Untranslatable(f"{known.name} is asked several times, and which of them is meant is not told")

    def known(self, name: str) -> Field:
        """What a name stands for."""
        found = self.fields.get(name)
        if found is None:
            raise Untranslatable(f"there is no question {name[:60]} in it")
        return found

    def truth(self, said: Said) -> str:
        """A part that stands for true or false."""
        if said.field is not None:
            return f"{said.text} notempty"
        if isinstance(said.constant, int | float):
            return "true" if said.constant else "false"
        return said.text

    def said(self, node: Node) -> Said:
        """Any part."""
        match node.kind:
            case Kind.NUMBER:
                return _number(node.value)
            case Kind.TEXT:
                return Said(literal(node.value), constant=node.value)
            case Kind.NAME:
                return self._named(node.value)
            case Kind.PREFIX:
                return self._negative(self.counted(node.parts[0]))
            case Kind.CHAIN:
                return self._chain(node)
        return self._call(node)

    @staticmethod
    def _negative(said: Said) -> Said:
        if isinstance(said.constant, int | float):
            return Said(f"-{said.text}", constant=-said.constant)
        return Said(f"0 - {said.inner}", whole=False)

    def reference(self, node: Node) -> str | None:
        """The name in `${name}`, or this question's at `.`."""
        if node.kind is not Kind.NAME:
            return None
        if node.value == ".":
            return self.own or None
        return node.value[2:-1].strip() if node.value.startswith("${") else None

    def _named(self, name: str) -> Said:
        if name == ".":
            if not self.own:
                raise Untranslatable("`.` stands for no answer there")
            return self._answer(self.own)
        if name.startswith("${"):
            return self._answer(name[2:-1].strip())
        if name in self.columns:
            return Said(literal(self.columns[name]), constant=self.columns[name])
        if self.columns:
            return Said("''", constant="")
        raise Untranslatable(f"the path {name[:60]!r} is not known here")

    def _answer(self, name: str) -> Said:
        known = self.known(name)
        if known.is_repeat:
            raise Untranslatable(f"{name} is a repeat, not an answer")
        return Said("{" + self.path(name) + "}", field=known, moment=known.moment)

    def counted(self, node: Node) -> Said:
        """A part that is reckoned with."""
        said = self.said(node)
        if said.moment:
            raise Untranslatable("it reckons with dates as numbers of days")
        return said

    def _chain(self, node: Node) -> Said:
        first = node.operators[0]
        if first in {"or", "and"}:
            parts = [self.truth(self.said(part)) for part in node.parts]
            return Said(f" {first} ".join(f"({part})" for part in parts), whole=False)
        if first in {"=", "!=", "<", ">", "<=", ">="}:
            return self._comparison(node)
        if node.operators == ("-",):
            left, right = self.said(node.parts[0]), self.said(node.parts[1])
            if left.moment and right.moment:
                return Said(f"dateDiff({right.text}, {left.text}, 'days')")
        words = {"div": "/", "mod": "%"}
        pieces = [self.counted(node.parts[0]).inner]
        for operator, part in zip(node.operators, node.parts[1:], strict=True):
            pieces += [words.get(operator, operator), self.counted(part).inner]
        return Said(" ".join(pieces), whole=False)

    def _comparison(self, node: Node) -> Said:
        if len(node.operators) > 1:
            raise Untranslatable("it compares the result of a comparison")
        left, right = self.said(node.parts[0]), self.said(node.parts[1])
        operator = node.operators[0]
        for one, other in ((left, right), (right, left)):
            if one.field is not None and other.constant == "" and operator in {"=", "!="}:
                return Said(f"{one.text} {'empty' if operator == '=' else 'notempty'}", whole=False)
        if left.field is not None and left.field.several and isinstance(right.constant, str) and operator == "=":
            return Said(f"{left.text} = [{right.text}]", whole=False)
        return Said(f"{left.inner} {operator} {right.inner}", whole=False)

    def _call(self, node: Node) -> Said:
        known = FUNCTIONS.get(node.value)
        if known is None:
            raise Untranslatable(f"the function {node.value[:40]}() is not known here")
        fewest, most, make = known
        if not fewest <= len(node.parts) <= most:
            raise Untranslatable(f"{node.value[:40]}() has {len(node.parts)} arguments there")
        return make(self, node.parts)


def _number(said: str) -> Said:
    number = float(said)
    if number > 1e15:
        raise Untranslatable("a number in it is too large")
    if number == int(number):
        return Said(str(int(number)), constant=int(number))
    return Said(f"{number:f}".rstrip("0"), constant=number)


def checked(text: str) -> str:
    """The text, if the engine reads it."""
    if not is_readable(text):
        raise Untranslatable("its translation is too long or too deep")
    return text


Make = Callable[[Paths, Sequence[Node]], Said]


def _selected(paths: Paths, nodes: Sequence[Node]) -> Said:
    said, wanted = paths.said(nodes[0]), paths.said(nodes[1])
    if said.field is not None and said.field.several:
        return Said(f"{said.text} contains {wanted.inner}", whole=False)
    return Said(f"{said.inner} = {wanted.inner}", whole=False)


def _count_selected(paths: Paths, nodes: Sequence[Node]) -> Said:
    said = paths.said(nodes[0])
    if said.field is None or not said.field.several:
        raise Untranslatable("only choices of several can be counted")
    return Said(f"iif({said.text} empty, 0, {said.text[:-1]}.length}})")


def _selected_at(paths: Paths, nodes: Sequence[Node]) -> Said:
    said, place = paths.said(nodes[0]), paths.said(nodes[1])
    if said.field is None or not said.field.several or not isinstance(place.constant, int) or place.constant < 0:
        raise Untranslatable("which choice is meant is computed")
    return Said(f"{said.text[:-1]}[{place.constant}]}}")


def _if(paths: Paths, nodes: Sequence[Node]) -> Said:
    rest = ", ".join(paths.said(node).text for node in nodes[1:])
    return Said(f"iif({paths.truth(paths.said(nodes[0]))}, {rest})")


def _coalesce(paths: Paths, nodes: Sequence[Node]) -> Said:
    first, second = paths.said(nodes[0]), paths.said(nodes[1])
    empty = f"{first.text} empty" if first.field is not None else f"{first.inner} = ''"
    return Said(f"iif({empty}, {second.text}, {first.text})")


def _not(paths: Paths, nodes: Sequence[Node]) -> Said:
    return Said(f"!({paths.truth(paths.said(nodes[0]))})")


def _constant(text: str, *, moment: bool = False) -> Make:
    def make(paths: Paths, nodes: Sequence[Node]) -> Said:  # noqa: ARG001
        return Said(text, moment=moment)

    return make


def _plain(name: str) -> Make:
    def make(paths: Paths, nodes: Sequence[Node]) -> Said:
        return Said(f"{name}({', '.join(paths.counted(node).text for node in nodes)})")

    return make


def _as_it_is(paths: Paths, nodes: Sequence[Node]) -> Said:
    said = paths.counted(nodes[0])
    return Said(said.text, said.whole)


def _moment(paths: Paths, nodes: Sequence[Node]) -> Said:
    return Said(f"getDate({paths.said(nodes[0]).text})", moment=True)


_FORMS = {"%Y": "year", "%m": "month", "%n": "month", "%d": "day", "%e": "day"}


def _format_date(paths: Paths, nodes: Sequence[Node]) -> Said:
    said, form = paths.said(nodes[0]), nodes[1].value
    if form not in _FORMS:
        raise Untranslatable(f"a date is written in a form that is not known here: {form[:20]!r}")
    return Said(f"{_FORMS[form]}({said.text})")


def _length(paths: Paths, nodes: Sequence[Node]) -> Said:
    said = paths.said(nodes[0])
    if said.field is None or said.field.several:
        raise Untranslatable("the length of anything but a text answer cannot be asked for")
    return Said(f"iif({said.text} empty, 0, {said.text[:-1]}.length}})")


def _piece(paths: Paths, nodes: Sequence[Node]) -> Said:
    said = ", ".join(paths.said(node).text for node in nodes)
    return Said(f"substring({said})" if len(nodes) == 3 else f"substring({said}, 100000)")


def _joined(paths: Paths, nodes: Sequence[Node]) -> Said:
    return Said(" + ".join(["''", *(paths.said(node).inner for node in nodes)]), whole=False)


def _contains(paths: Paths, nodes: Sequence[Node]) -> Said:
    return Said(f"{paths.said(nodes[0]).inner} contains {paths.said(nodes[1]).inner}", whole=False)


def _starts_with(paths: Paths, nodes: Sequence[Node]) -> Said:
    said, wanted = paths.said(nodes[0]), paths.said(nodes[1])
    if not isinstance(wanted.constant, str):
        raise Untranslatable("what a text begins with is computed")
    return Said(f"substring({said.text}, 0, {len(wanted.constant)}) = {wanted.inner}", whole=False)


def _absolute(paths: Paths, nodes: Sequence[Node]) -> Said:
    said = paths.counted(nodes[0]).inner
    return Said(f"iif({said} < 0, 0 - {said}, {said})")


def _floor(paths: Paths, nodes: Sequence[Node]) -> Said:
    said = paths.counted(nodes[0]).inner
    return Said(f"iif({said} < trunc({said}), trunc({said}) - 1, trunc({said}))")


def _ceiling(paths: Paths, nodes: Sequence[Node]) -> Said:
    said = paths.counted(nodes[0]).inner
    return Said(f"iif({said} > trunc({said}), trunc({said}) + 1, trunc({said}))")


def _power(paths: Paths, nodes: Sequence[Node]) -> Said:
    return Said(f"{paths.counted(nodes[0]).inner} ^ {paths.counted(nodes[1]).inner}", whole=False)


def _root(paths: Paths, nodes: Sequence[Node]) -> Said:
    return Said(f"{paths.counted(nodes[0]).inner} ^ 0.5", whole=False)


def _over(name: str, in_array: str) -> Make:
    """Over several answers, or over one answer of every repetition."""

    def make(paths: Paths, nodes: Sequence[Node]) -> Said:
        reference = paths.reference(nodes[0])
        known = paths.fields.get(reference or "")
        if len(nodes) == 1 and known is not None and known.repeat and known.repeat != paths.repeat:
            return Said(f"{in_array}({{{known.repeat}}}, {literal(known.name)})")
        if in_array == "countInArray":
            raise Untranslatable("only answers of a repeat can be counted")
        return _plain(name)(paths, nodes)

    return make


def _count(paths: Paths, nodes: Sequence[Node]) -> Said:
    reference = paths.reference(nodes[0])
    known = paths.fields.get(reference or "")
    if known is not None and known.is_repeat:
        return Said(f"iif({{{known.name}}} empty, 0, {{{known.name}.length}})")
    return _over("count", "countInArray")(paths, nodes)


def _position(paths: Paths, nodes: Sequence[Node]) -> Said:
    if nodes[0].value != ".." or not paths.repeat:
        raise Untranslatable("the place of anything but this repetition is not known")
    return Said("{panelIndex} + 1", whole=False)


def _indexed(paths: Paths, nodes: Sequence[Node]) -> Said:
    name, repeat, place = paths.reference(nodes[0]), paths.reference(nodes[1]), paths.said(nodes[2])
    known = paths.known(name or "")
    if known.repeat != repeat or not isinstance(place.constant, int) or place.constant < 1:
        raise Untranslatable("which repetition is meant is computed")
    return Said(f"{{{known.repeat}[{place.constant - 1}].{known.name}}}", field=known)


def _choice_name(paths: Paths, nodes: Sequence[Node]) -> Said:
    reference = paths.reference(nodes[0])
    if reference is None or nodes[1].value.strip("${} ") != reference:
        raise Untranslatable("the text of a choice is known for the answer alone")
    known = paths.known(reference)
    if known.repeat:
        raise Untranslatable("the text of a choice in a repeat is not known")
    return Said(f"displayValue({literal(known.name)})")


def _pattern(paths: Paths, nodes: Sequence[Node]) -> Said:  # noqa: ARG001
    raise Untranslatable("patterns are known only as a constraint that stands alone")


_MANY = 100
FUNCTIONS: dict[str, tuple[int, int, Make]] = {
    "selected": (2, 2, _selected), "count-selected": (1, 1, _count_selected), "selected-at": (2, 2, _selected_at),
    "jr:choice-name": (2, 2, _choice_name), "if": (3, 3, _if), "coalesce": (2, 2, _coalesce), "not": (1, 1, _not),
    "true": (0, 0, _constant("true")), "false": (0, 0, _constant("false")),
    "today": (0, 0, _constant("today()", moment=True)), "now": (0, 0, _constant("currentDate()", moment=True)),
    "date": (1, 1, _moment), "date-time": (1, 1, _moment), "format-date": (2, 2, _format_date),
    "int": (1, 1, _plain("trunc")), "round": (1, 2, _plain("round")), "number": (1, 1, _as_it_is),
    "string": (1, 1, _joined), "boolean": (1, 1, _as_it_is), "abs": (1, 1, _absolute), "floor": (1, 1, _floor),
    "ceiling": (1, 1, _ceiling), "pow": (2, 2, _power), "sqrt": (1, 1, _root),
    "pi": (0, 0, _constant("3.141592653589793")), "sum": (1, 1, _over("sum", "sumInArray")),
    "min": (1, _MANY, _over("min", "minInArray")), "max": (1, _MANY, _over("max", "maxInArray")),
    "count": (1, 1, _count), "count-non-empty": (1, 1, _over("count", "countInArray")),
    "string-length": (1, 1, _length), "substr": (2, 3, _piece), "concat": (1, _MANY, _joined),
    "contains": (2, 2, _contains), "starts-with": (2, 2, _starts_with), "position": (1, 1, _position),
    "indexed-repeat": (3, 3, _indexed), "regex": (2, 2, _pattern),
}  # fmt: skip
