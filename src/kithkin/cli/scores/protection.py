"""Disclosure control of a table of scores: asked for by `--floor`, loaded only then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kithkin.analysis.disclosure import Measure, Policy, ProtectedTable, Status, Table, protect
from kithkin.cli.failures import CommandError
from kithkin.cli.scores.answer import Group, Keys, State, Verdict
from kithkin.cli.scores.counted import Counted, table_of


def protection(counted: Counted, views: Sequence[tuple[str, ...]], floor: int) -> Verdict:
    """What may be shown of the total and of each group in the views, solved together.

    Raises CommandError for a mean without a scale: only against a scale can be judged whether a score tells too much.
    """
    scale = {"nps": (-1.0, 1.0), "csat": (0.0, 1.0)}.get(counted.question.metric) or counted.question.scale
    if scale is None or scale[0] >= scale[1]:
        raise CommandError("--floor with --metric mean needs the scale of the answers: add --valid LO:HI.")
    names = {dimension: f"d{place}" for place, dimension in enumerate(counted.dimensions)}
    table = Table.from_columns(
        table_of(counted, counted.dimensions),
        list(names.values()),
        measures=[Measure("score", *scale, summed=True)],
        views=[(), *(tuple(names[dimension] for dimension in view) for view in views)],
    )
    return _verdicts(protect(table, Policy(floor=floor)), names)


def _verdicts(protected: ProtectedTable, names: Mapping[str, str]) -> Verdict:
    by_keys = {frozenset(cell.keys.items()): cell for cell in protected.cells}

    def verdict(keys: Keys) -> Group | None:
        cell = by_keys[frozenset((names[dimension], label) for dimension, label in keys.items())]
        figure = cell.figures.get("score")
        if cell.status is Status.HIDDEN or figure is None:
            return Group(dict(keys), "", State.HIDDEN, None, cell.reason)
        if figure.status is not Status.PUBLISHED:
            return Group(dict(keys), "", State.CAPPED, None, figure.reason, n=cell.n)
        return None

    return verdict
