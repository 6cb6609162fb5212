"""Disclosure control of a table of scores: asked for by `--floor`, loaded only then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from kithkin.analysis.disclosure import Measure, Policy, ProtectedTable, Status, Table, protect
from kithkin.cli.failures import CommandError
from kithkin.cli.scores.answer import Group, Keys, State, Verdict
from kithkin.cli.scores.counted import Counted, table_of


def protection(counted: Counted, views: Sequence[tuple[str, ...]], floor: int) -> Verdict:
    """What may be shown of the total and of each group in the views, solved together.

    Raises CommandError for a scale of one point, on which no score could keep anything to itself.
    """
    scale = {"nps": (-1.0, 1.0), "csat": (0.0, 1.0)}.get(counted.question.metric) or counted.question.scale
    if scale is None or scale[0] >= scale[1]:
        raise CommandError("--floor needs a scale of more than one point: say it as --valid LO:HI.")
    names = {dimension: f"d{place}" for place, dimension in enumerate(counted.dimensions)}
    table = Table.from_columns(
        table_of(counted, counted.dimensions),
        list(names.values()),
        measures=[Measure("score", *scale, summed=True)],
        views=[(), *(tuple(names[dimension] for dimension in view) for view in views)],
        impossible=_absent(counted, names),
    )
    policy = Policy(floor=floor)
    return _verdicts(protect(table, policy), names, policy.reason)


def _absent(counted: Counted, names: Mapping[str, str]) -> list[dict[str, str | None]]:
    """Combinations that nobody is in. A reader may know that they cannot be, as a team of another division.

    They are shown like every hidden group, but must not serve as a place where a small group could be.
    """
    if len(names) < 2:
        return []
    seen = set(zip(*(counted.labels[dimension] for dimension in names), strict=True))
    every = product(*(counted.members(dimension) for dimension in names))
    return [dict(zip(names.values(), labels, strict=True)) for labels in every if labels not in seen]


def _verdicts(protected: ProtectedTable, names: Mapping[str, str], reason: str) -> Verdict:
    by_keys = {frozenset(cell.keys.items()): cell for cell in protected.cells}

    def verdict(keys: Keys) -> Group | None:
        cell = by_keys[frozenset((names[dimension], label) for dimension, label in keys.items())]
        figure = cell.figures.get("score")
        if cell.status in {Status.HIDDEN, Status.IMPOSSIBLE} or figure is None:
            return Group(dict(keys), "", State.HIDDEN, None, reason)
        if figure.status is not Status.PUBLISHED:
            return Group(dict(keys), "", State.CAPPED, None, figure.reason, n=cell.n)
        return None

    return verdict
