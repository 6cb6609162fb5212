"""The attack that comes with the product finds what is there, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kithkin.analysis.disclosure import Dimension, Measure, Policy, Table, attack, audit, protect
from tests.analysis.disclosure.attacker import bounds, sums_of
from tests.analysis.disclosure.cases import columns, labels, names


@settings(max_examples=10, deadline=None, derandomize=True)
@given(arrays(np.int64, (3, 3), elements=st.integers(1, 14)))
def test_its_bounds_are_those_of_an_attacker_written_apart(table: np.ndarray) -> None:
    known = [Dimension(name, members=("0", "1", "2")) for name in names(table)]
    protected = protect(Table.from_columns(columns(table), known))
    sums = sums_of(protected, names(table), labels(table))
    for one in attack(protected):
        if len(one.keys) == 2:
            at = int(one.keys["d0"] or 0) * 3 + int(one.keys["d1"] or 0)
            low, high = bounds(sums, table.size, [at])
            assert (one.low, one.high) == (low, None if high == float("inf") else high)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(arrays(np.int64, (3, 3), elements=st.integers(0, 14)))
def test_it_finds_nothing_in_what_protect_returns(table: np.ndarray) -> None:
    assert audit(protect(columns(table))) == ()


def test_it_finds_what_a_careless_release_gives_away() -> None:
    careful = protect({"dept": ["HR", "IT", "Law"], "n": [8, 3, 20]}, Policy(floor=5))
    shown = protect({"dept": ["HR", "IT", "Law"], "n": [8, 3, 20]}, Policy(floor=1))
    hidden = {cell.keys["dept"]: cell for cell in careful.suppressed}
    careless = replace(
        careful, cells=tuple(hidden["IT"] if cell.keys == {"dept": "IT"} else cell for cell in shown.cells)
    )
    assert [(one.keys, one.low, one.high) for one in audit(careless)] == [({"dept": "IT"}, 3, 3)]
    assert str(audit(careless)[0]) == "IT: n between 3 and 3"


def test_it_bounds_a_capped_score_no_closer_than_its_range() -> None:
    table = Table.from_columns(
        {"dept": ["HR", "IT"], "n": [6, 20], "score": [10.0, 6.0]}, ["dept"], measures=[Measure("score", 0, 10)]
    )
    protected = protect(table)
    figure = protected.cell(dept="HR").figures["score"]
    found = next(one for one in attack(protected) if one.keys == {"dept": "HR"})
    assert figure.low is not None
    assert abs(found.low - figure.low) < 1e-5
    assert found.high == 10.0
