"""XPath as forms use it, said in our expressions. What cannot be said raises Untranslatable with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kithkin.questionnaire.formats.conditions import literal
from kithkin.questionnaire.formats.infix import Kind, Node, Untranslatable
from kithkin.questionnaire.formats.xlsform.paths.dates import reckoned
from kithkin.questionnaire.formats.xlsform.paths.pieces import Field, Said, checked, number
from kithkin.questionnaire.formats.xlsform.paths.syntax import SYNTAX
from kithkin.questionnaire.formats.xlsform.paths.table import FUNCTIONS


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
        return self.all_of([SYNTAX.parsed(text)])

    def all_of(self, nodes: Sequence[Node]) -> str | None:
        """A condition: each part of it must hold; None where all always do."""
        parts = [said for node in nodes if (said := self.truth(self.said(node))) != "true"]
        found = " and ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)
        return checked(found) if found else None

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
                return number(node.value)
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
        return _named_by(node.value)

    def _named(self, name: str) -> Said:
        if name == ".":
            if not self.own:
                raise Untranslatable("`.` stands for no answer there")
            return self._answer(self.own)
        if (meant := _named_by(name)) is not None:
            return self._answer(meant)
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
        return _a_number(self.said(node))

    def _chain(self, node: Node) -> Said:
        first = node.operators[0]
        if first in {"or", "and"}:
            parts = [self.truth(self.said(part)) for part in node.parts]
            return Said(f" {first} ".join(f"({part})" for part in parts), whole=False)
        if first in {"=", "!=", "<", ">", "<=", ">="}:
            return self._comparison(node)
        head, *rest = [self.said(part) for part in node.parts]
        if first in {"+", "-"} and any(part.moment for part in (head, *rest)):
            return reckoned(head, node.operators, rest)
        words = {"div": "/", "mod": "%"}
        pieces = [_a_number(head).inner]
        for operator, part in zip(node.operators, rest, strict=True):
            pieces += [words.get(operator, operator), _a_number(part).inner]
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


def _a_number(said: Said) -> Said:
    """The same, unless it is a date."""
    if said.moment:
        raise Untranslatable("it reckons with dates as numbers of days")
    return said


def _named_by(text: str) -> str | None:
    """The name in `${name}`, or the last one of a path."""
    if text.startswith("${"):
        return text[2:-1].strip()
    return text.rpartition("/")[2] if "/" in text else None
