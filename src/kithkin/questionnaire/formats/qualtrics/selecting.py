"""What it means, for each kind of question, that a choice, a cell or an item of it is selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from kithkin.questionnaire.formats.conditions import NEVER, answer, any_of, compared
from kithkin.questionnaire.formats.qualtrics.asked import Asked, Family
from kithkin.questionnaire.formats.qualtrics.raw import mapping, number, said

MOST_ROWS = 2_048
"""Rows of which an expression can speak at once: of more it would be too long, however short their names are."""


class Untranslatable(Exception):
    """A term that has no expression; its argument says why."""


class Terms(Protocol):
    """What is asked of the translation of conditions."""

    def drawn_values(self, asked: Asked) -> dict[str, Any]:
        """The values of the choices that a question takes from another."""

    def item(self, asked: Asked, name: str, key: str) -> str:
        """The name of the question that asks for one item."""

    def path(self, asked: Asked, name: str, selector: str, args: list[str], sub: str = "") -> str:
        """The answer, or the part of it, that a place means."""


def column_name(*parts: str) -> str:
    """How a column of cells is called: by the number of its answer."""
    return "c" + "_".join(parts)


def _one(logic: Terms, asked: Asked, name: str, args: list[str], sub: str) -> str:  # noqa: ARG001
    return compared(answer(name), "=", _value(logic, asked, args))


def _several(logic: Terms, asked: Asked, name: str, args: list[str], sub: str) -> str:  # noqa: ARG001
    return compared(answer(name), "contains", _value(logic, asked, args))


def _value(logic: Terms, asked: Asked, args: list[str]) -> Any:
    key = args[-1] if args else ""
    carried = asked.is_drawn_from and key.startswith("x")
    values = logic.drawn_values(asked) if carried else asked.values
    key = key.removeprefix("x") if carried else key
    if key not in values:
        raise Untranslatable("it speaks of a choice that its question does not have")
    return values[key]


def _cell(operator: str) -> Callable[[Terms, Asked, str, list[str], str], str]:
    def found(logic: Terms, asked: Asked, name: str, args: list[str], sub: str) -> str:  # noqa: ARG001
        if len(args) == 1:
            return f"{answer(name, asked.keys.get(args[0], args[0]))} notempty"
        if len(args) < 2 or args[1] not in asked.columns:
            raise Untranslatable("it speaks of a cell that its question does not have")
        rows = [args[0]] if args[0] else list(asked.keys)
        if len(rows) > MOST_ROWS:
            raise Untranslatable(f"it speaks of more than {MOST_ROWS:,} rows")
        cells = [compared(answer(name, asked.keys.get(row, row)), operator, asked.columns[args[1]]) for row in rows]
        return any_of(cells) or NEVER

    return found


def _side(logic: Terms, asked: Asked, name: str, args: list[str], sub: str) -> str:  # noqa: ARG001
    if len(args) < 2:
        raise Untranslatable("it speaks of a cell that its question does not have")
    path = answer(name, asked.keys.get(args[0], args[0]), column_name(sub or "1"))
    inner = mapping(mapping(asked.raw.get("AdditionalQuestions")).get(sub or "1"))
    code = mapping(inner.get("RecodeValues")).get(args[1], args[1])
    spelled = number(code)
    value = said(code) if spelled is None else spelled
    several = "MultipleAnswer" in said(inner.get("SubSelector"))
    return compared(path, "contains" if several else "=", value)


def _profile(logic: Terms, asked: Asked, name: str, args: list[str], sub: str) -> str:  # noqa: ARG001
    if len(args) < 2:
        raise Untranslatable("it speaks of a cell that its question does not have")
    spelled = number(args[1])
    return compared(answer(logic.item(asked, name, args[0])), "=", args[1] if spelled is None else spelled)


def _group(logic: Terms, asked: Asked, name: str, args: list[str], sub: str) -> str:  # noqa: ARG001
    if len(args) < 2:
        raise Untranslatable("it does not say into which group")
    spelled = number(args[1])
    return compared(answer(name, asked.keys.get(args[0], args[0])), "=", args[1] if spelled is None else spelled)


def _filled(logic: Terms, asked: Asked, name: str, args: list[str], sub: str) -> str:
    return f"{logic.path(asked, name, 'SelectableChoice', args, sub)} notempty"


SELECTED: dict[Family, Callable[[Terms, Asked, str, list[str], str], str]] = {
    Family.ONE: _one, Family.NPS: _one, Family.SEVERAL: _several, Family.RANK: _several, Family.REGIONS: _several,
    Family.MATRIX_ONE: _cell("="), Family.MATRIX_SEVERAL: _cell("contains"), Family.SIDE_BY_SIDE: _side,
    Family.PROFILE: _profile, Family.GROUPS: _group, Family.MATRIX_TEXT: _filled, Family.FORM: _filled,
    Family.SLIDERS: _filled, Family.STARS: _filled, Family.SUM: _filled, Family.NUMBERS: _filled,
}  # fmt: skip
