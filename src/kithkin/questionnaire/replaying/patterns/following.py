"""Follows every way through a program at once, letter by letter."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.replaying.patterns.reading import WORD
from kithkin.questionnaire.replaying.patterns.room import Room


def found(program: tuple[tuple[Any, ...], ...], text: str, start: int, room: Room, *, anywhere: bool) -> bool:
    """Whether a program comes to its end from a place in a text, or from any place behind it."""
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
    room: Room,
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
                    looked[at, place] = found(inner, text, place, room, anywhere=False)
                if looked[at, place] is wanted:
                    ahead.append(at + 1)


def _holds(kind: str, text: str, place: int) -> bool:
    if kind == "^":
        return place == 0
    if kind == "$":
        return place == len(text)
    before = place > 0 and text[place - 1] in WORD
    after = place < len(text) and text[place] in WORD
    return (before != after) is (kind == "b")
