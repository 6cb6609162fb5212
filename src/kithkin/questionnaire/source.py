"""From text, bytes or a mapping to plain JSON values, bounded in size and depth."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from kithkin.questionnaire.errors import Malformed, NotJson, QuestionnaireError, TooLarge, pointer

LARGEST = 64 * 1024 * 1024
DEEPEST = 64
MOST_VALUES = 2_000_000


def plain(source: str | bytes | Mapping[str, Any]) -> dict[str, Any]:
    """A copy of its own of the object in `source`. Raises QuestionnaireError for anything that is none."""
    if isinstance(source, str | bytes | bytearray):
        source = _parsed(source)
    if not isinstance(source, Mapping):
        raise Malformed(
            "", f"This is {kind_of(source)}, not a questionnaire.", "Give an object with pages or elements."
        )
    return _Copy().object(source, "", 0)


def _parsed(source: str | bytes | bytearray) -> Any:
    if len(source) > LARGEST:
        raise TooLarge("", f"More than {LARGEST // 2**20} MB.", "Move pictures out of the questionnaire, or divide it.")
    try:
        text = source if isinstance(source, str) else source.decode(json.detect_encoding(source))
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise NotJson("", "This is not text in UTF-8.", "Save the file as UTF-8.") from None
    except RecursionError:
        raise _too_deep("") from None
    except QuestionnaireError:
        raise
    except json.JSONDecodeError as error:
        what = f"This is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        raise NotJson("", what, "Export the questionnaire anew, or mend it there.") from None
    except ValueError as error:  # a whole number of thousands of digits
        raise NotJson("", f"This is not JSON that can be read: {str(error).partition(';')[0]}.", "Mend it.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        doubled = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Malformed("", f"An object names {doubled[:60]!r} twice.", "Take one of the two out.")
    return found


def _no_constant(word: str) -> Any:
    raise NotJson("", f"This is not JSON: {word} is no number.", "Write null, or a number.")


def _too_deep(where: str) -> TooLarge:
    return TooLarge(where, f"More than {DEEPEST} levels of nesting.", "Put fewer panels into one another.")


def kind_of(value: Any) -> str:
    """What a JSON value is, in words."""
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number", type(None): "nothing (null)"}
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list | tuple) else names.get(type(value), f"a {type(value).__name__}")


class _Copy:
    """Copies JSON values and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def object(self, value: Mapping[Any, Any], where: str, depth: int) -> dict[str, Any]:
        if depth >= DEEPEST:
            raise _too_deep(where[:200])
        copied = {}
        for name, inner in value.items():
            if not isinstance(name, str):
                raise Malformed(where, f"The name {name!r} is no text.", "Names in an object are texts.")
            copied[_text(name, where)] = self.value(inner, pointer(where, name), depth + 1)
        return copied

    def value(self, value: Any, where: str, depth: int) -> Any:
        self.count += 1
        if self.count > MOST_VALUES:
            raise TooLarge("", f"More than {MOST_VALUES:,} values.", "Divide the questionnaire.")
        if isinstance(value, str):
            return _text(value, where)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return _number(value, where)
        if isinstance(value, Mapping):
            return self.object(value, where, depth)
        if isinstance(value, list | tuple):
            if depth >= DEEPEST:
                raise _too_deep(where[:200])
            return [self.value(inner, pointer(where, place), depth + 1) for place, inner in enumerate(value)]
        raise Malformed(where, f"This is {kind_of(value)}.", "Only JSON values can be held.")


def _text(value: str, where: str) -> str:
    if "\0" in value:  # no database holds it
        raise Malformed(where, "A NUL character.", "Take it out.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Malformed(where, "Half a character (a lone surrogate).", "Write the character anew.") from None
    return value


def _number(value: float, where: str) -> float:
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite:
        raise Malformed(where, "A number that is too large.", "Write a finite number.")
    return value
