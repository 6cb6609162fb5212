"""Regular expressions as JavaScript has them, matched in time that grows with the text and never explodes.

A respondent's text is held against a questionnaire's pattern on the server, so a pattern such as `(a+)+$` must not be
able to keep it busy: here every way through the pattern is followed at once, letter by letter (Thompson 1968), and no
way is ever tried again. What that cannot do (references back, looking behind) is named and not checked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LONGEST = 8_000
"""Letters of a pattern."""
LARGEST = 8_000
"""Instructions that a pattern comes to, those included that look ahead, and repetitions."""
MOST_STEPS = 2_000_000
MOST_WORK = 2 * MOST_STEPS
"""What one text may cost, where looking ahead and large sets of letters make a step cost more than one."""
DEEPEST = 40
Test = Callable[[str], bool]
_DIGITS = frozenset("0123456789")
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}


class Unsupported(Exception):
    """A pattern that is none, or that holds what cannot be checked in bounded time."""


class _TooLong(Exception):
    """The text costs more to look through than it may."""


@dataclass(slots=True)
class _Room:
    """What may still be made, or done."""

    left: int
    refusal: Exception

    def take(self, much: int) -> None:
        self.left -= much
        if self.left < 0:
            raise self.refusal


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: instructions, of which the last is the end."""

    program: tuple[tuple[Any, ...], ...]

    def is_in(self, text: str) -> bool:
        """Whether the pattern is found in a text. A text too long to look through counts as not fitting."""
        if len(self.program) * (len(text) + 1) > MOST_STEPS:
            return False
        try:
            return _found(self.program, text, 0, _Room(MOST_WORK, _TooLong()), anywhere=True)
        except _TooLong:
            return False


@lru_cache(maxsize=1_024)
def pattern(source: str, *, alike: bool = False) -> Pattern | str:
    """A compiled pattern, or in words what it holds that cannot be checked. `alike`: small and capital letters are.

    >>> pattern("^[a-z]{2}-\\\\d+$").is_in("de-12")
    True
    >>> pattern("(a+)+$").is_in("a" * 5_000 + "b")
    False
    """
    if len(source) > LONGEST:
        return f"more than {LONGEST:,} letters"
    try:
        tree = _Parser(source, alike=alike).whole()
        program: list[tuple[Any, ...]] = []
        _emit(tree, program, _Room(LARGEST, Unsupported("too many repetitions")))
    except Unsupported as error:
        return str(error)
    return Pattern((*program, ("end",)))


