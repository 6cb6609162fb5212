"""Makes of a tree the instructions that are followed."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.replaying.patterns.room import Room, Unsupported


def emit(tree: tuple[Any, ...], program: list[tuple[Any, ...]], room: Room) -> None:
    """Add the instructions of a tree to a program."""
    match tree:
        case ("letter", _, _) | ("assert", _):
            room.take(1)
            program.append(tree)
        case ("sequence", parts):
            for part in parts:
                emit(part, program, room)
        case ("either", branches):
            _emit_either(branches, program, room)
        case ("repeat", inner, least, most):
            _emit_repeat(inner, least, most, program, room)
        case (kind, inner):
            ahead: list[tuple[Any, ...]] = []
            emit(inner, ahead, room)
            program.append(("look", (*ahead, ("end",)), kind == "ahead"))


def _emit_either(branches: list[tuple[Any, ...]], program: list[tuple[Any, ...]], room: Room) -> None:
    room.take(len(branches) - 1)
    jumps = []
    for branch in branches[:-1]:
        split = len(program)
        program.append(())
        emit(branch, program, room)
        jumps.append(len(program))
        program.append(())
        program[split] = ("split", split + 1, len(program))
    emit(branches[-1], program, room)
    for jump in jumps:
        program[jump] = ("jump", len(program))


def _emit_repeat(
    inner: tuple[Any, ...], least: int, most: int | None, program: list[tuple[Any, ...]], room: Room
) -> None:
    """Each repetition takes room, of nothing as well: what is repeated within repetitions multiplies."""
    if most is not None and most < least:
        raise Unsupported("a number of repetitions that runs backwards")
    room.take(max(least, most or 0))
    for _ in range(least):
        emit(inner, program, room)
    if most is None:
        split = len(program)
        program.append(())
        emit(inner, program, room)
        program.append(("jump", split))
        program[split] = ("split", split + 1, len(program))
        return
    splits = []
    for _ in range(most - least):
        splits.append(len(program))
        program.append(())
        emit(inner, program, room)
    for split in splits:
        program[split] = ("split", split + 1, len(program))
