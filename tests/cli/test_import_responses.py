"""`kithkin import responses` on installations of its own."""

from __future__ import annotations

import pytest
from tests.installations import CAST

GUESTS = "number,NETPRO,food,WEIGHT\n1,9,5,1.5\n2,11,1,0.5\n3,0,2,1\n4,10,7,1\n5,8,3,1\n6,8,4,1\n"
COUNT = (
    "from kithkin.surveys.models import *; "
    "said = Program.objects.values_list('name', 'identity', 'headline__name', 'waves__name'); "
    "print(list(said), Response.objects.count())"
)


@pytest.fixture
def guests(tmp_path):
    path = tmp_path / "guests 2026.csv"
    path.write_text(GUESTS)
    (tmp_path / "book.txt").write_text("food = The food | 1-5 | no answer 0 | csat\n")
    return path


def test_responses_come_in_with_what_was_refused_and_twice_changes_nothing(fresh, guests, tmp_path):
    home = fresh()
    home.migrate().python(CAST)
    told = ("--program", "Guests", "--codebook", tmp_path / "book.txt", "--main", "food")
    looked = home.kithkin("import", "responses", guests, *told, "--check")
    assert looked.stdout == f"{guests}: lines: 5 new.\nNothing was written: they were only checked.\n"
    first = home.kithkin("import", "responses", guests, *told)
    assert (first.returncode, first.stdout) == (0, f"{guests}: lines: 5 new.\n"), first.stderr
    assert first.stderr == (
        f"{guests}: 1 line is refused:\n  line 5: food '7': It is not between 1 and 5. "
        "If it means that nothing was answered, say so of the column.\n"
    )
    again = home.kithkin("import", "responses", guests, *told)
    assert again.stdout == f"{guests}: nothing changed: all of it was here already.\n"
    assert home.python(COUNT) == "[('Guests', 'identified', 'food', '2026')] 5\n"


def test_what_cannot_be_is_said_in_one_line(fresh, guests, tmp_path):
    home = fresh()
    home.migrate().python(CAST)
    for told, why in (
        (("--side", "outside"), "kithkin: --side outside: say kith (outside) or kin (inside).\n"),
        (("--promise", "secret"), "kithkin: --promise secret: say identified, confidential or anonymous.\n"),
        (("--wave", "Spring"), "kithkin: --wave Spring: say its first day with --from, such as --from 2026-01-01.\n"),
        (("--wave", "S", "--from", "soon"), "kithkin: --from soon: this is no day. Write it like 2026-01-31.\n"),
        (
            ("--main", "Q9"),
            f"kithkin: {guests}: there is no column 'Q9'. Its columns are: number, NETPRO, food, WEIGHT.\n",
        ),
    ):
        answer = home.kithkin("import", "responses", guests, "--program", "Guests", *told)
        assert (answer.returncode, answer.stderr) == (2, why)
    (tmp_path / "book.txt").write_text("Q9 = What?\n")
    answer = home.kithkin("import", "responses", guests, "--program", "Guests", "--codebook", tmp_path / "book.txt")
    assert answer.stderr == f"kithkin: {tmp_path / 'book.txt'}: The file has no column “Q9”.\n"