class _Parser:
    def __init__(self, source: str, *, alike: bool) -> None:
        self.source, self.at, self.alike, self.depth = source, 0, alike, 0

    def whole(self) -> tuple[Any, ...]:
        found = self._either()
        if self.at < len(self.source):
            raise Unsupported("a closing bracket too many")
        return found

    def _next(self) -> str:
        if self.at >= len(self.source):
            raise Unsupported("an end too early")
        self.at += 1
        return self.source[self.at - 1]

    def _takes(self, text: str) -> bool:
        if self.source.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def _either(self) -> tuple[Any, ...]:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsupported("too much nesting")
        branches = [self._sequence()]
        while self._takes("|"):
            branches.append(self._sequence())
        self.depth -= 1
        return ("either", branches)

    def _sequence(self) -> tuple[Any, ...]:
        found = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            found.append(self._repeated(self._atom()))
        return ("sequence", found)

    def _atom(self) -> tuple[Any, ...]:
        letter = self._next()
        match letter:
            case "^" | "$":
                return ("assert", letter)
            case ".":
                return ("letter", lambda one: one not in "\n\r\u2028\u2029", 1)
            case "(":
                return self._group()
            case "[":
                return self._set()
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                raise Unsupported("nothing to repeat")
        return ("letter", self._same(letter), 1)

    def _group(self) -> tuple[Any, ...]:
        kind = "group"
        if self._takes("?="):
            kind = "ahead"
        elif self._takes("?!"):
            kind = "not ahead"
        elif self._takes("?<=") or self._takes("?<!"):
            raise Unsupported("looking behind")
        elif self._takes("?<"):
            self.at = self.source.find(">", self.at) + 1 or len(self.source)
        elif not self._takes("?:") and self._takes("?"):
            raise Unsupported("an unknown kind of group")
        inner = self._either()
        if not self._takes(")"):
            raise Unsupported("a bracket that is not closed")
        return inner if kind == "group" else (kind, inner)

    def _repeated(self, atom: tuple[Any, ...]) -> tuple[Any, ...]:
        found = self._times()
        if found is None:
            return atom
        self._takes("?")  # whether it takes much or little makes no difference to whether it is found
        if self._times() is not None:
            raise Unsupported("nothing to repeat")
        return ("repeat", atom, *found)

    def _times(self) -> tuple[int, int | None] | None:
        if self._takes("*"):
            return 0, None
        if self._takes("+"):
            return 1, None
        return (0, 1) if self._takes("?") else self._counted()

    def _counted(self) -> tuple[int, int | None] | None:
        end = self.source.find("}", self.at)
        if not self.source.startswith("{", self.at) or end < 0:
            return None
        low, comma, high = self.source[self.at + 1 : end].partition(",")
        if not low.isdecimal() or (high and not high.isdecimal()):
            return None
        if max(len(low), len(high)) > 4:
            raise Unsupported("a number of repetitions that is too large")
        self.at = end + 1
        return int(low), (int(high) if high else None) if comma else int(low)

    def _same(self, letter: str) -> Test:
        if self.alike:
            return lambda one: one == letter or one.lower() == letter.lower()
        return lambda one: one == letter

    def _escape(self) -> tuple[Any, ...]:
        letter = self._next()
        if letter in "bB":
            return ("assert", letter)
        if letter in "123456789k":
            raise Unsupported("a reference back")
        return ("letter", self._escaped(letter), 1)

    def _escaped(self, letter: str) -> Test:  # noqa: PLR0911
        match letter:
            case "d":
                return _DIGITS.__contains__
            case "D":
                return lambda one: one not in _DIGITS
            case "w":
                return _WORD.__contains__
            case "W":
                return lambda one: one not in _WORD
            case "s":
                return lambda one: one.isspace() or one == "\ufeff"
            case "S":
                return lambda one: not (one.isspace() or one == "\ufeff")
            case "p" | "P":
                return self._of_category(wanted=letter == "p")
        return self._same(self._letter(letter))

    def _of_category(self, *, wanted: bool) -> Test:
        end = self.source.find("}", self.at)
        name = self.source[self.at + 1 : end] if self.source.startswith("{", self.at) and end > 0 else ""
        self.at = max(self.at, end + 1)
        tests: dict[str, Test] = {
            "L": str.isalpha, "Letter": str.isalpha, "Lu": str.isupper, "Ll": str.islower, "N": str.isnumeric,
            "Nd": str.isdecimal, "Alphabetic": str.isalpha,
        }  # fmt: skip
        if name not in tests:
            raise Unsupported(f"the class {name[:20]!r}")
        return lambda one: tests[name](one) is wanted

    def _letter(self, letter: str) -> str:
        if letter in _ESCAPED:
            return _ESCAPED[letter]
        if letter not in "xu":
            return letter
        if letter == "u" and self._takes("{"):
            digits, self.at = self.source[self.at : self.source.find("}", self.at)], self.source.find("}", self.at) + 1
        else:
            digits = self.source[self.at : self.at + (2 if letter == "x" else 4)]
            self.at += len(digits)
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            raise Unsupported("a character that is none") from None

    def _set(self) -> tuple[Any, ...]:
        wanted = not self._takes("^")
        tests: list[Test] = []
        while not self._takes("]"):
            first = self._next()
            if first == "\\":
                kind = self._next()
                if kind in "dDwWsSpP":
                    tests.append(self._escaped(kind))
                    continue
                first = "\b" if kind == "b" else self._letter(kind)
            if self.source.startswith("-", self.at) and not self.source.startswith("-]", self.at):
                self.at += 1
                last = self._next()
                last = self._letter(self._next()) if last == "\\" else last
                tests.append(self._between(first, last))
            else:
                tests.append(self._same(first))
        return ("letter", lambda one: any(test(one) for test in tests) is wanted, 1 + len(tests))

    def _between(self, first: str, last: str) -> Test:
        if last < first:
            raise Unsupported("a range that runs backwards")
        if self.alike:
            return lambda one: first <= one <= last or first <= one.lower() <= last or first <= one.upper() <= last
        return lambda one: first <= one <= last


