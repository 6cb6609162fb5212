"""Multiple choice, recommendation, rank order, groups, regions, best and worst."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kithkin.questionnaire.formats.conditions import literal
from kithkin.questionnaire.formats.qualtrics.asked import Family
from kithkin.questionnaire.formats.qualtrics.questions.maker import Maker
from kithkin.questionnaire.formats.qualtrics.raw import Raw, is_on, listed, mapping, numbered, said, whole
from kithkin.questionnaire.formats.wording import plainly

_LISTS = {"DL": "dropdown", "SB": "dropdown", "MSB": "tagbox"}


def multiple_choice(maker: Maker) -> list[Raw]:
    """One of several, or some of several."""
    several = maker.asked.family is Family.SEVERAL
    kind = _LISTS.get(maker.asked.selector, "checkbox" if several else "radiogroup")
    found = maker.base(kind, choices=maker.choices(), **maker.drawn(), **maker.order())
    if several:
        found |= _how_many(maker)
    columns = whole(maker.configuration.get("NumColumns"))
    if maker.asked.selector in {"SAHR", "MAHR"}:
        found["colCount"] = 0
    elif maker.asked.selector in {"SACOL", "MACOL"} and columns:
        found["colCount"] = columns
    groups = mapping(maker.raw.get("ChoiceGroups"))
    if groups:
        maker.losses.approximated(f"{maker.where}/ChoiceGroups", "groups of choices", "the choices stand in one list")
    default = _default(maker, several=several)
    if default is not None:
        found["defaultValue"] = default
    return [found, *maker.written_beside()]


def _how_many(maker: Maker) -> Raw:
    if said(maker.settings.get("Type")) not in {"MinChoices", "MaxChoices", "ChoiceRange", "SelectMany"}:
        return {}
    fewest, most = maker.bounds("MinChoices", "MaxChoices")
    found = {"minSelectedChoices": fewest, "maxSelectedChoices": most}
    return {name: value for name, value in found.items() if value}


def _default(maker: Maker, *, several: bool) -> Any:
    default = mapping(maker.raw.get("DefaultChoices"))
    chosen = [
        maker.asked.values[key]
        for key, each in default.items()
        if key in maker.asked.values and (is_on(each) or is_on(mapping(each).get("Selected")))
    ]
    return chosen if several and chosen else chosen[0] if chosen else None


def recommendation(maker: Maker) -> list[Raw]:
    """How likely one recommends, from 0 to 10."""
    labels = mapping(maker.raw.get("ColumnLabels"))
    ends = [maker.part("ColumnLabels", key, mapping(labels[key])) for key in numbered(labels)]
    found = maker.base("rating", rateMin=0, rateMax=10)
    if len(ends) > 1:
        found |= {"minRateDescription": ends[0], "maxRateDescription": ends[-1]}
    return [found]


def rank_order(maker: Maker) -> list[Raw]:
    """Choices in an order."""
    found = maker.base("ranking", choices=maker.choices(), **maker.drawn(), **maker.order())
    if said(maker.settings.get("Type")) in {"MustRankMin", "MustRankMax", "MustRankRange", "RankRange", "MinMax"}:
        fewest, most = maker.bounds("MustRankMin", "MustRankMax")
        found |= {"selectToRankEnabled": True}
        found |= {k: v for k, v in {"minSelectedChoices": fewest, "maxSelectedChoices": most}.items() if v}
    return [found]


def groups(maker: Maker) -> list[Raw]:
    """Things that are put into groups: a matrix with the groups as columns."""
    texts = listed(maker.raw.get("Groups"))
    columns = [
        {"value": place, "text": maker.localised(said(text), _groups_in(maker, place))}
        for place, text in enumerate(texts)
    ]
    reason = "a matrix with the groups as columns; the order within a group is not asked"
    maker.losses.approximated(maker.where, maker.asked.what, reason)
    return [maker.base("matrix", rows=maker.choices(values=False), columns=columns, **maker.order(rows=True))]


def _groups_in(maker: Maker, place: int) -> Iterator[tuple[str, str]]:
    for code, translation in maker.languages:
        named = listed(translation.get("Groups"))
        yield code, said(named[place]) if place < len(named) else ""


def regions(maker: Maker) -> list[Raw]:
    """Regions of a picture: their names as choices."""
    maker.losses.approximated(
        maker.where, maker.asked.what, "the names of the regions are choices; the picture is not in the file"
    )
    if maker.asked.columns and maker.asked.selector != "OnOff":
        return [maker.base("matrix", rows=maker.choices(values=False), columns=maker.answers())]
    return [maker.base("checkbox", choices=maker.choices())]


def best_and_worst(maker: Maker) -> list[Raw]:
    """The best and the worst of one set."""
    ends = [item["text"] for item in maker.answers()]
    choices = maker.choices()
    found = maker.base("maxdiff", choices=choices, setSize=max(2, len(choices)), setCount=1)
    if len(ends) > 1:
        found |= {"bestText": ends[0], "worstText": ends[-1]}
    return [found]


def drill_down(maker: Maker) -> list[Raw]:
    """A list that is drilled down into: a list per level, each with what lies under the choice above it."""
    levels = [maker.part("Choices", key, mapping(each)) for key, each in mapping(maker.raw.get("Choices")).items()]
    paths = [
        tuple(step.strip() for step in plainly(said(mapping(each).get("Display"))).split("~"))
        for each in listed(maker.raw.get("Answers"))
    ]
    depth = min(max((len(path) for path in paths), default=0), 8)
    maker.losses.approximated(maker.where, maker.asked.what, "a list per level, the texts being the values")
    made = []
    for level in range(depth):
        name = maker.book.part(maker.name, str(level + 1))
        above = maker.book.part(maker.name, str(level)) if level else ""
        made.append({**maker.base("dropdown", choices=_under(paths, level, above)), "name": name})
        if level < len(levels) and level:
            made[-1]["title"] = levels[level]
    return made


def _under(paths: list[tuple[str, ...]], level: int, above: str) -> list[Raw]:
    from_above: dict[str, dict[str, None]] = {}
    for path in paths:
        if len(path) > level and path[level]:
            from_above.setdefault(path[level], {})[path[level - 1] if level else ""] = None
    found = []
    for text, parents in from_above.items():
        item: Raw = {"value": text}
        if above:
            item["visibleIf"] = f"{{{above}}} anyof {literal(list(parents))}"
        found.append(item)
    return found


def graphic_slider(maker: Maker) -> list[Raw]:
    """A point on a drawn scale: its points as choices."""
    maker.losses.approximated(maker.where, maker.asked.what, "the points are choices; the drawing is not in the file")
    return [maker.base("radiogroup", choices=maker.choices())]
