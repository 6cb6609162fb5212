"""Which figures a file holds, as somebody writes it: one a line, what is said of it parted by bars.

saf_t_11 = Safety, teachers | n N_t | kin
revenue = Revenue | € | part revenue
calls | less is better
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from kithkin.directory.models import Side
from kithkin.insights.imports.plans import FigurePlan
from kithkin.insights.models import OutcomeStage
from kithkin.platform.text import fold

MOST = 500
LONGEST_NAME = 120
_N = re.compile(r"n\s*[=:]?\s+(.+)|n\s*[=:]\s*(.+)", re.IGNORECASE)
_STAGE = re.compile(r"(?:part|place|teil)\s*[=:]?\s+(.+)", re.IGNORECASE)
_SIDES = {
    "kin": Side.KIN, "inside": Side.KIN, "innen": Side.KIN,
    "kith": Side.KITH, "outside": Side.KITH, "aussen": Side.KITH,
}  # fmt: skip
_LESS = ("less is better", "weniger ist besser")


class BadFigures(Exception):
    """A line cannot be understood; the message says which and how it is written."""


def typed(text: str, columns: Sequence[str] | None) -> tuple[FigurePlan, ...]:
    """What was typed. Of a file with a column for each figure those are `columns`; of a long one they are words."""
    known = None if columns is None else {column.casefold(): column for column in columns}
    of_file = {column.casefold(): column for column in columns or ()}
    found: dict[str, FigurePlan] = {}
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    for number, line in lines:
        if not line or line.startswith("#"):
            continue
        one = _line(line, number, of_file if known is not None else None)
        if fold(one.name) in found:
            raise BadFigures(_("Line %(line)s: “%(name)s” is said twice.") % {"line": number, "name": one.name})
        found[fold(one.name)] = one
        if len(found) > MOST:
            raise BadFigures(_("These are more than %(most)s figures. Bring them in by two files.") % {"most": MOST})
    return tuple(found.values())


def written(figures: Iterable[FigurePlan]) -> str:
    """The same as text."""
    lines = []
    for one in figures:
        parts = [one.column if one.name == one.column else f"{one.column} = {one.name}"]
        parts += [f"n {one.n}"] if one.n else []
        parts += [one.side] if one.side else []
        parts += [f"part {one.stage}"] if one.stage else []
        parts += [one.measured_in] if one.measured_in else []
        parts += [_LESS[0]] if not one.more_is_better else []
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def _line(line: str, number: int, columns: dict[str, str] | None) -> FigurePlan:
    head, *rest = (part.strip() for part in line.split("|"))
    column, _equals, name = (part.strip() for part in head.partition("="))
    if columns is not None:
        if column.casefold() not in columns:
            raise BadFigures(_unknown(column, number))
        column = columns[column.casefold()]
    name = name or column
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        said = _("Line %(line)s: a figure is named by 1 to %(most)s printable letters.")
        raise BadFigures(said % {"line": number, "most": LONGEST_NAME})
    said_of: dict[str, object] = {}
    for part in filter(None, rest):
        said_of |= _part(part, number, columns)
    return FigurePlan(column=column, name=name, **said_of)  # type: ignore[arg-type]


def _part(part: str, number: int, columns: dict[str, str] | None) -> dict[str, object]:
    folded = fold(part)
    if folded in _SIDES:
        return {"side": _SIDES[folded].value}
    if folded in _LESS:
        return {"more_is_better": False}
    if stage := _STAGE.fullmatch(part):
        return {"stage": _stage(stage[1], number)}
    if column := _N.fullmatch(part):
        wanted = (column[1] or column[2]).strip()
        if columns is None:
            said = _("Line %(line)s: of how many is said by a column of its own here, see below.")
            raise BadFigures(said % {"line": number})
        if wanted.casefold() not in columns:
            raise BadFigures(_unknown(wanted, number))
        return {"n": columns[wanted.casefold()]}
    if len(part) > 40 or not part.isprintable():
        said = _("Line %(line)s: “%(part)s” is not understood. There are: n COLUMN, kin, kith, part STAGE, €.")
        raise BadFigures(said % {"line": number, "part": part[:60]})
    return {"measured_in": part}


def _stage(text: str, number: int) -> str:
    names = {fold(str(name)): value for value, label in OutcomeStage.choices for name in (value, label)}
    if fold(text) not in names:
        said = _("Line %(line)s: “%(part)s” is no part of the chain. There are: %(known)s.")
        raise BadFigures(said % {"line": number, "part": text[:60], "known": ", ".join(OutcomeStage.values)})
    return str(names[fold(text)])


def _unknown(column: str, number: int) -> str:
    said = _("Line %(line)s: the file has no column “%(column)s”.")
    return said % {"line": number, "column": column[:60]}
