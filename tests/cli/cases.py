"""Small files whose answers are known by hand, and where the real ones are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REAL = Path(os.environ.get("KITHKIN_DATA") or Path(__file__).parents[3] / "shared" / "data")
real_data = [
    pytest.mark.data,
    pytest.mark.skipif(not REAL.exists(), reason=f"no real data in {REAL}; KITHKIN_DATA names another folder"),
]


def csv(path: Path, header: str, rows: list[str]) -> Path:
    """A CSV file of these rows."""
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def nps_rows(promoters: int, passives: int, detractors: int, *more: str) -> list[str]:
    """Answers of an NPS with known counts, each with the same further cells."""
    tail = "".join(f",{cell}" for cell in more)
    return [f"10{tail}"] * promoters + [f"8{tail}"] * passives + [f"2{tail}"] * detractors
