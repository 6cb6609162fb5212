"""Programs that promised no floor: any question is counted, and every group is shown with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.translation import gettext as _

from kithkin.analysis.errors import AnalysisError
from kithkin.analysis.metrics import Counts
from kithkin.analysis.results import Estimate
from kithkin.forms.models import Field
from kithkin.insights.asking.against import against_the_rest
from kithkin.insights.asking.answers import Group, State
from kithkin.insights.asking.cells import FIGURES, Cut, counted
from kithkin.insights.asking.choosing import field_of
from kithkin.insights.asking.dimensions import UNIT, Dimension, known
from kithkin.insights.asking.metric import estimator
from kithkin.insights.asking.months import Span
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.platform.access import Reach
from kithkin.platform.asked import as_id
from kithkin.surveys.models import Program


@dataclass(frozen=True)
class Counted:
    """The cells that a question needs, counted once: by month, by what it is cut, and by unit where places matter."""

    score: Field
    dimensions: Mapping[str, Dimension]
    frame: pd.DataFrame

    @classmethod
    def of(
        cls, question: Question, program: Program, dimensions: Mapping[str, Dimension], places: Places, over: Reach
    ) -> Counted:
        """Count what is needed for the question, the span before it and the trend."""
        field = field_of(program, question.score)
        for key in (*question.by, *question.where):
            known(key, dimensions)
        raw = {key: values for key, values in question.where.items() if dimensions[key].raw and key != "month"}
        derived = {key: values for key, values in question.where.items() if key not in raw}
        keys = {"month", *(column for key in (*question.by, *derived) for column in dimensions[key].columns)}
        if not over.everywhere:
            keys.add(UNIT)
        before = question.span.before()
        span = Span(before.first if before else question.span.first, question.span.last)
        frame = counted(Cut(program.table, field.column, tuple(sorted(keys)), raw, span))
        for key, values in derived.items():
            frame = frame[_within(frame, dimensions[key], values, places)]
        if not over.everywhere:
            frame = frame[frame[UNIT].isin(over.unit_ids)]
        return cls(field, dimensions, frame.reset_index(drop=True))

    def dimension(self, key: str) -> Dimension:
        """One by which may be cut."""
        return known(key, self.dimensions)

    def overall(self, span: Span) -> Group:
        """Everybody within reach."""
        return self._group((), (), self._of(span))

    def groups(self, by: Sequence[Dimension], span: Span) -> list[Group]:
        """Every group that answered."""
        if not by:
            return []
        frame = self._of(span)
        if frame.empty:
            return []
        members = pd.DataFrame({str(place): one.members(frame) for place, one in enumerate(by)})
        found = []
        for key, rows in frame.groupby([members[str(place)] for place in range(len(by))], sort=False):
            picked = tuple(map(str, key if isinstance(key, tuple) else (key,)))
            labels = tuple(one.label(member) for one, member in zip(by, picked, strict=True))
            found.append(self._group(picked, labels, rows))
        return found

    def differing(self, by: Sequence[Dimension], span: Span, groups: Sequence[Group]) -> dict[tuple[str, ...], bool]:
        """Of each group, whether it differs from all others together (Holm over all of them)."""
        frame, shown = self._of(span), [group for group in groups if group.estimate is not None]
        members = [one.members(frame) for one in by]
        judged: list[tuple[Group, Estimate]] = []
        for group in shown:
            inside = pd.Series(data=True, index=frame.index)
            for column, member in zip(members, group.members, strict=True):
                inside &= column == member
            rest = self._estimate(frame[~inside])
            if rest is not None:
                judged.append((group, rest))
        return against_the_rest(judged)

    def _of(self, span: Span) -> pd.DataFrame:
        kept = [span.holds(month) for month in self.frame["month"]]
        return self.frame[pd.Series(kept, index=self.frame.index, dtype=bool)]

    def _group(self, members: tuple[str, ...], labels: tuple[str, ...], rows: pd.DataFrame) -> Group:
        n = int(rows["n"].sum()) if len(rows) else 0
        try:
            estimate = self._estimate(rows)
        except AnalysisError as error:
            return Group(members, labels, State.EMPTY, n=n, reason=str(error))
        if estimate is None:
            return Group(members, labels, State.EMPTY, n=0, reason=_("Nobody answered."))
        return Group(members, labels, State.SHOWN, estimate, n=estimate.n)

    def _estimate(self, rows: pd.DataFrame) -> Estimate | None:
        if rows.empty:
            return None
        return estimator(self.score)(Counts(*(rows[name].to_numpy(dtype=float) for name in FIGURES)))


def _within(frame: pd.DataFrame, dimension: Dimension, values: Sequence[str], places: Places) -> pd.Series:
    """Which rows a filter lets in; a place stands for all that stood below it that month."""
    if UNIT not in dimension.columns:
        return dimension.members(frame).isin(list(values))
    wanted = frozenset(as_id(value) for value in values)
    pairs = frame[[UNIT, "month"]].drop_duplicates()
    inside = {
        (unit, month): places.inside(int(unit), month, wanted)
        for unit, month in pairs.itertuples(index=False, name=None)
        if not pd.isna(unit)
    }
    found = [inside.get(pair, False) for pair in zip(frame[UNIT], frame["month"], strict=True)]
    return pd.Series(found, index=frame.index, dtype=bool)
