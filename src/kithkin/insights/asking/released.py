"""Floored programs: answers are put together from released cells, and from nothing else.

A group over several periods is the sum of its cells; where one of them is hidden the sum is hidden, since whoever knew
the others could take them off. Only n and the mean of a cell are released, so an interval is the widest they allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
from django.utils.translation import gettext as _

from kithkin.analysis.metrics import Metric, csat_from_counts, widest_from_mean
from kithkin.analysis.results import Estimate
from kithkin.directory.organisation.tree import Tree
from kithkin.forms.models import Field
from kithkin.insights.asking.against import against_the_rest
from kithkin.insights.asking.answers import Group, State
from kithkin.insights.asking.choosing import field_of
from kithkin.insights.asking.dimensions import UNIT, Dimension, Role
from kithkin.insights.asking.errors import CannotAnswer
from kithkin.insights.asking.lattice import PLACE
from kithkin.insights.asking.metric import metric_of, scale_of
from kithkin.insights.asking.months import Span, month_of
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.insights.asking.told import Figures, Told, told
from kithkin.insights.models import Release
from kithkin.platform.access import Reach
from kithkin.platform.asked import as_id
from kithkin.surveys.models import Program

WAVE = "wave-"


@dataclass
class _Sum:
    """Released cells of one group, added up."""

    n: int = 0
    low: float = 0.0
    high: float = 0.0
    hidden: bool = False
    labels: tuple[str, ...] = ()
    periods: set[str] = field(default_factory=set)
    hidden_in: set[str] = field(default_factory=set)
    """Each of these is seen to be hidden when it is asked for alone, so how many they are may be told."""

    @property
    def is_exact(self) -> bool:
        """Whether all of it may be shown as one figure."""
        return not self.hidden and self.low == self.high

    def add(self, figures: Figures, period: str) -> None:
        self.periods.add(period)
        if figures is None:
            self.hidden = True
            self.hidden_in.add(period)
            return
        n, low, high = figures
        self.n += n
        self.low += low
        self.high += high


@dataclass(frozen=True)
class Period:
    """One released table with the month that it belongs to."""

    month: str
    wave: str
    table: Told


@dataclass(frozen=True)
class Released:
    """What was released of one score of a program, as far as the reader's part goes."""

    score: Field
    dimensions: Mapping[str, Dimension]
    periods: tuple[Period, ...]
    places: Places
    over: Reach
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, question: Question, program: Program, dimensions: Mapping[str, Dimension], places: Places, over: Reach
    ) -> Released:
        """The newest release of each period. Raises CannotAnswer for what was not locked at launch."""
        score = field_of(program, question.score)
        allowed = _allowed(program, dimensions)
        for key in (*question.by, *question.where):
            if key not in allowed:
                raise CannotAnswer(_refusal(program, allowed))
        if sum(allowed[key].role is Role.PLACE for key in question.by) > 1:
            raise CannotAnswer(_("Two levels of the organisation cannot be crossed: choose one of them."))
        releases = Release.objects.filter(program=program, score=score.column).order_by("period", "number")
        latest = {period: (pk, at) for period, pk, at in releases.values_list("period", "pk", "made_at")}
        tables = told(latest.values())
        waves = {f"{WAVE}{wave.pk}": wave for wave in program.waves.all()}
        periods = tuple(
            Period(
                month=period if period not in waves else month_of(waves[period].last_day),
                wave=str(waves[period].pk) if period in waves else "",
                table=tables[pk],
            )
            for period, (pk, _at) in latest.items()
        )
        return cls(score, allowed, periods, places, over, dict(question.where))

    def dimension(self, key: str) -> Dimension:
        """One by which may be cut."""
        return self.dimensions[key]

    def overall(self, span: Span) -> Group:
        """Everybody within reach."""
        found = self._summed((), span)
        return self._group((), (), found.get((), _Sum()))

    def groups(self, by: Sequence[Dimension], span: Span) -> list[Group]:
        """Every group of the lattice, shown or not."""
        return [self._group(members, one.labels, one) for members, one in self._summed(by, span).items()] if by else []

    def differing(self, by: Sequence[Dimension], span: Span, groups: Sequence[Group]) -> dict[tuple[str, ...], bool]:
        """Of each group that is shown, whether it differs from all others that are shown together (Holm)."""
        sums = {members: one for members, one in self._summed(by, span).items() if one.is_exact}
        judged: list[tuple[Group, Estimate]] = []
        for group in groups:
            others = [one for members, one in sums.items() if members != group.members]
            rest = self._estimate(_Sum(sum(one.n for one in others), sum(one.low for one in others), 0.0))
            if rest is not None:
                judged.append((group, rest))
        return against_the_rest(judged)

    def _summed(self, by: Sequence[Dimension], span: Span) -> dict[tuple[str, ...], _Sum]:
        found: dict[tuple[str, ...], _Sum] = {}
        for period in self.periods:
            if not span.holds(period.month):
                continue
            for members, labels, figures in self._cells(period, by):
                one = found.setdefault(members, _Sum())
                one.labels = labels
                one.add(figures, period.wave or period.month)
        return found

    def _cells(
        self, period: Period, by: Sequence[Dimension]
    ) -> Iterable[tuple[tuple[str, ...], tuple[str, ...], Figures]]:
        """The cells of one period that make up the groups, each after its group's members and labels."""
        kind = next((one for one in by if one.role is Role.PLACE), None)
        places = self._places(period, kind)
        fixed = {
            key: values
            for key, values in self.where.items()
            if self.dimensions[key].role is Role.OTHER and key != "wave"
        }
        if "wave" in self.where and period.wave not in self.where["wave"]:
            return
        times = {key: values for key, values in self.where.items() if self.dimensions[key].role is Role.TIME}
        if any(self._member(self.dimensions[key], period, {}) not in values for key, values in times.items()):
            return
        cut = {one.key for one in by if one.role is Role.OTHER and one.key != "wave"} | set(fixed)
        signature = frozenset(cut | ({PLACE} if places is not None else set()))
        for key, figures in period.table.cells.get(signature, {}).items():
            labels = dict(key)
            if places is not None and labels[PLACE] not in places:
                continue
            if any(labels[name] not in values for name, values in fixed.items()):
                continue
            members = tuple(self._member(one, period, labels) for one in by)
            yield members, tuple(one.label(member) for one, member in zip(by, members, strict=True)), figures

    def _member(self, dimension: Dimension, period: Period, labels: Mapping[str, str]) -> str:
        if dimension.role is Role.TIME:
            return str(dimension.members(_one_month(period.month)).iloc[0])
        if dimension.key == "wave":
            return period.wave
        if dimension.role is Role.PLACE:
            return labels[PLACE].strip("u.")
        return labels[dimension.key]

    def _places(self, period: Period, kind: Dimension | None) -> frozenset[str] | None:
        """The labels of the places that are wanted; None where everybody is, wherever they stand."""
        tree = self.places.tree(period.month)
        filters = [values for key, values in self.where.items() if self.dimensions[key].role is Role.PLACE]
        inside: frozenset[int] | None = None
        for values in filters:
            these = tree.below([as_id(value) for value in values])
            inside = these if inside is None else inside & these
        if not self.over.everywhere:
            inside = self.over.unit_ids if inside is None else inside & self.over.unit_ids
        if kind is None:
            return None if inside is None else frozenset(f"u{unit}" for unit in _tops(inside, tree))
        units = inside if inside is not None else frozenset(tree.nodes)
        wanted = kind.key.removeprefix(f"{UNIT}-")
        if kind.key == UNIT:
            names = frozenset(f"u{unit}." if tree.children(unit) else f"u{unit}" for unit in units)
            kind.members(_units_of(names, period.month))
            return names
        highest = (self.places.above(unit, period.month, wanted) for unit in units)
        names = frozenset(f"u{node.id}" for node in highest if node is not None and node.id in units)
        kind.members(_units_of(names, period.month))  # from then on it knows how they are called
        return names

    def _group(self, members: tuple[str, ...], labels: tuple[str, ...], one: _Sum) -> Group:
        if one.hidden:
            return Group(members, labels, State.HIDDEN, reason=self._why_hidden(one))
        if not one.n:
            return Group(members, labels, State.EMPTY, n=0, reason=_("Nothing was released here."))
        if not one.is_exact:
            unit = 100.0 if metric_of(self.score) is Metric.NPS else 1.0
            reason = _("So few people that only a range may be told.")
            told = (unit * one.low / one.n, unit * one.high / one.n)
            return Group(members, labels, State.RANGE, n=one.n, range=told, reason=reason)
        return Group(members, labels, State.SHOWN, self._estimate(one), n=one.n)

    def _why_hidden(self, one: _Sum) -> str:
        """Where only some of several periods are hidden, that others would show it."""
        if len(one.hidden_in) == len(one.periods):
            return _("Fewer than %(floor)d people, or needed to protect such a group.") % {"floor": self._floor}
        few = _(
            "In %(hidden)d of %(all)d periods fewer than %(floor)d people, or needed to protect such a group. "
            "Choose the other months."
        )
        return few % {"hidden": len(one.hidden_in), "all": len(one.periods), "floor": self._floor}

    @cached_property
    def _floor(self) -> int:
        return max((period.table.floor for period in self.periods), default=5)

    def _estimate(self, one: _Sum) -> Estimate | None:
        if not one.n:
            return None
        return from_mean(self.score, one.n, one.low)


