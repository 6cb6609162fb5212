"""By what a score can be cut: time, place in the organisation, touchpoint, relation, and answers to choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

import pandas as pd
from django.utils.translation import gettext as _

from kithkin.directory.models import ServiceLink, Side, Touchpoint, UnitKind
from kithkin.directory.queries.relations import name_for_all
from kithkin.forms.models import FieldKind
from kithkin.insights.asking.errors import CannotAnswer
from kithkin.insights.asking.months import quarter, year
from kithkin.insights.asking.places import Places
from kithkin.insights.wording import month_name
from kithkin.surveys.models import Program

UNIT = "unit"


class Role(Enum):
    """What a dimension is about; pages draw time as a line and places as a tree."""

    TIME = "time"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True)
class Dimension:
    """One way to cut. `columns` are read from the warehouse; `members(frame)` is the key of each of its rows' group.

    `label(key)` names a member. A raw dimension is a column as it stands, so the engine itself can filter by it.
    """

    key: str
    title: str
    role: Role
    columns: tuple[str, ...]
    members: Callable[[pd.DataFrame], pd.Series]
    label: Callable[[str], str]
    names: Mapping[str, str] = field(default_factory=dict)
    raw: bool = False
    next: str = ""
    """Where drilling down leads."""


def dimensions_of(program: Program, places: Places | None = None) -> dict[str, Dimension]:
    """All that this program can be cut by, in the order of the menu; what a floored one may be is locked in it."""
    places = places or Places()
    found = [*_times(), *_places(places), *_waves(program), *_outside(program), *_choices(program)]
    return {one.key: one for one in found}


def known(key: str, dimensions: Mapping[str, Dimension]) -> Dimension:
    """The dimension of that name. Raises CannotAnswer where the program has none."""
    found = dimensions.get(key)
    if found is None:
        raise CannotAnswer(_("This program cannot be cut by “%(key)s”.") % {"key": key[:60]})
    return found


def _times() -> list[Dimension]:
    return [
        Dimension("month", _("month"), Role.TIME, ("month",), lambda frame: frame["month"], month_name, raw=True),
        Dimension("quarter", _("quarter"), Role.TIME, ("month",), lambda frame: frame["month"].map(quarter), str),
        Dimension("year", _("year"), Role.TIME, ("month",), lambda frame: frame["month"].map(year), str),
    ]


def _places(places: Places) -> list[Dimension]:
    kinds = [UnitKind.DIVISION, UnitKind.DEPARTMENT, UnitKind.SITE, UnitKind.TEAM]
    following = {str(kind): f"unit-{after}" for kind, after in pairwise(kinds)}
    names: dict[str, str] = {}

    def of_kind(kind: str) -> Callable[[pd.DataFrame], pd.Series]:
        def members(frame: pd.DataFrame) -> pd.Series:
            return _mapped(frame, lambda unit, month: _node(places, names, unit, month, kind))

        return members

    def itself(frame: pd.DataFrame) -> pd.Series:
        return _mapped(frame, lambda unit, month: _named(names, unit, places.name(unit, month)))

    def label(key: str) -> str:
        return names.get(key, key) if key else _("elsewhere")

    levels = [
        Dimension(
            f"unit-{kind}", str(kind.label), Role.PLACE, ("unit", "month"), of_kind(str(kind)), label,
            next=following.get(str(kind), UNIT),
        )
        for kind in kinds
    ]  # fmt: skip
    return [*levels, Dimension(UNIT, _("unit"), Role.PLACE, ("unit", "month"), itself, label)]


def _named(names: dict[str, str], unit: int, name: str) -> str:
    names[str(unit)] = name
    return str(unit)


def _node(places: Places, names: dict[str, str], unit: int, month: str, kind: str) -> str:
    node = places.above(unit, month, kind)
    return "" if node is None else _named(names, node.id, node.name)


def _mapped(frame: pd.DataFrame, of: Callable[[int, str], str]) -> pd.Series:
    """Each row's member, worked out once per unit and month."""
    pairs = frame[["unit", "month"]].drop_duplicates()
    known = {
        (unit, month): "" if pd.isna(unit) else of(int(unit), month)
        for unit, month in pairs.itertuples(index=False, name=None)
        if not pd.isna(unit)
    }
    return pd.Series(
        [known.get(pair, "") for pair in zip(frame["unit"], frame["month"], strict=True)],
        index=frame.index,
        dtype=object,
    )


def member_of(value: object) -> str:
    """A value of a column as the key of a member; "" where it is missing."""
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 (not a number)
        return ""
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(int(value))  # type: ignore[call-overload]


def _column(key: str, title: str, names: Mapping[str, str]) -> Dimension:
    def members(frame: pd.DataFrame) -> pd.Series:
        return frame[key].map(member_of)

    def label(member: str) -> str:
        return names.get(member, member) if member else _("not known")

    return Dimension(key, title, Role.OTHER, (key,), members, label, names, raw=True)


def _waves(program: Program) -> list[Dimension]:
    names = {str(pk): name for pk, name in program.waves.values_list("pk", "name")}
    return [_column("wave", _("wave"), names)] if names else []


def _outside(program: Program) -> list[Dimension]:
    found = []
    if program.side == Side.KITH:
        touchpoints = {str(pk): name for pk, name in Touchpoint.objects.values_list("pk", "name")}
        found += [_column("touchpoint", _("touchpoint"), touchpoints)] if touchpoints else []
    else:
        links = ServiceLink.objects.select_related(
            "provider_unit", "provider_partner", "receiver_unit", "receiver_partner", "receiver_person",
            "receiver_audience", "service", "touchpoint",
        )  # fmt: skip
        names = {str(link.pk): name_for_all(link) for link in links}
        found += [_column("link", _("relation"), names)] if names else []
    return found


def _choices(program: Program) -> list[Dimension]:
    fields = program.questionnaire.fields.filter(kind__in=(FieldKind.CHOICE, FieldKind.TRUTH))
    return [_column(one.column, one.title, {str(value): str(text) for value, text in one.choices}) for one in fields]
