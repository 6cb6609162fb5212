"""What is answered before anything heavy is loaded, and how the process leaves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import KITHKIN, kithkin, process

from kithkin.cli import main
from kithkin.cli.stored_help import HELP


def test_bare_command_prints_the_help_and_succeeds():
    outcome = process()
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, HELP, "")


def test_help_option_prints_the_stored_text():
    assert process("--help").stdout == HELP


def said_by_typer(words: list[str]) -> str:
    code = f"from kithkin.cli.app import run; raise SystemExit(run({words!r}))"
    environment = {**os.environ, "COLUMNS": "80"}
    words = [sys.executable, "-c", code]
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.parametrize("words", [["--help"], []])
def test_stored_help_is_what_typer_itself_prints(words):
    assert said_by_typer(words) == HELP


def test_narrow_terminal_gets_help_that_fits():
    outcome = process("--help", env={"COLUMNS": "60"})
    assert outcome.returncode == 0
    assert max(map(len, outcome.stdout.splitlines())) <= 60


def test_version_names_the_installed_version():
    outcome = process("--version")
    assert (outcome.returncode, outcome.stdout) == (0, "kithkin 0.1.0\n")


def test_version_is_answered_alike_by_typer():
    assert kithkin("--version").out == "kithkin 0.1.0\n"


def loaded_by(words: list[str]) -> set[str]:
    code = f"import sys; sys.argv = ['kithkin', *{words!r}]; from kithkin.cli import main; main(); print(*sys.modules)"
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(outcome.stdout.splitlines()[-1].split())


def test_first_help_loads_neither_typer_nor_numpy():
    assert loaded_by(["--help"]).isdisjoint({"typer", "rich", "numpy", "pyarrow", "pathlib", "json"})


def test_help_of_an_analysis_loads_no_engine():
    heavy = {"numpy", "scipy", "pyarrow", "pandas", "duckdb", "altair", "vl_convert", "rich"}
    assert loaded_by(["analyze", "scores", "--help"]).isdisjoint(heavy)


@pytest.mark.parametrize("words", [["up"], ["backup"], ["restore"], ["doctor"], ["demo"]])
def test_help_of_a_command_that_serves_starts_no_django(words):
    assert loaded_by([*words, "--help"]).isdisjoint({"django", "granian", "structlog"})


def test_an_analysis_never_starts_django(tmp_path):
    (tmp_path / "a.csv").write_text("a\n10\n3\n")
    loaded = loaded_by(["analyze", "scores", str(tmp_path / "a.csv"), "--score", "a", "--metric", "nps", "--json"])
    assert loaded.isdisjoint({"django", "kithkin.platform", "kithkin.directory", "kithkin.config"})


@pytest.mark.parametrize("words", [["analyze"], ["analyze", "scores", "--help"], ["doctor", "--help"]])
def test_every_level_has_help(words):
    assert "Usage: kithkin" in kithkin(*words).out + kithkin(*words).err


def test_unknown_option_is_refused_as_typer_does():
    outcome = kithkin("analyze", "scores", "--nonsense")
    assert outcome.status == 2
    assert "No such option: --nonsense" in outcome.err


def test_unknown_command_is_refused():
    outcome = kithkin("analyse")
    assert outcome.status == 2
    assert "No such command 'analyse'" in outcome.err


def test_closed_pipe_ends_the_command_quietly():
    reader, writer = os.pipe()
    os.close(reader)
    outcome = process("--help", stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (outcome.returncode, outcome.stderr) == (1, "")


def test_closed_pipe_behind_an_analysis_is_quiet(tmp_path):
    (tmp_path / "a.csv").write_text("a\n10\n3\n")
    reader, writer = os.pipe()
    os.close(reader)
    words = ["analyze", "scores", tmp_path / "a.csv", "--score", "a", "--metric", "nps"]
    outcome = process(*words, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (outcome.returncode, outcome.stderr) == (1, "")


def test_disclosure_control_and_charts_are_loaded_only_when_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text("a\n10\n3\n")
    loaded = loaded_by(["analyze", "scores", str(tmp_path / "a.csv"), "--score", "a", "--metric", "nps"])
    assert loaded.isdisjoint({"kithkin.analysis.disclosure", "altair", "vl_convert", "jinja2", "statsmodels"})


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["--help"], ["doctor"]])
def test_full_disk_behind_stdout_is_said_without_a_traceback(words):
    with Path("/dev/full").open("w") as full:
        outcome = process(*words, stdout=full, stderr=subprocess.PIPE)
    assert outcome.returncode == 2
    assert outcome.stderr.strip().startswith("kithkin: ")
    assert "space left" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize("words", ["--help", "doctor", "analyze scores a.csv --score a --metric nps"])
def test_closed_stdout_is_said_without_a_traceback(words, tmp_path):
    (tmp_path / "a.csv").write_text("a\n10\n3\n")
    line = ["sh", "-c", f"'{KITHKIN}' {words} >&-"]
    outcome = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert outcome.returncode == 2
    assert set(outcome.stderr.splitlines()) <= {
        "kithkin: cannot write the output: Bad file descriptor.",
        "kithkin: the output: Bad file descriptor.",
    }
    assert outcome.stderr


def test_closed_stderr_loses_nothing_of_the_answer(tmp_path):
    (tmp_path / "a.csv").write_text("a\n10\n3\n")
    line = ["sh", "-c", f"'{KITHKIN}' analyze scores a.csv --score a --metric nps --json --html r.html 2>&-"]
    outcome = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert outcome.returncode == 0
    assert '"metric": "nps"' in outcome.stdout
    assert (tmp_path / "r.html").exists()


def test_ctrl_c_in_the_middle_leaves_quietly_with_130(tmp_path):
    answers = tmp_path / "answers.csv"
    answers.write_text("a\n1\n2\n")
    interrupt_when_opened = (
        "import signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what runs in the background ignores it
        "sys.addaudithook(lambda event, args: event == 'open' and str(args[0]).endswith('answers.csv')"
        " and signal.raise_signal(signal.SIGINT))\n"  # to this thread: another takes it at no moment one can name
        f"sys.argv = ['kithkin', 'analyze', 'scores', {str(answers)!r}, '--score', 'a', '--metric', 'nps']\n"
        "from kithkin.cli import main\n"
        "sys.exit(main())\n"
    )
    words = [sys.executable, "-c", interrupt_when_opened]
    outcome = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (130, "", "")


def test_ctrl_c_before_anything_began_leaves_with_130(monkeypatch):
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("kithkin.cli._quick_answer", lambda _: interrupted())
    assert main() == 130
