"""The functions of the Expression Manager, each said in ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kithkin.questionnaire.formats.infix import Kind, Node, Untranslatable
from kithkin.questionnaire.formats.limesurvey.moments import moment
from kithkin.questionnaire.formats.limesurvey.pieces import COMPARED, Said, with_constant

if TYPE_CHECKING:
    from kithkin.questionnaire.formats.limesurvey.manager import Manager

_TEXTS = {"trim", "ltrim", "rtrim", "strip_tags", "nl2br", "htmlspecialchars", "htmlentities", "html_entity_decode",
          "htmlspecialchars_decode", "stripslashes", "addslashes", "strtoupper", "strtolower", "ucwords",
          "number_format"}  # fmt: skip
Make = Callable[["Manager", Sequence[Node]], Said]


def _if(manager: Manager, nodes: Sequence[Node]) -> Said:
    parts = ", ".join([manager.truth(nodes[0]).text, *(manager.said(node).text for node in nodes[1:])])
    return Said(f"iif({parts})")


def _is_empty(manager: Manager, nodes: Sequence[Node]) -> Said:
    found = [manager.empty(each) for each in manager.several(nodes)]
    return Said(found[0] if len(found) == 1 else " and ".join(f"({each})" for each in found), whole=False)


def _count(manager: Manager, nodes: Sequence[Node]) -> Said:
    found = manager.several(nodes)
    if not found:
        return Said("0")
    return Said(" + ".join(f"iif({manager.empty(each)}, 0, 1)" for each in found), whole=False)


def _count_if(manager: Manager, nodes: Sequence[Node]) -> Said:
    return _count_compared(manager, "=", nodes[0], nodes[1:])


def _count_if_op(manager: Manager, nodes: Sequence[Node]) -> Said:
    operator = COMPARED.get(nodes[0].value.lower())
    if nodes[0].kind is not Kind.TEXT or operator is None:
        raise Untranslatable("countifop() compares in a way that is not known here")
    return _count_compared(manager, operator, nodes[1], nodes[2:])


def _count_compared(manager: Manager, operator: str, wanted: Node, nodes: Sequence[Node]) -> Said:
    right = manager.said(wanted)
    parts = []
    for each in manager.several(nodes):
        simple = with_constant(each, operator, right) or Said(f"{each.inner} {operator} {right.inner}")
        parts.append(f"iif({simple.text}, 1, 0)")
    return Said(" + ".join(parts) or "0", whole=False)


def _listed(name: str) -> Make:
    def make(manager: Manager, nodes: Sequence[Node]) -> Said:
        found = manager.several(nodes)
        if any(each.moment for each in found):
            raise Untranslatable(f"{name}() of dates")
        return Said(f"{name}({', '.join(each.text for each in found)})")

    return make


def _plain(name: str) -> Make:
    def make(manager: Manager, nodes: Sequence[Node]) -> Said:
        return Said(f"{name}({', '.join(manager.counted(node).text for node in nodes)})")

    return make


def _absolute(manager: Manager, nodes: Sequence[Node]) -> Said:
    said = manager.counted(nodes[0]).inner
    return Said(f"iif({said} < 0, 0 - {said}, {said})")


def _stepped(sign: str, compared: str) -> Make:
    def make(manager: Manager, nodes: Sequence[Node]) -> Said:
        said = manager.counted(nodes[0]).inner
        return Said(f"iif({said} {compared} trunc({said}), trunc({said}) {sign} 1, trunc({said}))")

    return make


def _power(manager: Manager, nodes: Sequence[Node]) -> Said:
    return Said(f"{manager.counted(nodes[0]).inner} ^ {manager.counted(nodes[1]).inner}", whole=False)


def _root(manager: Manager, nodes: Sequence[Node]) -> Said:
    return Said(f"{manager.counted(nodes[0]).inner} ^ 0.5", whole=False)


def _length(manager: Manager, nodes: Sequence[Node]) -> Said:
    said = manager.said(nodes[0])
    if isinstance(said.constant, str):
        return Said(str(len(said.constant)), constant=len(said.constant))
    if said.variable is None or not said.variable.path or said.text != "{" + said.variable.path + "}":
        raise Untranslatable("the length of anything but a text answer cannot be asked for")
    return Said(f"iif({said.text} empty, 0, {{{said.variable.path}.length}})")


def _piece(manager: Manager, nodes: Sequence[Node]) -> Said:
    said, start = manager.said(nodes[0]), manager.said(nodes[1])
    length = manager.said(nodes[2]) if len(nodes) > 2 else Said("100000", constant=100000)
    if not isinstance(start.constant, int) or start.constant < 0:
        raise Untranslatable("substr() counts from the end, or from somewhere computed")
    if not isinstance(length.constant, int) or length.constant < 0:
        raise Untranslatable("substr() takes a computed length")
    return Said(f"substring({said.text}, {start.constant}, {start.constant + length.constant})")


def _found(manager: Manager, nodes: Sequence[Node]) -> Said:
    manager.notes.add("what is found in a text counts as true; its place is not told, and capitals do not matter")
    return Said(f"{manager.said(nodes[0]).inner} contains {manager.said(nodes[1]).inner}", whole=False)


def _same_text(manager: Manager, nodes: Sequence[Node]) -> Said:
    said = manager.said(nodes[0])
    manager.notes.add("a text is taken as it is: capitals and blanks around it do not matter when texts are compared")
    return Said(said.text, said.whole, said.moment, said.variable, said.constant)


def _joined(manager: Manager, nodes: Sequence[Node]) -> Said:
    return Said(" + ".join(["''", *(each.inner for each in manager.several(nodes))]), whole=False)


def _imploded(manager: Manager, nodes: Sequence[Node]) -> Said:
    glue, found = manager.said(nodes[0]), manager.several(nodes[1:])
    parts = ["''"]
    for place, each in enumerate(found):
        parts += [glue.inner, each.inner] if place else [each.inner]
    return Said(" + ".join(parts), whole=False)


def _whole_number(manager: Manager, nodes: Sequence[Node]) -> Said:
    said = manager.counted(nodes[0]).inner
    return Said(f"trunc({said}) = {said}", whole=False)


_PARTS = {"Y": "year", "o": "year", "m": "month", "n": "month", "d": "day", "j": "day", "w": "weekday"}


def _date(manager: Manager, nodes: Sequence[Node]) -> Said:
    form = nodes[0].value if nodes[0].kind is Kind.TEXT else ""
    when = "today()"
    if len(nodes) > 1:
        said = manager.said(nodes[1])
        if not said.moment:
            raise Untranslatable("date() of a number of seconds")
        when = said.text
    if form in _PARTS:
        return Said(f"{_PARTS[form]}({when})")
    if form in {"Y-m-d", "Y/m/d"} or (form.startswith("Y-m-d") and len(nodes) == 1):
        return Said(when, moment=True)
    raise Untranslatable(f"date() writes a date in a form that is not known here: {form[:20]!r}")


def _moment(manager: Manager, nodes: Sequence[Node]) -> Said:
    return moment(manager.said(nodes[0]))


def _now(manager: Manager, nodes: Sequence[Node]) -> Said:  # noqa: ARG001
    return Said("currentDate()", moment=True)


def _pattern(manager: Manager, nodes: Sequence[Node]) -> Said:  # noqa: ARG001
    raise Untranslatable("patterns are known only as a validation that must hold")


def _pi(manager: Manager, nodes: Sequence[Node]) -> Said:  # noqa: ARG001
    return Said("3.141592653589793", constant=3.141592653589793)


_MANY = 1_000
MAKERS: dict[str, tuple[int, int, Make]] = {
    "if": (3, 3, _if), "iif": (3, 3, _if),
    "is_empty": (1, _MANY, _is_empty), "is_null": (1, 1, _is_empty),
    "count": (1, _MANY, _count), "countif": (2, _MANY, _count_if), "countifop": (3, _MANY, _count_if_op),
    "sum": (1, _MANY, _listed("sum")), "min": (1, _MANY, _listed("min")), "max": (1, _MANY, _listed("max")),
    "intval": (1, 1, _plain("trunc")), "round": (1, 2, _plain("round")), "abs": (1, 1, _absolute),
    "floor": (1, 1, _stepped("-", "<")), "ceil": (1, 1, _stepped("+", ">")),
    "pow": (2, 2, _power), "sqrt": (1, 1, _root), "pi": (0, 0, _pi),
    "strlen": (1, 1, _length), "substr": (2, 3, _piece),
    "strstr": (2, 2, _found), "stristr": (2, 2, _found), "contains": (2, 2, _found),
    "join": (1, _MANY, _joined), "implode": (2, _MANY, _imploded),
    "is_int": (1, 1, _whole_number), "date": (1, 2, _date), "gmdate": (1, 2, _date), "idate": (1, 2, _date),
    "strtotime": (1, 1, _moment), "time": (0, 0, _now), "regexmatch": (2, 2, _pattern),
    **dict.fromkeys(_TEXTS, (1, 3, _same_text)),
}  # fmt: skip
FUNCTIONS = frozenset(MAKERS) - {"regexmatch"}
