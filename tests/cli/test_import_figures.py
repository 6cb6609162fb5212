"""`kithkin import figures` on installations of its own."""

from __future__ import annotations

import pytest
from tests.installations import CAST

from kithkin.cli.failures import CommandError
from kithkin.cli.importing.figures import Told, bring_figures

WIDE = "dbn,school,saf_t,N_t,saf_p\n01M015,Roberto Clemente,7.5,22,8.5\n01M019,Asher Levy,8.6,34,NA\n01M020,Anna,x,,1\n"
LINES = "saf_t = Safety, teachers | n N_t | kin\nsaf_p = Safety, parents | kith\n"
COUNT = (
    "from kithkin.insights.models import *; "
    "print(sorted(OutcomeMeasure.objects.values_list('name', 'side')), "
    "sorted(Outcome.objects.values_list('unit__name', 'month', 'value', 'n')))"
)


@pytest.fixture
def schools(tmp_path):
    (tmp_path / "figures.txt").write_text(LINES)
    path = tmp_path / "schools_2011.csv"
    path.write_text(WIDE)
    return path


def test_figures_come_in_with_what_was_refused_and_twice_changes_nothing(fresh, schools, tmp_path):
    home = fresh()
    home.migrate().python(CAST)
    told = ("--figures", tmp_path / "figures.txt", "--under", "Company", "--name", "school")
    looked = home.kithkin("import", "figures", schools, *told, "--check")
    assert looked.stdout == (
        f"{schools}: lines: 2 new.\nNothing was written: they were only checked.\n"
        "That was: 2 units, 2 states of units, 2 figures, 3 values of figures.\n"
    ), looked.stderr
    first = home.kithkin("import", "figures", schools, *told)
    assert first.stderr == (
        f"{schools}: 1 line is refused:\n  line 4: saf_t 'x': This is no number. Write digits only, like 1234.5.\n"
    )
    again = home.kithkin("import", "figures", schools, *told)
    assert (again.returncode, again.stdout) == (0, f"{schools}: nothing changed: all of it was here already.\n")
    assert home.python(COUNT) == (
        "[('Safety, parents', 'kith'), ('Safety, teachers', 'kin')] [('Asher Levy', '2011-12', 8.6, 34), "
        "('Roberto Clemente', '2011-12', 7.5, 22), ('Roberto Clemente', '2011-12', 8.5, None)]\n"
    )


def test_a_changed_value_is_told(cast, tmp_path, capsys):
    path = tmp_path / "calls.csv"
    for calls in (4, 5):
        path.write_text(f"unit,month,measure,value\nIT,2026-01,Calls,3\nIT,2026-02,Calls,{calls}\n")
        bring_figures(path, Told(), user=None, only_check=False)
    assert capsys.readouterr().out == (
        f"{path}: lines: 2 new.\nThat was: 1 figure, 2 values of figures.\n"
        f"{path}: lines: 1 changed, 1 as they were.\nThat was: 1 value of a figure.\n"
    )


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told(under="Legal"), "--under Legal: there is no unit of this name or code today."),
        (
            Told(month="soon"),
            "--in soon: This is no month. Write it like 2026-03; a quarter as 2026-Q1, a year as 2026.",
        ),
        (Told(unit="branch"), "FILE: there is no column 'branch'. Its columns are: dbn, school, saf_t, N_t, saf_p."),
        (Told(figures=["saf_q | kin"]), "FILE: Line 1: the file has no column “saf_q”."),
        (Told(figures=["dbn"]), "FILE: “dbn” is chosen twice. A column holds one thing."),
    ],
)
def test_what_cannot_be_is_said_in_one_line(cast, schools, told, why):
    with pytest.raises(CommandError) as raised:
        bring_figures(schools, told, user=None, only_check=False)
    assert str(raised.value) == why.replace("FILE", str(schools))
