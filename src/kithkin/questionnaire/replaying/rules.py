"""Whether an answer keeps to a validator, and in which words one says that it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kithkin.questionnaire.model.elements import Validator
from kithkin.questionnaire.replaying.options import spelled
from kithkin.questionnaire.replaying.patterns import Pattern, pattern
from kithkin.questionnaire.replaying.patterns.room import Room
from kithkin.questionnaire.replaying.storable import Refused, number

Broken = tuple[str, object]
"""The name of a message, and the bound that it names."""
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")


def broken(validator: Validator, value: Any, room: Room) -> Broken | None:
    """What an answer breaks of a validator that looks at nothing but the answer; None where it will do. Regular
    expressions share the `room`.
    """
    if validator.type == "regex":
        return _regex(validator.settings, value, room)
    return _RULES[validator.type](validator.settings, value)


def is_email(value: Any) -> bool:
    """Whether this can be an e-mail address."""
    return isinstance(value, str) and len(value) <= 320 and _EMAIL.fullmatch(value) is not None


def _numeric(rule: Any, value: Any) -> Broken | None:
    try:
        found = number(value)
    except Refused:
        return "number", ""
    if rule["least"] is not None and found < rule["least"]:
        return "least", rule["least"]
    return ("most", rule["most"]) if rule["most"] is not None and found > rule["most"] else None


def _length(rule: Any, value: Any) -> Broken | None:
    if not rule["digits"] and spelled(value)[-1:].isdigit():
        return "digits", ""
    if not isinstance(value, str):  # what is computed may be a number, and has no length
        return None
    if rule["least"] and len(value) < rule["least"]:
        return "shortest", rule["least"]
    return ("longest", rule["most"]) if rule["most"] and len(value) > rule["most"] else None


def _count(rule: Any, value: Any) -> Broken | None:
    if not isinstance(value, list):
        return None
    if rule["least"] and len(value) < rule["least"]:
        return "fewest", rule["least"]
    return ("chosen", rule["most"]) if rule["most"] and len(value) > rule["most"] else None


def _regex(rule: Any, value: Any, room: Room) -> Broken | None:
    found = pattern(rule["pattern"], alike=rule["alike"])
    if not isinstance(found, Pattern):
        return None
    said = value if isinstance(value, list) else [value]
    return None if all(found.is_in(spelled(each), room) for each in said) else ("pattern", "")


def _email(rule: Any, value: Any) -> Broken | None:
    del rule
    return None if is_email(value) else ("email", "")


_RULES: dict[str, Callable[[Any, Any], Broken | None]] = {
    "numeric": _numeric, "text": _length, "answercount": _count, "email": _email,
}  # fmt: skip
