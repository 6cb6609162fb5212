"""Rows that wait on the disk come back whole, parted or in order, and leave nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from kithkin.tables import NoRoom, Runs, parted, spill_folder

_KIND = np.dtype([("group", np.int32), ("micros", np.int64), ("place", np.int64)])


@pytest.fixture
def folder() -> Iterator[Path]:
    with spill_folder() as path:
        yield path


def _batches(cases: list[str], size: int) -> list[object]:
    table = pa.table({"case": cases, "row": range(len(cases))})
    return table.to_batches(max_chunksize=size)


def _cases(rows: int, different: int) -> list[str]:
    return [f"R{number}" for number in np.random.default_rng(3).integers(0, different, rows)]


def test_parts_hold_every_row_once_and_the_rows_of_a_key_together_in_their_order(folder: Path) -> None:
    cases = _cases(5_000, 900)
    home: dict[str, int] = {}
    rows: dict[str, list[int]] = {}
    sizes = []
    for place, part in enumerate(parted(_batches(cases, 700), "case", 40, folder)):
        sizes.append(part.num_rows)
        for case, row in zip(part["case"].to_pylist(), part["row"].to_pylist(), strict=True):
            assert home.setdefault(case, place) == place
            rows.setdefault(case, []).append(row)
    expected: dict[str, list[int]] = {}
    for row, case in enumerate(cases):
        expected.setdefault(case, []).append(row)
    assert rows == expected
    assert max(sizes) <= 40


def test_a_key_with_more_rows_than_a_part_may_have_stands_alone(folder: Path) -> None:
    cases = ["long"] * 300 + _cases(300, 100)
    parts = list(parted(_batches(cases, 50), "case", 30, folder))
    large = [part for part in parts if part.num_rows > 30]
    assert [set(part["case"].to_pylist()) for part in large] == [{"long"}]
    assert sum(part.num_rows for part in parts) == 600


def test_parts_of_no_rows_are_none(folder: Path) -> None:
    assert list(parted([], "case", 10, folder)) == []


@pytest.mark.parametrize("size", [1_500, 5_000, 100_000])
@pytest.mark.parametrize("different", [1, 7, 1 << 40])
def test_runs_come_back_in_order_and_whole(folder: Path, size: int, different: int) -> None:
    random = np.random.default_rng(size)
    records = np.empty(20_000, _KIND)
    records["group"] = random.integers(-1, 4, records.size)
    records["micros"] = random.integers(0, different, records.size)
    records["place"] = np.arange(records.size)
    runs = Runs(_KIND, ("group", "micros"), folder, size)
    for piece in np.array_split(records, 37):
        runs.add(piece)
    pieces = list(runs.merged())
    merged = np.concatenate(pieces)
    keys = list(zip(merged["group"].tolist(), merged["micros"].tolist(), strict=True))
    assert keys == sorted(keys)
    assert sorted(merged.tolist()) == sorted(records.tolist())
    assert max(piece.size for piece in pieces) <= max(2 * size, 2_048 * (20_000 // size + 1))


def test_runs_of_nothing_are_none(folder: Path) -> None:
    assert list(Runs(_KIND, ("group",), folder).merged()) == []


def _stopped_amid_parts() -> None:
    with spill_folder() as path:
        next(parted(_batches(["a", "b"], 1), "case", 10, path))
        raise KeyboardInterrupt


def test_the_folder_is_gone_afterwards_whatever_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        _stopped_amid_parts()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_nothing_more_is_told_apart() -> None:
    with pytest.raises(NoRoom, match="TMPDIR"), spill_folder():
        raise OSError(28, "No space left on device")
