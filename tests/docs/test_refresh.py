"""The examples can fail: each way in which a document may be wrong is seen."""

from __future__ import annotations

import textwrap

import pytest
from tests.docs.examples import refresh


def document(kind: str, body: str) -> str:
    return f"# Title\n\n```{kind}\n{textwrap.dedent(body).strip()}\n```\n\nMore.\n"


def console(body: str) -> str:
    return document("console", body)


def test_true_output_stays_as_it_is(tmp_path):
    text = console("$ python -c 'print(1 + 1)'\n2")
    assert refresh.replayed(text, tmp_path) == text


def test_false_output_is_replaced(tmp_path):
    claimed = console("$ python -c 'print(1 + 1)'\n3")
    assert refresh.replayed(claimed, tmp_path) == console("$ python -c 'print(1 + 1)'\n2")


def test_missing_output_is_filled_in(tmp_path):
    claimed = console("$ python -c 'print(1 + 1)'")
    assert refresh.replayed(claimed, tmp_path) == console("$ python -c 'print(1 + 1)'\n2")


def test_output_that_nobody_prints_goes(tmp_path):
    claimed = console("$ python -c ''\nnothing")
    assert refresh.replayed(claimed, tmp_path) == console("$ python -c ''")


def test_second_command_is_held_to_its_own_output(tmp_path):
    claimed = console("$ python -c 'print(1)'\n1\n$ python -c 'print(2)'\n1")
    assert refresh.replayed(claimed, tmp_path) == console("$ python -c 'print(1)'\n1\n$ python -c 'print(2)'\n2")


def test_command_over_two_lines_is_one(tmp_path):
    text = console("$ python -c \\\n    'print(5)'\n5")
    assert refresh.replayed(text, tmp_path) == text


def test_complaints_count_as_output(tmp_path):
    claimed = console("$ python -c 'import sys; sys.stderr.write(\"careful\")'")
    assert "\ncareful\n" in refresh.replayed(claimed, tmp_path)


def test_block_in_a_list_is_run(tmp_path):
    text = "1. So:\n\n   ```console\n   $ python -c 'print(1)'\n   9\n   ```\n"
    assert refresh.replayed(text, tmp_path) == text.replace("9", "1")


def test_failing_command_is_wrong(tmp_path):
    with pytest.raises(refresh.WrongDocument, match="ends with status 3"):
        refresh.replayed(console("$ python -c 'raise SystemExit(3)'"), tmp_path)


def test_refusal_may_be_shown(tmp_path):
    claimed = console("$ kithkin analyze scores absent.csv --score a --metric nps")
    shown = "kithkin: absent.csv: there is no such file. Check the path."
    assert refresh.replayed(claimed, tmp_path) == claimed.replace("nps\n", f"nps\n{shown}\n")


def test_unknown_program_is_wrong(tmp_path):
    with pytest.raises(refresh.WrongDocument, match="is no kithkin, python or make"):
        refresh.replayed(console("$ touch here"), tmp_path)
    assert not (tmp_path / "here").exists()


def test_output_without_a_command_is_wrong(tmp_path):
    with pytest.raises(refresh.WrongDocument, match="begins with a command"):
        refresh.replayed(console("2"), tmp_path)


def test_make_target_that_is_there_is_not_run(tmp_path):
    text = console("$ make help\nanything")
    assert refresh.replayed(text, tmp_path) == text


def test_make_target_that_is_not_there_is_wrong(tmp_path):
    with pytest.raises(refresh.WrongDocument, match="no target absent"):
        refresh.replayed(console("$ make absent"), tmp_path)


def test_script_that_is_not_there_is_wrong(tmp_path):
    with pytest.raises(refresh.WrongDocument, match=r"no script docs/absent\.py"):
        refresh.replayed(console("$ .venv/bin/python docs/absent.py"), tmp_path)


@pytest.mark.parametrize("claimed", [["a", "…", "d"], ["…", "d"], ["a", "…"], ["…"], ["a", "…", "b", "c", "d"]])
def test_dots_stand_for_any_lines(claimed):
    assert refresh.agrees(claimed, ["a", "b", "c", "d"])


@pytest.mark.parametrize("claimed", [["b", "…", "d"], ["a", "…", "c"], ["a", "d"], ["a", "…", "d", "e"], []])
def test_dots_do_not_stand_for_the_lines_around_them(claimed):
    assert not refresh.agrees(claimed, ["a", "b", "c", "d"])


def test_shortened_output_stays_shortened():
    assert refresh.elided(["1", "2", "3", "4", "5"], ["a", "b", "…", "c"]) == ["1", "2", "…", "5"]


def test_doctest_that_fails_is_wrong(tmp_path):
    with pytest.raises(refresh.WrongDocument, match="Expected"):
        refresh.replayed(document("python", ">>> 1 + 1\n3"), tmp_path)


def test_python_blocks_share_their_names(tmp_path):
    text = document("python", "a = 2") + document("python", ">>> b = a + 1\n>>> b\n3") + document("python", ">>> b\n3")
    assert refresh.replayed(text, tmp_path) == text


def test_python_block_that_names_a_file_is_written(tmp_path):
    text = document("python", "# shout.py\nprint('HO')") + console("$ python shout.py\nHO")
    assert refresh.replayed(text, tmp_path) == text


def test_examples_share_their_folder(tmp_path):
    text = document("python", ">>> open('a.txt', 'w').close()") + console(
        "$ python -c 'import os; print(os.listdir())'\n['a.txt']"
    )
    assert refresh.replayed(text, tmp_path) == text


@pytest.mark.parametrize(
    ("body", "needed"),
    [
        ("$ kithkin analyze scores data/a.csv --score a --metric nps", True),
        ("$ kithkin analyze scores mydata/a.csv --score a --metric nps", False),
    ],
)
def test_real_data_are_asked_for_where_an_example_reads_them(body, needed):
    assert refresh.needs_data(console(body)) is needed


def test_real_data_in_prose_are_not_asked_for():
    assert not refresh.needs_data("The folder `data/x` holds them.")
