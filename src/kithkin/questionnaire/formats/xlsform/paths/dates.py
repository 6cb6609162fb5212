"""Functions of dates, and what is reckoned with them: there they are numbers of days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kithkin.questionnaire.formats.infix import Node, Untranslatable
from kithkin.questionnaire.formats.reckoning import apart, one_by_one
from kithkin.questionnaire.formats.xlsform.paths.pieces import Said

if TYPE_CHECKING:
    from kithkin.questionnaire.formats.xlsform.paths.paths import Paths

_FORMS = {"%Y": "year", "%m": "month", "%n": "month", "%d": "day", "%e": "day"}


def moment(paths: Paths, nodes: Sequence[Node]) -> Said:
    """A text read as a date."""
    return Said(f"getDate({paths.said(nodes[0]).text})", moment=True)


def format_date(paths: Paths, nodes: Sequence[Node]) -> Said:
    """A part of a date."""
    said, form = paths.said(nodes[0]), nodes[1].value
    if form not in _FORMS:
        raise Untranslatable(f"a date is written in a form that is not known here: {form[:20]!r}")
    return Said(f"{_FORMS[form]}({said.text})")


def reckoned(first: Said, operators: Sequence[str], rest: Sequence[Said]) -> Said:
    """Days added to a date, or taken from it; from one date to another."""
    return one_by_one(first, operators, rest, _reckoned)


def _reckoned(left: Said, operator: str, right: Said) -> Said:
    if left.moment and right.moment:
        if operator != "-":
            raise Untranslatable("it adds two dates")
        return Said(apart(left.text, right.text, "days"))
    if right.moment:
        if operator == "-":
            raise Untranslatable("it takes a date from a number")
        left, right = right, left
    if left.moment:
        amount = right.text if operator == "+" else f"0 - {right.inner}"
        return Said(f"dateAdd({left.text}, {amount}, 'days')", moment=True)
    return Said(f"{left.inner} {operator} {right.inner}", whole=False)
