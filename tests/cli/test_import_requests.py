"""`kithkin import requests` on installations of its own."""

from __future__ import annotations

import pytest
from tests.installations import CAST

LOG = """number,at,group,state,met
R1,02-03-2026 09:00,Desk,New,1
R1,02-03-2026 11:00,Network,Active,1
R1,02-03-2026 12:00,Network,Closed,0
R2,soon,Desk,New,1
"""
COLUMNS = ("--case", "number", "--group", "group", "--at", "at", "--met", "met", "--state", "state", "--day-first")
COUNT = "from kithkin.servicedesk.models import Request, Moment; print(Request.objects.count(), Moment.objects.count())"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


def test_an_event_log_comes_in_with_what_was_refused_and_twice_changes_nothing(fresh, log):
    home = fresh()
    home.migrate().python(CAST)
    first = home.kithkin("import", "requests", log, *COLUMNS)
    assert first.returncode == 0, first.stderr
    assert first.stdout == f"{log}: lines: 3 new.\nThat was: 2 queues, 1 request, 3 events of requests.\n"
    assert first.stderr == (
        f"{log}: 1 line is refused:\n  line 5: at 'soon': This is no date and time. Write it like 2026-04-30 14:05.\n"
    )
    again = home.kithkin("import", "requests", log, *COLUMNS)
    assert (again.returncode, again.stdout) == (0, f"{log}: nothing changed: all of it was here already.\n")
    assert home.python(COUNT) == "1 3\n"


def test_what_cannot_be_is_said_in_one_line(fresh, log, tmp_path):
    home = fresh()
    nobody = home.kithkin("import", "requests", log, *COLUMNS)
    assert (nobody.returncode, nobody.stderr) == (
        2, "kithkin: There is no installation of this release here yet. Start it once: kithkin up\n",
    )  # fmt: skip
    home.migrate()
    alone = home.kithkin("import", "requests", log, *COLUMNS)
    said = "kithkin: Nobody administers this installation yet. Open it in a browser first.\n"
    assert (alone.returncode, alone.stderr) == (2, said)
    home.python(CAST)
    wrong = home.kithkin("import", "requests", log, "--case", "ticket", *COLUMNS[2:])
    assert (wrong.returncode, wrong.stderr) == (
        2, f"kithkin: {log}: there is no column 'ticket'. Its columns are: number, at, group, state, met.\n",
    )  # fmt: skip
    bob = home.kithkin("import", "requests", log, *COLUMNS, "--user", "bob@company.example")
    assert bob.returncode == 2
    gone = home.kithkin("import", "requests", tmp_path / "none.csv", *COLUMNS)
    assert gone.returncode == 2
    assert "none.csv" in gone.stderr
