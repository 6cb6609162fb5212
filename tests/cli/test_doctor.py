"""The doctor says what is wrong and what to do."""

import tomllib
from pathlib import Path

import pytest
from tests.cli.running import kithkin, process

from kithkin.cli.doctor import Health, dependencies, dependency, for_tests, temporary_files, terminal


def test_whole_installation_gets_a_clean_bill():
    outcome = process("doctor")
    assert outcome.returncode == 0
    assert outcome.stdout.splitlines()[-1] == "Kithkin can work here."


def test_each_dependency_has_its_line():
    lines = kithkin("doctor").out.splitlines()
    for package in ("altair", "duckdb", "pyarrow", "typer", "vl-convert-python"):
        assert sum(line.split()[1] == package for line in lines) == 1


ASKED_FOR = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]["dependencies"]


@pytest.mark.parametrize("requirement", ASKED_FOR)
def test_each_package_that_the_project_asks_for_is_found_and_loads(requirement):
    assert dependency(requirement).health is Health.GOOD


def test_missing_package_is_broken_and_says_how_to_install_it():
    finding = dependency("no-such-package>=2,<3")
    assert finding.health is Health.BROKEN
    assert str(finding) == "BROKEN  no-such-package is missing. Install it: pip install 'no-such-package>=2,<3'."


def test_missing_package_makes_the_doctor_fail(monkeypatch):
    monkeypatch.setattr("kithkin.cli.doctor.metadata.requires", lambda _: ["no-such-package>=2", "typer>=0.15"])
    outcome = kithkin("doctor")
    assert outcome.status == 1
    assert outcome.out.splitlines()[-1] == "1 thing(s) to mend."


def test_package_that_only_an_extra_asks_for_is_not_looked_for(monkeypatch):
    required = ["typer>=0.15", 'no-such-package>=2; extra == "postgres"']
    monkeypatch.setattr("kithkin.cli.doctor.metadata.requires", lambda _: required)
    assert [finding.what.split()[0] for finding in dependencies()] == ["typer"]


def test_place_without_temporary_files_is_broken(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert temporary_files().health is Health.BROKEN


def test_programs_for_tests_are_never_broken(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert {finding.health for finding in for_tests()} == {Health.LACKING}


def test_poor_terminal_is_told_apart_from_a_good_one(monkeypatch, capsys):
    class Ascii:
        encoding = "ascii"

    assert terminal().health is Health.GOOD
    monkeypatch.setattr("sys.stdout", Ascii())
    assert terminal().health is Health.LACKING
