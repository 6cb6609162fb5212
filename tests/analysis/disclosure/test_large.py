"""Tables too large to solve as a whole are solved in boxes, and stay as safe."""

from __future__ import annotations

import numpy as np

from kithkin.analysis.disclosure import ProtectedTable, Relation, protect
from tests.analysis.disclosure.attacker import Sums, bounds, sums_of
from tests.analysis.disclosure.cases import FLOOR, columns, labels, names, truth

TABLE = np.random.default_rng(9).poisson(11, (16, 17))


def sums(protected: ProtectedTable) -> Sums:
    return sums_of(protected, names(TABLE), labels(TABLE))


def test_small_groups_of_a_large_table_are_not_bounded() -> None:
    protected = protect(columns(TABLE))
    small = [j for j, n in enumerate(truth(TABLE)) if n < FLOOR]
    assert len(small) == 2
    assert all(bounds(sums(protected), TABLE.size, [j])[1] >= FLOOR for j in small)
    assert len(protected.suppressed) <= 4 * len(small)


def test_a_large_table_with_few_newcomers_isolates_none_of_them() -> None:
    first = protect(columns(TABLE)).as_earlier(Relation.CUMULATIVE)
    now = TABLE.copy()
    now[3, 4] += 2
    now[7] += 6
    second = protect(columns(now), released=[first])
    known = sums(first) + [(group | {j + TABLE.size for j in group}, n) for group, n in sums(second)]
    for j in (3 * 17 + 4, 7 * 17, 7 * 17 + 16, 0):
        most = bounds(known, 2 * TABLE.size, [TABLE.size + j])[1]
        assert most == 0 or most >= FLOOR
    assert len(second.suppressed) < 30
