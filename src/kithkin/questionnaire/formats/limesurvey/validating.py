"""What an answer must fulfil: patterns, and validations of the Expression Manager."""

from __future__ import annotations

import re
from typing import Any

from kithkin.questionnaire.formats.conditions import all_of
from kithkin.questionnaire.formats.infix import Kind, Node, Untranslatable
from kithkin.questionnaire.formats.limesurvey.manager import SYNTAX, unwrapped
from kithkin.questionnaire.formats.limesurvey.questions import Making, Raw
from kithkin.questionnaire.formats.limesurvey.variables import ROWS

_FLAGS = re.compile(r"[imsuxUXDA]*\Z")
MOST_CHECKED = 200
_SINGLE = frozenset("STUNDLO!5YG")


def validators(making: Making) -> list[Raw]:
    """Every validator that a question asks for."""
    found = [*_pattern(making), *_whole(making), *_each(making)]
    return [validator for validator in found if validator]


def _pattern(making: Making) -> list[Raw]:
    said = making.asked.pattern.strip()
    if not said:
        return []
    if making.asked.type not in _SINGLE:
        making.lost("preg", f"the pattern {said[:80]!r}", "patterns are known of single texts only")
        return []
    return [_regex(making, said, "preg")]


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
    return [_validated(making, said, "em_validation_q", alone)]


def _each(making: Making) -> list[Raw]:
    """The same for every subquestion, as one validator."""
    said = making.asked.attribute("em_validation_sq")
    if not said:
        return []
    variables = making.manager.variables.whole(making.name, comments=False)
    if len(variables) > MOST_CHECKED:
        making.lost("em_validation_sq", "the validation", f"any answer is accepted: it asks more than {MOST_CHECKED}")
        return []
    parts: list[Any] = []
    manager = making.manager
    try:
        parts += [manager.at(making.name, variable).condition(said) for variable in variables]
        expression = manager.checked(all_of(parts) or "true")
    except Untranslatable as error:
        making.lost("em_validation_sq", f"the validation {said[:120]!r}", f"any answer is accepted: {error}")
        return []
    return [{"type": "expression", "expression": expression, **_tip(making, "em_validation_sq_tip")}]


def _validated(making: Making, said: str, part: str, this: Any) -> Raw:
    try:
        pattern = _pattern_alone(SYNTAX.parsed(unwrapped(said)), making)
        if pattern is not None:
            return (_regex(making, pattern, part) or {}) and {
                **_regex(making, pattern, part),
                **_tip(making, f"{part}_tip"),
            }
        manager = making.manager.at(making.name, this)
        expression = manager.condition(said)
    except Untranslatable as error:
        making.lost(part, f"the validation {said[:120]!r}", f"any answer is accepted: {error}")
        return {}
    for note in sorted(manager.notes):
        making.near(part, "the validation", note)
    return {"type": "expression", "expression": expression, **_tip(making, f"{part}_tip")} if expression else {}


def _pattern_alone(node: Node, making: Making) -> str | None:
    """The pattern of `regexMatch(…, this)`, also where it is only asked of what is not empty."""
    if making.asked.type not in _SINGLE - ROWS:
        return None
    if node.kind is Kind.CHAIN and set(node.operators) <= {"or", "||"} and len(node.parts) == 2:
        empty = [part for part in node.parts if part.kind is Kind.CALL and part.value.lower() == "is_empty"]
        rest = [part for part in node.parts if part not in empty]
        node = rest[0] if len(empty) == 1 and rest and _is_own(empty[0].parts, making) else node
    if node.kind is not Kind.CALL or node.value.lower() != "regexmatch" or len(node.parts) != 2:
        return None
    pattern, subject = node.parts
    return pattern.value if pattern.kind is Kind.TEXT and _is_own((subject,), making) else None


def _is_own(parts: tuple[Node, ...], making: Making) -> bool:
    if len(parts) != 1 or parts[0].kind is not Kind.NAME:
        return False
    base = parts[0].value.partition(".")[0].lower()
    return base in {"this", "self", making.asked.code.lower()}
