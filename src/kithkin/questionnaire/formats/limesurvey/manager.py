"""The Expression Manager's expressions, said in ours. What cannot be said raises Untranslatable with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kithkin.questionnaire.formats.conditions import is_readable, literal
from kithkin.questionnaire.formats.infix import Kind, Node, Syntax, Untranslatable
from kithkin.questionnaire.formats.limesurvey.functions import MAKERS
from kithkin.questionnaire.formats.limesurvey.moments import is_moment, reckoned
from kithkin.questionnaire.formats.limesurvey.pieces import COMPARED, Said, with_constant
from kithkin.questionnaire.formats.limesurvey.variables import Variable, Variables

SYNTAX = Syntax(
    re.compile(
        r"(?P<number>\d++(?:\.\d*+)?(?!\w)|\.\d++)"
        r"|(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')"
        r"|(?P<name>(?:(?:TOKEN|INSERTANS|PASSTHRU):)?[A-Za-z0-9_]\w*(?:#\d)?(?:\.\w+)*)"
        r"|(?P<mark><=|>=|==|!=|&&|\|\||\+\+|--|[-+*/=]=?|[()!<>,])",
        re.IGNORECASE,
    ),
    (
        frozenset({"or", "||"}),
        frozenset({"and", "&&"}),
        frozenset({"==", "!=", "<", ">", "<=", ">=", "eq", "ne", "lt", "gt", "le", "ge"}),
        frozenset({"+", "-"}),
        frozenset({"*", "/"}),
    ),
)
_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_VALUES = {"naok", "code", "value", "valuenaok"}
_SYSTEM = {"lang", "sid", "saveid", "surveyname", "startlanguage", "thisstep", "token", "adminname", "adminemail"}
_MOST_LISTED = 200
_COUNTS_AS_EMPTY = "a hidden answer counts as empty, as with .NAOK; there a name without it makes all of it false"
_HOLDS_FOR_NOTHING = ("!", " empty", "iif(", " or ", " = ''", "<")


@dataclass
class Manager:
    """Translates expressions that stand at one place: `this` is that question's answer, `own` its name.

    What was noticed on the way is in `notes`; names that come from outside are in `embedded`.
    """

    variables: Variables
    assessed: bool = False
    this: Variable | None = None
    own: str = ""
    notes: set[str] = field(default_factory=set)
    embedded: dict[str, None] = field(default_factory=dict)

    def at(self, own: str, this: Variable | None = None) -> Manager:
        """The same at another question."""
        return replace(self, own=own, this=this, notes=set())

    def condition(self, text: str) -> str | None:
        """A condition; None where it always holds."""
        text = unwrapped(text)
        return None if text in {"", "1"} else self.all_of([SYNTAX.parsed(text)])

    def all_of(self, nodes: Sequence[Node]) -> str:
        """A condition: each part of it must hold."""
        parts = [self.truth(node) for node in nodes]
        found = self.checked(parts[0].text if len(parts) == 1 else " and ".join(part.inner for part in parts))
        if not any(sign in found for sign in _HOLDS_FOR_NOTHING):
            self.notes.discard(_COUNTS_AS_EMPTY)
        return found

    def value(self, text: str) -> str:
        """An expression that gives a value."""
        return self.checked(self.said(SYNTAX.parsed(unwrapped(text))).text)

    def checked(self, text: str) -> str:
        """The text, if the engine reads it."""
        if not is_readable(text):
            raise Untranslatable("its translation is too long or too deep")
        return text

    def truth(self, node: Node) -> Said:
        """A part that stands for true or false: an answer alone is true where it is given."""
        said = self.said(node)
        if said.variable is not None:
            if said.variable.is_flag:
                return Said(said.variable.chosen or "", whole=False)
            return Said(f"{said.text} notempty", whole=False)
        if isinstance(said.constant, int | float):
            return Said("true" if said.constant else "false")
        if node.kind is Kind.CHAIN and node.operators[0] in {"+", "-", "*", "/"}:
            return Said(f"{said.inner} != 0", whole=False)
        return said

    def said(self, node: Node) -> Said:
        """Any part."""
        match node.kind:
            case Kind.NUMBER:
                number = float(node.value)
                if number > 1e15:
                    raise Untranslatable("a number in it is too large")
                number = int(number) if number == int(number) else number
                return Said(f"{number:f}".rstrip("0") if isinstance(number, float) else str(number), constant=number)
            case Kind.TEXT:
                return self._text(node.value)
            case Kind.NAME:
                return self._named(node.value)
            case Kind.PREFIX:
                return self._prefix(node)
            case Kind.CHAIN:
                return self._chain(node)
        return self._call(node)

    def _text(self, value: str) -> Said:
        if value == "-oth-":
            value = "other"
        return Said(literal(value), constant=value)

    def _named(self, name: str) -> Said:
        lower = name.lower()
        if lower in {"true", "false"}:
            return Said(lower)
        if ":" in name and not lower.startswith("insertans"):
            name = name.partition(":")[2].partition(".")[0]
            self.embedded[name] = None
            return Said("{" + name + "}")
        base, _, suffix = name.partition(".")
        if base.lower() == "this":
            return self._of(self._self(), suffix.lower(), name)
        if base.lower() in {"self", "that"}:
            raise Untranslatable(f"{name} stands for several answers, which is only known within functions")
        variable = self.variables.get(base)
        if variable is None:
            if base.lower() in _SYSTEM:
                raise Untranslatable(f"{base} is something of LimeSurvey's own")
            raise Untranslatable(f"nothing in the survey is called {base[:60]}")
        return self._of(variable, suffix.lower(), name)

    def _self(self) -> Variable:
        if self.this is None:
            raise Untranslatable("`this` stands for several answers there")
        return self.this

    def _of(self, variable: Variable, suffix: str, name: str) -> Said:
        if suffix in {"value", "valuenaok"} and self.assessed and (variable.coded or variable.is_flag):
            raise Untranslatable(f"{name} asks for the points of an assessment")
        if not suffix or suffix in _VALUES:
            if not suffix and variable.hideable and variable.question != self.own:
                self.notes.add(_COUNTS_AS_EMPTY)
            return Said(variable.value, variable=variable, moment=variable.moment)
        if suffix == "shown":
            if variable.path and "." not in variable.path and "[" not in variable.path and variable.coded:
                return Said(f"displayValue({literal(variable.path)})")
            if variable.coded:
                raise Untranslatable(f"{name} asks for the text of a choice in an array")
            return Said(variable.value, variable=variable)
        if suffix == "question":
            return Said(f"propertyValue({literal(variable.question)}, 'title')")
        raise Untranslatable(f".{suffix[:30]} is not known of answers")

    def _prefix(self, node: Node) -> Said:
        if node.value == "!":
            return Said(f"!({self.truth(node.parts[0]).text})")
        said = self.counted(node.parts[0])
        if node.value == "+":
            return said
        if isinstance(said.constant, int | float):
            return Said(f"-{said.text}", constant=-said.constant)
        return Said(f"0 - {said.inner}", whole=False)

    def counted(self, node: Node) -> Said:
        """A part that is reckoned with."""
        return _a_number(self.said(node))

    def _chain(self, node: Node) -> Said:
        first = node.operators[0]
        if first in {"or", "||", "and", "&&"}:
            word = " or " if first in {"or", "||"} else " and "
            return Said(word.join(self.truth(part).inner for part in node.parts), whole=False)
        if first in COMPARED:
            return self._comparison(node)
        head, *rest = [self.said(part) for part in node.parts]
        if first in {"+", "-"} and any(map(is_moment, (head, *rest))):
            return reckoned(head, node.operators, rest)
        pieces = [_a_number(head).inner]
        for operator, part in zip(node.operators, rest, strict=True):
            pieces += [operator, _a_number(part).inner]
        return Said(" ".join(pieces), whole=False)

    def _comparison(self, node: Node) -> Said:
        if len(node.operators) > 1:
            raise Untranslatable("it compares the result of a comparison")
        operator = COMPARED[node.operators[0]]
        left, right = self.said(node.parts[0]), self.said(node.parts[1])
        if left.constant is not None and right.constant is None:
            left, right, operator = right, left, _TURNED[operator]
        if (simple := with_constant(left, operator, right)) is not None:
            return simple
        if left.moment != right.moment and not (left.variable or right.variable or isinstance(right.constant, str)):
            raise Untranslatable("it compares a date with a number of seconds")
        return Said(f"{left.inner} {operator} {right.inner}", whole=False)

    def _call(self, node: Node) -> Said:
        from_table = MAKERS.get(node.value.lower())
        if from_table is None:
            raise Untranslatable(f"the function {node.value[:40]}() is not known here")
        fewest, most, make = from_table
        if not fewest <= len(node.parts) <= most:
            raise Untranslatable(f"{node.value[:40]}() has {len(node.parts)} arguments there")
        return make(self, node.parts)

    def several(self, nodes: Sequence[Node]) -> list[Said]:
        """Arguments, `self` and `that` taken apart."""
        found: list[Said] = []
        for node in nodes:
            base, _, rest = node.value.partition(".")
            if node.kind is Kind.NAME and base.lower() in {"self", "that"}:
                found += [Said(each.value, variable=each) for each in self._all(base.lower(), rest)]
            else:
                found.append(self.said(node))
        if len(found) > _MOST_LISTED:
            raise Untranslatable(f"it speaks of more than {_MOST_LISTED} answers")
        return found

    def _all(self, word: str, rest: str) -> list[Variable]:
        question = self.own
        parts = [part for part in rest.split(".") if part and part.lower() not in _VALUES]
        if word == "that":
            if not parts:
                raise Untranslatable("`that` names no question")
            known = self.variables.get(parts[0]) or self.variables.first.get(parts[0].lower())
            if known is None:
                raise Untranslatable(f"there is no question {parts[0][:60]} in it")
            question, parts = known.question, parts[1:]
        found = self.variables.whole(question, comments="nocomments" not in (part.lower() for part in parts))
        codes = [part[3:].lower() for part in parts if part.lower().startswith("sq_")]
        if codes:
            found = [each for each in found if any(code in (each.path or each.value).lower() for code in codes)]
        elif any(part.lower() not in {"nocomments", "sum"} for part in parts):
            raise Untranslatable(f"{word}.{rest[:40]} picks answers in a way that is not known here")
        return found

    def empty(self, said: Said) -> str:
        """True where a part is empty."""
        if said.variable is not None:
            return said.variable.empty
        return f"{said.inner} = ''"


def _a_number(said: Said) -> Said:
    """The same, unless it is a date."""
    if said.moment:
        raise Untranslatable("it reckons with dates as numbers of seconds")
    return said


def unwrapped(text: str) -> str:
    """Without blanks, and without braces around the whole."""
    text = text.strip()
    if text.startswith("{") and text.endswith("}") and text.count("{") == 1:
        return text[1:-1].strip()
    return text