def from_mean(score: Field, n: int, total: float) -> Estimate:
    """The score as n and the sum of its measure alone tell it: exact for shares, else with the widest interval."""
    metric, scale = metric_of(score), scale_of(score)
    if metric is Metric.CSAT:
        satisfied = min(round(total), n)
        return csat_from_counts({scale[1]: satisfied, scale[0]: n - satisfied}, scale=scale)
    return widest_from_mean(metric, n, total, scale)


def _allowed(program: Program, dimensions: Mapping[str, Dimension]) -> dict[str, Dimension]:
    locked = set(program.dimensions)
    return {
        key: one
        for key, one in dimensions.items()
        if one.role is Role.TIME or key == "wave" or key in locked or (one.role is Role.PLACE and UNIT in locked)
    }


def _refusal(program: Program, allowed: Mapping[str, Dimension]) -> str:
    names = ", ".join(one.title for one in allowed.values())
    return _(
        "“%(program)s” promised its respondents that only this is reported: %(names)s. "
        "It was locked when the program was launched."
    ) % {"program": program, "names": names}


def _tops(units: frozenset[int], tree: Tree) -> list[int]:
    """Those of the units that stand below none of the others."""
    return [unit for unit in units if (above := tree.parent(unit)) is None or above.id not in units]


def _one_month(month: str) -> pd.DataFrame:
    return pd.DataFrame({"month": [month]})


def _units_of(names: frozenset[str], month: str) -> pd.DataFrame:
    units = [int(name.strip("u.")) for name in names]
    return pd.DataFrame({UNIT: units, "month": [month] * len(units)})
