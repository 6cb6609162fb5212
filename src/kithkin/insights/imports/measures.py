"""The figures that lines name: those that are there by name, and new ones, made by the first line that needs them."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from django.utils.translation import gettext as _

from kithkin.insights.imports.plans import FigurePlan
from kithkin.insights.models import OutcomeMeasure
from kithkin.platform.imports.kept import NotImportable
from kithkin.platform.imports.lines import Change, Create, Write
from kithkin.platform.text import fold

TOLD = ("side", "stage", "measured_in")
MOST_NEW = 2_500
"""Figures that one file may bring: of a column that says what a value is of, every number could be one."""


class MeasuresOfFile:
    """One row for each name; what nobody said of a known one is filled in from the file's plan."""

    def __init__(self, import_id: int) -> None:
        self._import_id = import_id
        self._known = {fold(one.name): one for one in OutcomeMeasure.objects.all()}
        self._settled: set[str] = set()
        self._new = 0

    def row(self, figure: FigurePlan) -> OutcomeMeasure:
        """The figure's row, not yet made where it is new. Raises NotImportable where the file names too many."""
        if (known := self._known.get(fold(figure.name))) is not None:
            return known
        self._new += 1
        if self._new > MOST_NEW:
            said = _("These are more than %(most)s figures. Bring them in by two files.")
            raise NotImportable(said % {"most": MOST_NEW})
        made = OutcomeMeasure(
            name=figure.name, side=figure.side, stage=figure.stage, measured_in=figure.measured_in,
            more_is_better=figure.more_is_better, brought_id=self._import_id,
        )  # fmt: skip
        self._known[fold(figure.name)] = made
        return made

    def keys(self, figures: Iterable[FigurePlan]) -> set[int]:
        """Ids of those among them that are there."""
        found = (self._known.get(fold(one.name)) for one in figures)
        return {one.pk for one in found if one is not None and one.pk}

    def makes(self, figure: FigurePlan) -> list[Write]:
        """What has to be written for this figure before its values, once for all lines."""
        key = fold(figure.name)
        if key in self._settled:
            return []
        self._settled.add(key)
        row = self.row(figure)
        if not row.pk:
            return [Create(row, shared=True)]
        fields = frozenset(name for name in TOLD if getattr(figure, name) and not getattr(row, name))
        if not fields:
            return []
        after = copy.copy(row)
        for name in fields:
            setattr(after, name, getattr(figure, name))
        return [Change(row, after, fields)]

    def settled(self, name: str) -> None:
        """The figure of this name was counted already, by a trial that ended half-way."""
        self._settled.add(fold(name))


def disagrees(figure: FigurePlan, row: OutcomeMeasure) -> bool:
    """Whether the plan says otherwise than what is known of the figure."""
    return any(getattr(figure, name) and getattr(row, name) not in ("", getattr(figure, name)) for name in TOLD)
