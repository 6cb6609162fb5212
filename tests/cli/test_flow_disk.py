"""A log that does not fit into memory: the same figures over the disk, in bounded memory, and nothing left there."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.cases import csv
from tests.cli.running import process

from kithkin.analysis.errors import EmptyInput
from kithkin.analysis.flow import analyse
from kithkin.cli.failures import CommandError
from kithkin.cli.flow.measure import Question, measure

ASKED = Question("id", "team", "at", "kept", closed=("state", "Closed"))
HEADER = "id,team,at,kept,state"
EVENT = st.tuples(
    st.sampled_from(["R1", "R2", "R3", "R4", ""]),
    st.sampled_from(["a", "b", "c", ""]),
    st.integers(0, 20),
    st.sampled_from(["yes", "no", ""]),
    st.sampled_from(["Closed", "Open"]),
)


@given(st.lists(EVENT, max_size=40))
@settings(max_examples=100, deadline=None)
def test_over_the_disk_every_figure_is_as_in_memory(events: list[tuple[str, str, int, str, str]]) -> None:
    events = [("R1", "a", 0, "", "Closed"), *events]
    rows = [f"{case},{team},2026-01-05 {hour:02}:00,{kept},{state}" for case, team, hour, kept, state in events]
    with TemporaryDirectory() as folder:
        file = csv(Path(folder) / "log.csv", HEADER, rows)
        assert measure(file, ASKED, most=2) == measure(file, ASKED)


def test_traces_spread_over_the_whole_log_are_followed_as_by_the_analysis_itself(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    size = 40_000
    frame = pd.DataFrame({
        "id": random.integers(0, 3_000, size).astype(str),
        "team": random.choice(["a", "b", "c", None], size),
        "at": (np.datetime64("2026-01-01T00:00") + random.integers(0, 50_000, size)).astype(str),
        "kept": random.choice(["yes", "no", None], size),
        "state": random.choice(["Closed", "Open"], size, p=[0.1, 0.9]),
    })  # fmt: skip
    frame.to_csv(tmp_path / "log.csv", index=False)
    found = measure(tmp_path / "log.csv", ASKED, most=5_000).report
    times = pd.to_datetime(frame["at"]).to_numpy()
    assert found == analyse(frame.id, frame.team, times, frame.kept, closed=frame.state == "Closed")
    assert (found.traces, found.out_of_order > 0, found.undecided > 0) == (3_000, True, True)


@pytest.mark.parametrize(
    ("last", "error", "said"),
    [
        ("R9,a,29-02-2026,yes,Open", CommandError, "has the day first"),
        ("R9,a,2026-01-05 10:00Z,yes,Open", CommandError, "20 do not"),
        ("R9,a,2026-01-05 10:00,perhaps,Closed", ValueError, "'perhaps'"),
    ],
)
def test_what_is_wrong_in_the_last_row_is_said_over_the_disk_too(
    tmp_path: Path, last: str, error: type[Exception], said: str
) -> None:
    rows = [f"R{row},a,2026-01-05 09:00,yes,{'Open' if row else 'Closed'}" for row in range(20)]
    file = csv(tmp_path / "log.csv", HEADER, [*rows, last])
    with pytest.raises(error, match=said):
        measure(file, ASKED, most=3)


def test_log_in_which_no_row_is_usable_is_refused(tmp_path: Path) -> None:
    file = csv(tmp_path / "log.csv", HEADER, [",a,2026-01-05,yes,Closed"] * 5)
    with pytest.raises(EmptyInput, match="none of 5 rows"):
        measure(file, ASKED, most=2)


def test_closing_value_that_no_row_holds_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    few = csv(tmp_path / "few.csv", HEADER, [f"R1,a,2026-01-05,yes,S{row}" for row in range(20)])
    with pytest.raises(CommandError, match=r"holds 'Closed'.* 'S0', 'S1', .*'S11' and 8 more\."):
        measure(few, ASKED, most=3)
    many = csv(tmp_path / "many.csv", HEADER, [f"R1,a,2026-01-05,yes,S{row}" for row in range(10_000)])
    with pytest.raises(CommandError, match=r"'S11' and many more\."):
        measure(many, ASKED, most=3_000)


EVENTS = 60_000
PEAK = """
import sys
from pathlib import Path
from kithkin.cli.flow.measure import Question, measure
def peak():  # getrusage would say the parent's peak too, if larger
    return int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) >> 10
for path in sys.argv[1:]:
    found = measure(Path(path), Question("id", "team", "at", "kept", closed=("state", "Closed")), most=40_000).report
    print(found.events, found.traces, peak())
"""


def _write(path: Path, blocks: int) -> None:
    """Blocks of EVENTS events: half of the requests go on in every block, half are of this block only."""
    random = np.random.default_rng(7)
    seconds = random.integers(0, 86_400, EVENTS)
    lines = [
        f"{'%' if number % 2 else 'R'}{number % 20_000},Team {number % 30},"
        f"2026-01-05 {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02},yes,"
        f"{'Closed' if number == 0 else 'Open'},{'a long comment ' * 16}\n"
        for number, second in enumerate(seconds.tolist())
    ]
    block = "".join(lines)
    with path.open("w") as file:
        file.write(f"{HEADER},comment\n")
        for place in range(blocks):
            file.write(block.replace("%", f"{place}-").replace("2026-01-05", f"2026-01-{place + 5:02}"))


def test_memory_grows_by_far_less_than_the_log(tmp_path: Path) -> None:
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    _write(small, 8)  # the readers look ahead as far as they may
    _write(large, 20)
    more = (large.stat().st_size - small.stat().st_size) >> 20
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(small), str(large)], capture_output=True, text=True, check=True
    )
    (events, traces, before), (ten_times, _, after) = (map(int, line.split()) for line in done.stdout.splitlines())
    assert (events, traces, ten_times) == (8 * EVENTS, 90_000, 20 * EVENTS)
    assert after - before < 0.25 * more, f"{after - before} MB more for {more} MB"


def test_full_disk_is_said_and_nothing_stays_on_it(tmp_path: Path) -> None:
    file, spill = tmp_path / "log.csv", tmp_path / "spill"
    _write(file, 10)
    spill.mkdir()
    done = process(
        "analyze", "flow", file, "--case", "id", "--group", "team", "--at", "at",
        env={"TMPDIR": str(spill)}, capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )  # fmt: skip
    said = " ".join(done.stderr.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert said == (
        f"kithkin: {spill}: no room is left on the disk for the rows that do not fit into memory. "
        "Free some, or let TMPDIR name a folder that has more."
    )
    assert list(spill.iterdir()) == []
