"""Reads a pattern as a tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kithkin.questionnaire.replaying.patterns.room import Unsupported

DEEPEST = 40
Test = Callable[[str], bool]
_DIGITS = frozenset("0123456789")
WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}


class Reader:
    """Reads one pattern. Raises Unsupported."""

    def __init__(self, source: str, *, alike: bool) -> None:
        self.source, self.at, self.alike, self.depth = source, 0, alike, 0

    def whole(self) -> tuple[Any, ...]:
        """The tree of the whole pattern."""
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
                return WORD.__contains__
            case "W":
                return lambda one: one not in WORD
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
