"""Filters where rows are counted by the engine itself: places and longer periods as the units and months they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import pandas as pd

from kithkin.insights.asking.dimensions import UNIT, Dimension, Role, known
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.platform.asked import as_id

Stood = Mapping[frozenset[int], tuple[str, ...]]
"""Units that a place held, with the months in which it held just these."""


@dataclass(frozen=True)
class Filters:
    """What a question lets in: values by column, and for each place that is asked for what stood in it when."""

    where: Mapping[str, tuple[str, ...]]
    places: tuple[Stood, ...] = ()

    @classmethod
    def of(
        cls, question: Question, dimensions: Mapping[str, Dimension], places: Places, months: Sequence[str]
    ) -> Filters:
        """Of the months that have answers. Raises CannotAnswer for what the program cannot be cut by."""
        kept = [month for month in months if question.span.holds(month)]
        where: dict[str, tuple[str, ...]] = {}
        wanted = []
        for key, values in question.where.items():
            dimension = known(key, dimensions)
            if dimension.role is Role.TIME:
                named = dimension.members(pd.DataFrame({"month": kept}, dtype=object))
                kept = [month for month, name in zip(kept, named, strict=True) if name in values]
                where["month"] = tuple(kept)
            elif dimension.role is Role.PLACE:
                wanted.append(frozenset(as_id(value) for value in values))
            else:
                where[key] = values
        return cls(where, tuple(_stood(places, units, kept) for units in wanted))

    def placed(self, rows: ibis.Table) -> ibis.Table:
        """The rows whose unit stood, in its month, in every place that is asked for."""
        for stood in self.places:
            inside = [rows[UNIT].isin(sorted(units)) & rows["month"].isin(months) for units, months in stood.items()]
            rows = rows.filter(reduce(or_, inside, ibis.literal(value=False)))
        return rows


def _stood(places: Places, wanted: frozenset[int], months: Sequence[str]) -> Stood:
    """What a place held, month by month; itself even where it was not open."""
    found: dict[frozenset[int], tuple[str, ...]] = {}
    for month in months:
        units = places.tree(month).below(wanted)
        found[units] = (*found.get(units, ()), month)
    return found if wanted else {}
