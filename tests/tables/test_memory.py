"""Files larger than the memory one would give them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPT = """
import sys
from kithkin import tables
small, large = sys.argv[1:]
def peak():  # getrusage would say the parent's peak too, if larger
    return int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) >> 10
def cells(path):
    table = tables.source(path).cells("score", by=["dept"], weight="weight").table
    return sum(table["n"].to_pylist()), peak()
_, before = cells(small)
n, after = cells(large)
print(n, after - before)
"""

_LINE = "{number},department {dept},{score},1.25,a comment of some length that nobody asked to be read\n"


def _write(path: Path, blocks: int, encoding: str) -> int:
    lines = [_LINE.format(number=number, dept=number % 20, score=number % 11) for number in range(10_000)]
    header, block = "id,dept,score,weight,comment\n".encode(encoding), "".join(lines).encode(encoding)
    with path.open("wb") as file:
        file.write(header)
        for _ in range(blocks):
            file.write(block)
    return 10_000 * blocks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, encoding: str) -> None:
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    _write(small, 120, encoding)  # the readers look ahead as far as they may
    rows = _write(large, 350, encoding)
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(small), str(large)], capture_output=True, text=True, check=True
    )
    large.unlink()
    counted, grown = map(int, done.stdout.split())
    assert counted == rows
    assert grown < 150, f"{grown} MB more"
