"""What an answer must fulfil: patterns, and validations of the Expression Manager."""

from __future__ import annotations

import re

from kithkin.questionnaire.formats.conditions import all_of
from kithkin.questionnaire.formats.infix import Kind, Node, Untranslatable
from kithkin.questionnaire.formats.limesurvey.manager import SYNTAX, unwrapped
from kithkin.questionnaire.formats.limesurvey.questions import Making, Raw
from kithkin.questionnaire.formats.limesurvey.variables import ROWS, Variable

_FLAGS = re.compile(r"[imsuxUXDA]*\Z")
MOST_CHECKED = 200
_SINGLE = frozenset("STUNDLO!5YG")
_TYPED = frozenset("QK;")


def validators(making: Making, first: Raw) -> list[Raw]:
    """Every validator that a question asks for. What each field or cell must fulfil is put on it, in `first`."""
    found = [*_pattern(making, first), *_whole(making), *_each(making, first)]
    return [validator for validator in found if validator]


def _pattern(making: Making, first: Raw) -> list[Raw]:
    said = making.asked.pattern.strip()
    if not said:
        return []
    if making.asked.type in _SINGLE:
        return [_regex(making, said, "preg")]
    if making.asked.type in _TYPED and (validator := _regex(making, said, "preg")):
        _put_on_each(first, validator)
    elif making.asked.type not in _TYPED:
        making.lost("preg", f"the pattern {said[:80]!r}", "patterns are known of texts only")
    return []


def _put_on_each(first: Raw, validator: Raw) -> None:
    for inner in first.get("items") or first.get("columns") or []:
        inner.setdefault("validators", []).append(dict(validator))


def _regex(making: Making, said: str, part: str) -> Raw:
    """A pattern between delimiters, as PHP writes it."""
    if len(said) < 2 or said[0] not in "/#~!%@" or (end := said.rfind(said[0])) < 1:
        making.lost(part, f"the pattern {said[:80]!r}", "it has no beginning or no end")
        return {}
    inner, flags = said[1:end], said[end + 1 :]
    if not _FLAGS.match(flags) or set(flags) - {"i", "u"}:
        making.lost(part, f"the pattern {said[:80]!r}", f"it has the options {flags[:10]!r}")
        return {}
    return {"type": "regex", "regex": inner} | ({"insensitive": True} if "i" in flags else {})


def _tip(making: Making, name: str) -> Raw:
    said = making.attribute(name)
    return {"text": said} if said else {}


def _whole(making: Making) -> list[Raw]:
    said = making.asked.attribute("em_validation_q")
    if not said:
        return []
    variables = making.manager.variables.whole(making.name)
    alone = variables[0] if len(variables) == 1 else None
    try:
        return _validated(making, said, alone)
    except Untranslatable as error:
        making.lost("em_validation_q", f"the validation {said[:120]!r}", f"any answer is accepted: {error}")
        return []


def _each(making: Making, first: Raw) -> list[Raw]:
    """The same for every subquestion: patterns on each field, the rest as one validator."""
    said = making.asked.attribute("em_validation_sq")
    if not said:
        return []
    variables = making.manager.variables.whole(making.name, comments=False)
    if len(variables) > MOST_CHECKED:
        making.lost("em_validation_sq", "the validation", f"any answer is accepted: it asks more than {MOST_CHECKED}")
        return []
    tip, manager = _tip(making, "em_validation_sq_tip"), making.manager
    try:
        patterns, rest, optional = _taken_apart(SYNTAX.parsed(unwrapped(said)), making)
        if patterns and making.asked.type not in _TYPED:
            rest, patterns = [SYNTAX.parsed(unwrapped(said))], []
        parts = [_or_empty(manager.at(making.name, each).all_of(rest), each, optional=optional)
                 for each in variables if rest]  # fmt: skip
        expression = manager.checked(all_of(parts) or "true") if parts else ""
    except Untranslatable as error:
        making.lost("em_validation_sq", f"the validation {said[:120]!r}", f"any answer is accepted: {error}")
        return []
    for pattern in patterns:
        if validator := _regex(making, pattern, "em_validation_sq"):
            _put_on_each(first, validator | tip)
    return [{"type": "expression", "expression": expression, **tip}] if expression else []


def _validated(making: Making, said: str, this: Variable | None) -> list[Raw]:
    """Patterns on their own, and one expression of everything else. Raises Untranslatable."""
    part, tip = "em_validation_q", _tip(making, "em_validation_q_tip")
    node = SYNTAX.parsed(unwrapped(said))
    patterns, rest, optional = _taken_apart(node, making)
    if patterns and making.asked.type not in _SINGLE - ROWS:
        patterns, rest, optional = [], [node], False
    manager = making.manager.at(making.name, this)
    found: list[Raw] = []
    if rest and unwrapped(said) not in {"", "1"}:
        expression = _or_empty(manager.all_of(rest), this, optional=optional)
        found.append({"type": "expression", "expression": expression, **tip})
    for note in sorted(manager.notes):
        making.near(part, "the validation", note)
    expressions = [_regex(making, pattern, part) for pattern in patterns]
    return [*({**each, **tip} for each in expressions if each), *found]


def _or_empty(expression: str, this: Variable | None, *, optional: bool) -> str:
    return f"{this.empty} or ({expression})" if optional and this else expression


def _taken_apart(node: Node, making: Making) -> tuple[list[str], list[Node], bool]:
    """The patterns that must fit, what else must hold, and whether an empty answer is accepted all the same."""
    optional = False
    if node.kind is Kind.CHAIN and set(node.operators) <= {"or", "||"} and len(node.parts) == 2:
        empty = [part for part in node.parts if _asks_for_nothing(part, making)]
        if len(empty) == 1:
            optional, node = True, next(part for part in node.parts if part is not empty[0])
    together = node.kind is Kind.CHAIN and set(node.operators) <= {"and", "&&"}
    parts = node.parts if together else (node,)
    patterns = [part for part in parts if _is_pattern(part, making)]
    rest = [part for part in parts if part not in patterns]
    return [part.parts[0].value for part in patterns], rest, optional


def _is_pattern(node: Node, making: Making) -> bool:
    """`regexMatch('/…/', this)`."""
    if node.kind is not Kind.CALL or node.value.lower() != "regexmatch" or len(node.parts) != 2:
        return False
    return node.parts[0].kind is Kind.TEXT and _is_own(node.parts[1:], making)


def _asks_for_nothing(node: Node, making: Making) -> bool:
    """Whether a part is true where the answer is empty: `is_empty(this)`, `this == ''`."""
    if node.kind is Kind.CALL and node.value.lower() == "is_empty":
        return _is_own(node.parts, making)
    if node.kind is not Kind.CHAIN or node.operators not in {("==",), ("eq",)}:
        return False
    left, right = node.parts
    return right.kind is Kind.TEXT and not right.value and _is_own((left,), making)


def _is_own(parts: tuple[Node, ...], making: Making) -> bool:
    if len(parts) != 1 or parts[0].kind is not Kind.NAME:
        return False
    base = parts[0].value.partition(".")[0].lower()
    return base in {"this", "self", making.asked.code.lower()}
