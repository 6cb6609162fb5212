"""From text, bytes or a mapping to plain JSON values, bounded in size and depth."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from kithkin.questionnaire.errors import Malformed, NotJson, QuestionnaireError, TooLarge, pointer

LARGEST = 64 * 1024 * 1024
DEEPEST = 64
MOST_VALUES = 2_000_000
_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)


def plain(source: str | bytes | Mapping[str, Any]) -> dict[str, Any]:
    """A copy of its own of the object in `source`. Raises QuestionnaireError for anything that is none."""
    if isinstance(source, str | bytes | bytearray):
        source = _parsed(source)
    if not isinstance(source, Mapping):
        raise Malformed(
            "", f"This is {kind_of(source)}, not a questionnaire.", "Give an object with pages or elements."
        )
    return _Copy().object(source)


def _parsed(source: str | bytes | bytearray) -> Any:
    if len(source) > LARGEST:
        raise TooLarge("", f"More than {LARGEST // 2**20} MB.", "Move pictures out of the questionnaire, or divide it.")
    try:
        text = source if isinstance(source, str) else source.decode(json.detect_encoding(source))
        _check_count(text)
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


def _check_count(text: str) -> None:
    """Refuse what holds too many values before they are all made: some have two letters, and each needs hundreds.

    There are at least as many values as commas, and as brackets that open, outside of texts.
    """
    if max(text.count(","), text.count("[") + text.count("{")) <= MOST_VALUES:
        return
    bare = _QUOTED.sub("", text)
    if max(bare.count(","), bare.count("[") + bare.count("{")) > MOST_VALUES:
        raise _too_many()


def _too_many() -> TooLarge:
    return TooLarge("", f"More than {MOST_VALUES:,} values.", "Divide the questionnaire.")


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
    """Copies JSON values and counts them. The way to a value is spelled only where something is wrong with it."""

    def __init__(self) -> None:
        self.count = 0
        self.steps: list[str | int] = []

    @property
    def where(self) -> str:
        """The JSON pointer of what is being copied."""
        return pointer("", *self.steps)[:1_000]

    def object(self, value: Mapping[Any, Any]) -> dict[str, Any]:
        self.check_depth()
        copied = {}
        for name, inner in value.items():
            if not isinstance(name, str):
                raise Malformed(self.where, f"The name {name!r} is no text.", "Names in an object are texts.")
            copied[self.text(name)] = self.inner(inner, name)
        return copied

    def inner(self, value: Any, step: str | int) -> Any:
        self.steps.append(step)
        copied = self.value(value)
        self.steps.pop()
        return copied

    def value(self, value: Any) -> Any:
        self.count += 1
        if self.count > MOST_VALUES:
            raise _too_many()
        if isinstance(value, str):
            return self.text(value)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return self.number(value)
        if isinstance(value, Mapping):
            return self.object(value)
        if isinstance(value, list | tuple):
            self.check_depth()
            return [self.inner(inner, place) for place, inner in enumerate(value)]
        raise Malformed(self.where, f"This is {kind_of(value)}.", "Only JSON values can be held.")

    def check_depth(self) -> None:
        if len(self.steps) >= DEEPEST:
            raise _too_deep(self.where)

    def text(self, value: str) -> str:
        if "\0" in value:  # no database holds it
            raise Malformed(self.where, "A NUL character.", "Take it out.")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Malformed(self.where, "Half a character (a lone surrogate).", "Write the character anew.") from None
        return value

    def number(self, value: float) -> float:
        try:
            finite = math.isfinite(value)
        except OverflowError:
            finite = False
        if not finite:
            raise Malformed(self.where, "A number that is too large.", "Write a finite number.")
        return value
