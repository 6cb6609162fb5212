"""Groups as rows of a table, and as a map of heat."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.insights import wording
from kithkin.insights.asking import Answer, Group, Question, State
from kithkin.insights.asking.dimensions import UNIT, Dimension, Role

STEPS = 4
"""So many shades to either side of the middle."""


@dataclass(frozen=True)
class GroupRow:
    """One group in words; `url` is the query of the address that shows what it is made of."""

    label: str
    value: str
    interval: str
    n: int | None
    change: str
    changed: bool
    rose: bool
    differs: bool
    reason: str
    state: str
    url: str

    @classmethod
    def of(cls, group: Group, answer: Answer, question: Question | None) -> GroupRow:
        """A group of an answer."""
        value = interval = ""
        if group.estimate is not None:
            figure = wording.Figure.of(group.estimate)
            value, interval = (
                figure.value(group.estimate.value),
                figure.interval(group.estimate.low, group.estimate.high),
            )
        elif group.range is not None:
            value = wording.Figure(1.0, 1, "").interval(*group.range)
        return cls(
            label=group.label,
            value=value,
            interval=interval,
            n=group.n,
            change=wording.difference(group.change) if group.change is not None else "",
            changed=group.changed,
            rose=group.change is not None and group.change.value > 0,
            differs=answer.differing.get(group.members, False),
            reason=group.reason,
            state=group.state.value,
            url=deeper(group, answer.by, question).address
            if question is not None and _leads_on(group, answer.by)
            else "",
        )


def _leads_on(group: Group, by: tuple[Dimension, ...]) -> bool:
    """Whether an address can name the group: one that stands for "not known" or "elsewhere" it would leave out."""
    named = [member for one, member in zip(by, group.members, strict=False) if one.role is not Role.TIME]
    return bool(group.members) and all(named)


def rows_of(answer: Answer) -> list[GroupRow]:
    """Every group."""
    return [GroupRow.of(group, answer, answer.question) for group in answer.groups]


def deeper(group: Group, by: tuple[Dimension, ...], question: Question) -> Question:
    """The question about this group alone, cut one level finer."""
    found, following = question, []
    for dimension, member in zip(by, group.members, strict=False):
        if dimension.role is Role.TIME:
            continue
        found = found.within(UNIT if dimension.role is Role.PLACE else dimension.key, member)
        if dimension.next:
            following.append(dimension.next)
    return found.but(by=tuple(following) or ("month",))


@dataclass(frozen=True)
class HeatCell:
    """One field of the map: its words, and its shade from −4 (low) to 4 (high), None where nothing is shown."""

    value: str
    title: str
    shade: int | None
    url: str


@dataclass(frozen=True)
class Heat:
    """Rows × columns of cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell | None, ...]], ...]


def heat_of(answer: Answer) -> Heat | None:
    """Two dimensions as a map: the second, or time, runs to the right. None for one dimension."""
    if len(answer.by) != 2:
        return None
    across = 0 if answer.by[0].role is Role.TIME else 1
    down = 1 - across
    columns = _members(answer, across, across=True)
    rows = _members(answer, down)
    spread = _spread(answer)
    cells = {(group.members[down], group.members[across]): _cell(group, answer, spread) for group in answer.groups}
    return Heat(
        tuple(columns.values()),
        tuple((label, tuple(cells.get((row, column)) for column in columns)) for row, label in rows.items()),
    )


def _members(answer: Answer, place: int, *, across: bool = False) -> dict[str, str]:
    found = {group.members[place]: group.labels[place] for group in answer.groups}
    in_time = answer.by[place].role is Role.TIME
    if in_time and across:
        found = {
            member: wording.short_month(member) if answer.by[place].key == "month" else label
            for member, label in found.items()
        }
    return dict(sorted(found.items(), key=lambda item: item[0] if in_time else item[1]))


def _spread(answer: Answer) -> tuple[float, float]:
    """The middle of the shades and the width of one step."""
    values = sorted(group.estimate.value for group in answer.groups if group.estimate is not None)
    if not values:
        return 0.0, 1.0
    middle = answer.overall.estimate.value if answer.overall.estimate is not None else values[len(values) // 2]
    far = max(abs(values[0] - middle), abs(values[-1] - middle))
    return middle, far / STEPS or 1.0


def _cell(group: Group, answer: Answer, spread: tuple[float, float]) -> HeatCell:
    row = GroupRow.of(group, answer, answer.question)
    if group.estimate is None:
        shown = "·" if group.state is State.HIDDEN else row.value
        return HeatCell(shown, f"{group.label}: {group.reason}", None, row.url)
    shade = round((group.estimate.value - spread[0]) / spread[1])
    return HeatCell(row.value, f"{row.interval}, n = {group.n}", shade, row.url)
