"""Reads choices, rows, columns and points of a scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kithkin.questionnaire.errors import Malformed, TooLarge
from kithkin.questionnaire.model.choices import Choice, Choices, Role
from kithkin.questionnaire.model.text import DEFAULT, Localised
from kithkin.questionnaire.reading.props import Props
from kithkin.questionnaire.source import kind_of
from kithkin.questionnaire.vocabulary import ITEM

MOST_POINTS = 1_000
_SPECIAL = (  # role, the flags that ask for it, its text's property, its value, its text in English and German
    (Role.NONE, ("showNoneItem", "hasNone"), "noneText", "none", ("None", "Keine davon")),
    (Role.REFUSE, ("showRefuseItem",), "refuseText", "refused", ("Refuse to answer", "Möchte nicht antworten")),
    (Role.DONT_KNOW, ("showDontKnowItem",), "dontKnowText", "dontknow", ("Don't know", "Weiß nicht")),
    (Role.OTHER, ("showOtherItem", "hasOther"), "otherText", "other", ("Other (describe)", "Anderes (bitte nennen)")),
)

_WITHOUT = dict.fromkeys(("ranking", "imagepicker", "maxdiff"), frozenset(Role)) | {
    "buttongroup": frozenset({Role.OTHER})
}
"""What types of question have no special choices, even where they are asked for."""


def items(props: Props, *names: str) -> tuple[Choice, ...]:
    """Values, or objects with `value` and `text`."""
    return tuple(_item(raw, where, props) for raw, where in props.listed(*names))


def choices(props: Props, *, alone: bool) -> Choices:
    """All that a question with choices says about them. `alone`: the special ones can be chosen with no other."""
    return Choices(
        ordinary=items(props, "choices"),
        special=tuple(_specials(props, alone=alone)),
        from_question=props.text("choicesFromQuestion") or None,
        from_mode=props.word("choicesFromQuestionMode", ("all", "selected", "unselected"), "all"),
        from_values=props.text("choiceValuesFromQuestion") or None,
        from_texts=props.text("choiceTextsFromQuestion") or None,
        order=props.word("choicesOrder", ("none", "asc", "desc", "random"), "none"),
        visible_if=props.expression("choicesVisibleIf"),
        enable_if=props.expression("choicesEnableIf"),
        open=bool(props.value("choicesByUrl")) or props.flag("allowCustomChoices"),
        hide_empty=props.flag("hideIfChoicesEmpty"),
        select_all=props.flag("showSelectAllItem", "hasSelectAll"),
        other_text=props.localised("otherErrorText"),
    )


def rows(props: Props) -> Choices:
    """The rows of a matrix."""
    order = props.value("rowsOrder", "rowOrder", default="initial")
    return Choices(
        ordinary=items(props, "rows"),
        order="random" if order == "random" else "none",
        visible_if=props.expression("rowsVisibleIf"),
        hide_empty=props.flag("hideIfRowsEmpty"),
    )


def columns(props: Props) -> Choices:
    """The columns of a simple matrix: what can be chosen in each row."""
    return Choices(ordinary=items(props, "columns"), visible_if=props.expression("columnsVisibleIf"))


def points(props: Props, count: Callable[[int], None]) -> Choices:
    """The points of a scale: listed, or counted from the first to the last, which comes first where both are said.

    Those that are not listed are told to `count`, which refuses too many.
    """
    listed = items(props, "rateValues")
    if listed and not props.flag("autoGenerate"):
        return Choices(ordinary=listed)
    step = props.number("rateStep") or 1
    first, last = _ends(props, step)
    if step <= 0 or last < first:
        raise Malformed(
            props.where, "A scale that has no points.", "Let rateMax be above rateMin and rateStep positive."
        )
    if (last - first) / step >= MOST_POINTS:
        raise TooLarge(props.where, f"A scale of more than {MOST_POINTS} points.", "Take a number or a slider instead.")
    total = int((last - first) / step + 1e-9) + 1
    count(total)
    return Choices(ordinary=tuple(Choice(props.where, _tidy(first + step * place)) for place in range(total)))


def _ends(props: Props, step: float) -> tuple[float, float]:
    """The first and the last point: 1 and 5, or so many points from the one that is said."""
    first, last, count = props.number("rateMin"), props.number("rateMax"), props.whole("rateCount", default=0)
    if first is None:
        first = last - step * (count - 1) if last is not None and count > 0 else 1
    if last is None:
        last = first + step * (count - 1) if count > 0 else 5 if first < 5 else first + step * 4
    return first, last


def _tidy(number: float) -> float:
    rounded = round(number, 9)
    return int(rounded) if rounded == int(rounded) else rounded


def _item(raw: Any, where: str, props: Props) -> Choice:
    if isinstance(raw, str | int | float | bool):
        return _written(raw, where)
    if not isinstance(raw, Mapping):
        raise Malformed(
            where, f"This is {kind_of(raw)}.", "A value, or an object with `value` and `text`, belongs here."
        )
    item = Props(raw, where, props.kept)
    item.know(ITEM, "a choice")
    value = item.value("value")
    if value is not None and not isinstance(value, str | int | float | bool):
        raise Malformed(f"{where}/value", f"This is {kind_of(value)}.", "A text or a number belongs here.")
    return Choice(
        where,
        value,
        item.localised("text"),
        item.expression("visibleIf"),
        item.expression("enableIf"),
        item.flag("isExclusive"),
        score=item.number("score"),
    )


def _written(raw: Any, where: str) -> Choice:
    """A bare value; `value|text` is SurveyJS's short form of both."""
    if isinstance(raw, str) and "|" in raw:
        value, _, text = raw.partition("|")
        return Choice(where, value, Localised({DEFAULT: text}))
    return Choice(where, raw)


def _specials(props: Props, *, alone: bool) -> list[Choice]:
    found = []
    without = _WITHOUT.get(props.text("type"), frozenset())
    for role, flags, text, value, (english, german) in _SPECIAL:
        if role not in without and props.flag(*flags):
            said = props.localised(text) or Localised({DEFAULT: english, "en": english, "de": german})
            found.append(Choice(props.where, value, said, exclusive=alone and role is not Role.OTHER, role=role))
    return found
