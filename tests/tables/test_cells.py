"""Cells and totals against counting by hand, whatever the format."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithkin import tables
from kithkin.tables import Reason, Refusal
from tests.tables.files import opened

SCORES = [None, float("nan"), float("inf"), -1.0, 0.0, 5.0, 9.0, 10.0, 11.0]
WEIGHTS = [None, float("nan"), float("inf"), -0.5, 0.0, 0.5, 2.0]
GROUPS = [None, "NA", "Sales", " Sales", "IT"]

Row = tuple[str | None, float | None, float | None]


def _group(text: str | None) -> str | None:
    return None if text in {None, "NA"} else str(text).strip()


def _missing(number: float | None) -> bool:
    return number is None or math.isnan(number)


def _reason(score: float | None, weight: float | None) -> tuple[str, Reason] | None:
    """Why a row does not count, decided anew."""
    for column, number in (("score", score), ("weight", weight)):
        if number is not None and math.isinf(number):
            return column, Reason.NOT_A_NUMBER
        if _missing(number):
            return column, Reason.MISSING
        assert number is not None
        if column == "score" and not 0 <= number <= 10:
            return column, Reason.OUTSIDE
        if column == "weight" and number < 0:
            return column, Reason.NEGATIVE
        if column == "weight" and number == 0:
            return column, Reason.WEIGHTLESS
    return None


def _source(folder: Path, rows: list[Row], suffix: str) -> tables.Source:
    path = folder / f"answers.{suffix}"
    schema = pa.schema([("group", pa.string()), ("score", pa.float64()), ("weight", pa.float64())])
    table = pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema)
    if suffix == "csv":
        arrow_csv.write_csv(table, path)
    else:
        pq.write_table(table, path)
    return tables.source(path)


ROWS = st.lists(
    st.tuples(st.sampled_from(GROUPS), st.sampled_from(SCORES), st.sampled_from(WEIGHTS)), min_size=1, max_size=40
)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_cells_equal_counting_by_hand(tmp_path: Path, suffix: str, rows: list[Row]) -> None:
    cells = _source(tmp_path, rows, suffix).cells("score", by=["group"], weight="weight", valid=(0, 10))
    expected: dict[tuple[str | None, float], list[float]] = defaultdict(lambda: [0, 0, 0])
    for group, score, weight in rows:
        if _reason(score, weight) is None and score is not None and weight is not None:
            for place, amount in enumerate((1, weight, weight * weight)):
                expected[_group(group), score][place] += amount
    found = {(row.pop("group"), row.pop("score")): list(row.values()) for row in cells.table.to_pylist()}
    assert found == dict(expected)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_refusals_equal_counting_by_hand(tmp_path: Path, suffix: str, rows: list[Row]) -> None:
    source = _source(tmp_path, rows, suffix)
    reasons = [_reason(score, weight) for _, score, weight in rows]
    # NaN is written to CSV as "nan", which is missing there too
    expected = {why: reasons.count(why) for why in reasons if why is not None}
    cells = source.cells("score", weight="weight", valid=(0, 10))
    first = 1 if suffix == "parquet" else 2
    assert {(refusal.column, refusal.reason): refusal.count for refusal in cells.refused} == expected
    for refusal in cells.refused:
        places = [place for place, why in enumerate(reasons, first) if why == (refusal.column, refusal.reason)]
        assert [row for row, _ in refusal.examples] == places[:3]
    assert source.totals("score", weight="weight", valid=(0, 10)).refused == cells.refused


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@pytest.mark.parametrize("weight", [None, "weight"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_totals_equal_sums_over_the_cells(tmp_path: Path, suffix: str, weight: str | None, rows: list[Row]) -> None:
    source = _source(tmp_path, rows, suffix)
    cells = source.cells("score", by=["group"], weight=weight).table.to_pylist()
    expected: dict[str | None, list[float]] = {}
    for cell in cells:
        score, sums = cell["score"], expected.setdefault(cell["group"], [0, 0, 0, 0, 0, math.inf, -math.inf])
        for place, amount in enumerate((cell["n"], cell["sum_w"], cell["sum_w2"])):
            sums[place] += amount
        sums[3] += cell["sum_w"] * score
        sums[4] += cell["sum_w"] * score * score
        sums[5], sums[6] = min(sums[5], score), max(sums[6], score)
    totals = source.totals("score", by=["group"], weight=weight).table.to_pylist()
    assert {row.pop("group"): list(row.values()) for row in totals} == expected


def test_small_integers_are_summed_without_overflow(tmp_path: Path) -> None:
    pq.write_table(pa.table({"score": pa.array([100, 100, 100], pa.int8())}), tmp_path / "a.parquet")
    totals = tables.source(tmp_path / "a.parquet").totals("score").table.to_pylist()
    assert totals == [{"n": 3, "sum_w": 3, "sum_w2": 3, "sum_wx": 300, "sum_wx2": 30_000, "min": 100, "max": 100}]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_no_valid_answer_gives_an_empty_table_and_the_reason(tmp_path: Path, suffix: str) -> None:
    source = _source(tmp_path, [("IT", 11.0, 1.0)], suffix)
    for result in (source.cells("score", valid=(0, 10)), source.totals("score", valid=(0, 10))):
        first = 1 if suffix == "parquet" else 2
        assert result.table.num_rows == 0
        assert result.refused == (Refusal("score", Reason.OUTSIDE, 1, ((first, "11"),)),)


def test_months_stand_in_the_order_of_numbers_and_the_missing_group_last(tmp_path: Path) -> None:
    table = opened(tmp_path, "m,s\n10,1\n2,1\n,1\nx,1\n").cells("s", by=["m"]).table
    assert table["m"].to_pylist() == ["2", "10", "x", None]


def test_a_group_called_like_a_figure_keeps_apart_from_it(tmp_path: Path) -> None:
    cells = opened(tmp_path, "n,s\n4,1\n").cells("s", by=["n"])
    assert cells.by == ("n (group)",)
    assert cells.table.to_pylist() == [{"n (group)": "4", "score": 1.0, "n": 1, "sum_w": 1.0, "sum_w2": 1.0}]


def test_text_scores_in_parquet_are_judged_like_those_in_csv(tmp_path: Path) -> None:
    pq.write_table(pa.table({"s": ["9", " 9 ", "NA", "nine", "9.0"]}), tmp_path / "a.parquet")
    cells = tables.source(tmp_path / "a.parquet").cells("s")
    assert cells.table.to_pylist() == [{"score": 9.0, "n": 3, "sum_w": 3.0, "sum_w2": 3.0}]
    assert cells.refused == (
        Refusal("s", Reason.NOT_A_NUMBER, 1, ((4, "nine"),)),
        Refusal("s", Reason.MISSING, 1, ((3, "NA"),)),
    )


def test_an_error_in_the_middle_of_a_file_keeps_its_type(tmp_path: Path) -> None:
    source = opened(tmp_path, b"a,b\n" + b"1,2\n" * 2_000_000 + b"\0,1\n")
    with pytest.raises(tables.NotATable, match="a NUL byte"):
        source.cells("a")


@pytest.mark.parametrize("valid", [(10.0, 0.0), (float("nan"), 10.0)])
def test_a_range_that_holds_nothing_is_an_error(tmp_path: Path, valid: tuple[float, float]) -> None:
    with pytest.raises(tables.BadRange, match="the lower end first"):
        opened(tmp_path, "a,b\n1,2\n").cells("a", valid=valid)
