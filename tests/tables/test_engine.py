"""The engine is shut in."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from kithkin.tables.engine import engine


@pytest.mark.parametrize(
    "query",
    ["SELECT * FROM read_text('{other}')", "COPY (SELECT 1) TO '{other}'", "INSTALL httpfs", "ATTACH '{other}'"],
)
def test_no_file_but_the_one_named_is_touched(tmp_path: Path, query: str) -> None:
    other = tmp_path / "other.txt"
    other.write_text("secret")
    with engine(tmp_path / "named.parquet") as it, pytest.raises(duckdb.Error, match="disabled"):
        it.execute(query.format(other=other))


def test_what_shuts_it_in_cannot_be_taken_back() -> None:
    with engine() as it, pytest.raises(duckdb.InvalidInputException, match="locked"):
        it.execute("SET enable_external_access=true")
