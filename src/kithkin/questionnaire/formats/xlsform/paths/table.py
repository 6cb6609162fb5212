"""Every function of a form, and what makes it ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kithkin.questionnaire.formats.infix import Node
from kithkin.questionnaire.formats.xlsform.paths import choices, dates, numbers, repeats, texts
from kithkin.questionnaire.formats.xlsform.paths.pieces import Said

if TYPE_CHECKING:
    from kithkin.questionnaire.formats.xlsform.paths.paths import Paths

Make = Callable[["Paths", Sequence[Node]], Said]
_MANY = 100
FUNCTIONS: dict[str, tuple[int, int, Make]] = {
    "selected": (2, 2, choices.selected),
    "count-selected": (1, 1, choices.count_selected),
    "selected-at": (2, 2, choices.selected_at),
    "jr:choice-name": (2, 2, choices.choice_name),
    "if": (3, 3, choices.if_),
    "coalesce": (2, 2, choices.coalesce),
    "not": (1, 1, choices.not_),
    "true": (0, 0, choices.constant("true")),
    "false": (0, 0, choices.constant("false")),
    "today": (0, 0, choices.constant("today()", moment=True)),
    "now": (0, 0, choices.constant("currentDate()", moment=True)),
    "date": (1, 1, dates.moment),
    "date-time": (1, 1, dates.moment),
    "format-date": (2, 2, dates.format_date),
    "int": (1, 1, numbers.plain("trunc")),
    "round": (1, 2, numbers.plain("round")),
    "number": (1, 1, numbers.as_it_is),
    "string": (1, 1, texts.joined),
    "boolean": (1, 1, numbers.as_it_is),
    "abs": (1, 1, numbers.absolute),
    "floor": (1, 1, numbers.floor),
    "ceiling": (1, 1, numbers.ceiling),
    "pow": (2, 2, numbers.power),
    "sqrt": (1, 1, numbers.root),
    "pi": (0, 0, choices.constant("3.141592653589793")),
    "sum": (1, 1, repeats.over("sum", "sumInArray")),
    "min": (1, _MANY, repeats.over("min", "minInArray")),
    "max": (1, _MANY, repeats.over("max", "maxInArray")),
    "count": (1, 1, repeats.count),
    "count-non-empty": (1, 1, repeats.over("count", "countInArray")),
    "string-length": (1, 1, texts.length),
    "substr": (2, 3, texts.piece),
    "concat": (1, _MANY, texts.joined),
    "contains": (2, 2, texts.contains),
    "starts-with": (2, 2, texts.starts_with),
    "position": (1, 1, repeats.position),
    "indexed-repeat": (3, 3, repeats.indexed),
    "regex": (2, 2, texts.pattern),
}
