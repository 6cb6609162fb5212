"""Crosstabs: a hand-computed example of letters, a naive twin of the shares, and edges."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.analysis.errors import BadParameter, BadShape, BadWeights, EmptyInput
from kithkin.analysis.metrics import csat_from_counts
from kithkin.analysis.weighting import crosstab


def answers(counts):
    rows = [row for (row, _), n in counts.items() for _ in range(n)]
    columns = [column for (_, column), n in counts.items() for _ in range(n)]
    return rows, columns


def cell(table, row, column):
    j = [head.label for head in table.columns].index(column)
    return next(line for line in table.rows if line.label == row).cells[j]


def test_letters_equal_those_computed_by_hand():
    # Shares of yes: HR .40, IT .55, Sales .60, each of 100. z = Δ/√(2·p̄(1 − p̄)/100), p̄ the mean of the two:
    # HR–Sales .20/.0707 = 2.83, p .0047, ×3 = .014; HR–IT .15/.0706 = 2.12, p .0338, ×2 = .068; IT–Sales p .47.
    # So after Holm only HR and Sales differ, although HR and IT would without it.
    counts = {("yes", "HR"): 40, ("no", "HR"): 60, ("yes", "IT"): 55, ("no", "IT"): 45, ("yes", "Sales"): 60}
    table = crosstab(*answers({**counts, ("no", "Sales"): 40}))
    assert [(head.label, head.letter) for head in table.columns] == [("HR", "A"), ("IT", "B"), ("Sales", "C")]
    assert [cell(table, "yes", name).letters for name in ("HR", "IT", "Sales")] == ["", "", "A"]
    assert [cell(table, "no", name).letters for name in ("HR", "IT", "Sales")] == ["C", "", ""]
    alone = crosstab(*answers({key: n for key, n in counts.items() if key[1] != "Sales"}))
    assert cell(alone, "yes", "IT").letters == "A"


def test_one_column_can_exceed_several():
    counts = {("y", "a"): 10, ("n", "a"): 90, ("y", "b"): 12, ("n", "b"): 88, ("y", "c"): 80, ("n", "c"): 20}
    table = crosstab(*answers(counts))
    assert [cell(table, "y", name).letters for name in "abc"] == ["", "", "AB"]
    assert [cell(table, "n", name).letters for name in "abc"] == ["C", "C", ""]


weighted_rows = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("ABC"), st.floats(0.1, 5)), min_size=1, max_size=50
)


@given(weighted_rows)
def test_shares_and_bases_equal_a_naive_count(cases):
    rows, columns, weights = zip(*cases, strict=True)
    table = crosstab(rows, columns, weights)
    assert (table.n, [head.label for head in table.columns]) == (len(cases), sorted(set(columns)))
    for head in table.columns:
        inside = [(row, weight) for row, column, weight in cases if column == head.label]
        total = sum(weight for _, weight in inside)
        assert head.n == len(inside)
        assert head.n_effective == pytest.approx(total**2 / sum(weight**2 for _, weight in inside))
        for line in table.rows:
            found = cell(table, line.label, head.label)
            assert found.share == pytest.approx(sum(w for row, w in inside if row == line.label) / total)
            assert found.n == sum(row == line.label for row, _ in inside)
            assert found.low <= found.share <= found.high


def test_weights_change_shares_and_shrink_the_base_of_the_test():
    rows, columns = ["y"] * 3 + ["n"] * 3, ["A"] * 6
    table = crosstab(rows, columns, [2, 2, 2, 1, 1, 1])
    assert cell(table, "y", "A").share == 2 / 3
    assert (table.columns[0].n, table.columns[0].n_effective) == (6, pytest.approx(81 / 15))
    assert table.rows[1].total.value == 2 / 3
    assert table.n_effective == pytest.approx(81 / 15)


def test_cells_have_wilsons_interval():
    table = crosstab(["y"] * 81 + ["n"] * 182, ["A"] * 263)
    reference = csat_from_counts({5: 81, 3: 182})
    assert (cell(table, "y", "A").low, cell(table, "y", "A").high) == (reference.low, reference.high)


def test_a_difference_that_weighting_blurs_gets_no_letter():
    rows = ["y"] * 58 + ["n"] * 42 + ["y"] * 42 + ["n"] * 58
    columns = ["A"] * 100 + ["B"] * 100
    blurred = np.tile([1, 9], 100)
    equal = crosstab(rows, columns)
    weighted = crosstab(rows, columns, blurred)
    assert cell(equal, "y", "A").letters == "B"
    assert cell(weighted, "y", "A").share == pytest.approx(cell(equal, "y", "A").share)
    assert cell(weighted, "y", "A").letters == ""


def test_labels_that_are_numbers_are_sorted_as_numbers():
    table = crosstab([10, 9, 2], [1, 10, 2])
    assert [line.label for line in table.rows] == ["2", "9", "10"]
    assert [head.label for head in table.columns] == ["1", "2", "10"]


def test_columns_after_the_alphabet_have_two_letters():
    table = crosstab(["y"] * 30, range(30))
    assert [head.letter for head in table.columns][24:29] == ["Y", "Z", "AA", "AB", "AC"]


def test_missing_rows_and_columns_are_left_out():
    rows, columns = pd.Series(["y", None, "n"]), pd.Series(["A", "A", None])
    assert crosstab(rows, columns).n == 1
    assert crosstab(pa.array(["y", None, "n"]), pa.array(["A", "A", None])) == crosstab(rows, columns)


def test_a_table_reads_as_a_table():
    counts = {("yes", "IT"): 60, ("no", "IT"): 40, ("yes", "HR"): 30, ("no", "HR"): 70}
    assert str(crosstab(*answers(counts))).splitlines()[1] == "no           70.0% B    40.0%  55.0%"


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (EmptyInput, lambda: crosstab([], [])),
        (EmptyInput, lambda: crosstab([None], ["A"])),
        (BadShape, lambda: crosstab(["y"], ["A", "B"])),
        (BadWeights, lambda: crosstab(["y", "n"], ["A", "B"], [1, 0])),
        (BadWeights, lambda: crosstab(["y", "n"], ["A", "B"], [1])),
        (BadParameter, lambda: crosstab(["y"], ["A"], confidence=0)),
    ],
)
def test_what_makes_no_table_is_refused_by_its_cause(error, call):
    with pytest.raises(error):
        call()


def test_totals_weigh_every_answer_alike_and_rest_on_the_effective_n():
    table = crosstab(["y", "n", "n", "y"], ["A", "A", "A", "B"], [1, 2, 2, 5])
    total = table.rows[1].total
    assert (total.value, total.n, total.n_effective) == (pytest.approx(0.6), 4, pytest.approx(100 / 34))
    z2 = 3.841459
    n = 100 / 34
    half = z2**0.5 / (1 + z2 / n) * (0.24 / n + z2 / (4 * n * n)) ** 0.5
    assert total.high - total.low == pytest.approx(2 * half, rel=1e-5)