def _emit(tree: tuple[Any, ...], program: list[tuple[Any, ...]], room: _Room) -> None:
    match tree:
        case ("letter", _, _) | ("assert", _):
            room.take(1)
            program.append(tree)
        case ("sequence", parts):
            for part in parts:
                _emit(part, program, room)
        case ("either", branches):
            _emit_either(branches, program, room)
        case ("repeat", inner, least, most):
            _emit_repeat(inner, least, most, program, room)
        case (kind, inner):
            ahead: list[tuple[Any, ...]] = []
            _emit(inner, ahead, room)
            program.append(("look", (*ahead, ("end",)), kind == "ahead"))


def _emit_either(branches: list[tuple[Any, ...]], program: list[tuple[Any, ...]], room: _Room) -> None:
    room.take(len(branches) - 1)
    jumps = []
    for branch in branches[:-1]:
        split = len(program)
        program.append(())
        _emit(branch, program, room)
        jumps.append(len(program))
        program.append(())
        program[split] = ("split", split + 1, len(program))
    _emit(branches[-1], program, room)
    for jump in jumps:
        program[jump] = ("jump", len(program))


def _emit_repeat(
    inner: tuple[Any, ...], least: int, most: int | None, program: list[tuple[Any, ...]], room: _Room
) -> None:
    """Each repetition takes room, of nothing as well: what is repeated within repetitions multiplies."""
    if most is not None and most < least:
        raise Unsupported("a number of repetitions that runs backwards")
    room.take(max(least, most or 0))
    for _ in range(least):
        _emit(inner, program, room)
    if most is None:
        split = len(program)
        program.append(())
        _emit(inner, program, room)
        program.append(("jump", split))
        program[split] = ("split", split + 1, len(program))
        return
    splits = []
    for _ in range(most - least):
        splits.append(len(program))
        program.append(())
        _emit(inner, program, room)
    for split in splits:
        program[split] = ("split", split + 1, len(program))


def _found(program: tuple[tuple[Any, ...], ...], text: str, start: int, room: _Room, *, anywhere: bool) -> bool:
    current: set[int] = set()
    looked: dict[tuple[int, int], bool] = {}
    for place in range(start, len(text) + 1):
        if anywhere or place == start:
            _follow(0, place, program, text, current, looked, room)
        if len(program) - 1 in current:
            return True
        if place == len(text) or (not current and not anywhere):
            return False
        following: set[int] = set()
        for at in current:
            step = program[at]
            if step[0] != "letter":
                continue
            room.take(step[2])
            if step[1](text[place]):
                _follow(at + 1, place + 1, program, text, following, looked, room)
        current = following
    return False


def _follow(  # noqa: PLR0917
    first: int,
    place: int,
    program: tuple[tuple[Any, ...], ...],
    text: str,
    into: set[int],
    looked: dict[tuple[int, int], bool],
    room: _Room,
) -> None:
    """Every instruction that is reached without taking a letter."""
    ahead = [first]
    while ahead:
        at = ahead.pop()
        if at in into:
            continue
        into.add(at)
        room.take(1)
        match program[at]:
            case ("jump", target):
                ahead.append(target)
            case ("split", one, other):
                ahead += (one, other)
            case ("assert", kind):
                if _holds(kind, text, place):
                    ahead.append(at + 1)
            case ("look", inner, wanted):
                if (at, place) not in looked:
                    looked[at, place] = _found(inner, text, place, room, anywhere=False)
                if looked[at, place] is wanted:
                    ahead.append(at + 1)


def _holds(kind: str, text: str, place: int) -> bool:
    if kind == "^":
        return place == 0
    if kind == "$":
        return place == len(text)
    before = place > 0 and text[place - 1] in _WORD
    after = place < len(text) and text[place] in _WORD
    return (before != after) is (kind == "b")
