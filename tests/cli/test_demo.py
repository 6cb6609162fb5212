"""`kithkin demo` writes a company's files, and a report that says what the files say."""

import json
import shlex
from pathlib import Path

import pytest
from tests.cli.running import kithkin, refusal

from kithkin.cli.demo.company import analyses, commands, program, verdict, write_files
from kithkin.cli.demo.truths import truth
from kithkin.cli.failures import CommandError
from kithkin.cli.weak_link.measure import measure
from kithkin.demo.company import simulate
from kithkin.demo.structure import SERVICES, WEAK_LINK

NAMES = ["engagement.csv", "links.csv", "outcomes.csv", "report.html", "requests.csv", "responses.csv", "revenue.csv"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "company"
    return folder, kithkin(
        "demo", folder, "--units", "25", "--periods", "12", "--seed", "3", "--open", DISPLAY="", WAYLAND_DISPLAY=""
    )


def said(outcome):
    return " ".join(outcome.out.split())


def test_files_and_report_are_written(demo):
    folder, outcome = demo
    assert outcome.status == 0, outcome.err
    assert sorted(path.name for path in folder.iterdir()) == [*NAMES, "service_map.csv"]


def test_without_a_display_the_path_is_printed_last(demo):
    folder, outcome = demo
    assert "".join(outcome.out.split()).endswith(f"Report:{folder / 'report.html'}")


def test_truth_is_told_beside_the_finding(demo):
    _, outcome = demo
    assert f"In truth the weak link is {WEAK_LINK}." in said(outcome)


def test_finding_that_is_the_truth_says_so(demo):
    _, outcome = demo
    assert f"In truth the weak link is {WEAK_LINK}. The analysis says so, too." in said(outcome)


def test_company_without_a_weak_link_has_none_found(tmp_path):
    outcome = kithkin("demo", tmp_path / "c", "--units", "12", "--periods", "6", "--weak-link", "none")
    assert "In truth there is no weak link. The analysis stays silent, as it should." in said(outcome)


@pytest.mark.parametrize(
    ("weak_link", "told", "sentence"),
    [
        (WEAK_LINK, WEAK_LINK, "The analysis says so, too."),
        (WEAK_LINK, "HR → Branches: onboarding", "The analysis names another."),
        (WEAK_LINK, None, "The analysis names one all the same."),
        (None, None, "The analysis stays silent, as it should."),
        (None, WEAK_LINK, "The analysis cannot tell it from these data."),
    ],
)
def test_finding_is_held_against_the_truth(tmp_path, weak_link, told, sentence):
    write_files(simulate(seed=3, units=25, periods=12, weak_link=weak_link), tmp_path)
    files = [tmp_path / f"{name}.csv" for name in ("links", "outcomes", "service_map")]
    assert verdict(measure(*files).report, told) == sentence


def test_report_leads_with_the_weak_link_and_holds_all_four_answers(demo):
    folder, _ = demo
    page = (folder / "report.html").read_text("utf-8")
    for word in ("till support", "touchpoint", "engagement", "hand-over"):
        assert word in page


def test_printed_commands_work_as_they_stand(demo, monkeypatch):
    _, outcome = demo
    lines = [line.strip().split() for line in outcome.out.splitlines() if line.startswith("  kithkin analyze")]
    assert [line[2] for line in lines] == ["weak-link", "scores", "drivers", "flow"]
    for line in lines[1:]:
        again = kithkin(*line[1:])
        assert again.status == 0, again.err


def test_printed_commands_give_the_answers_of_the_report(demo):
    folder, _ = demo
    for command, answer in zip(commands(folder), analyses(folder), strict=True):
        again = kithkin(*shlex.split(command)[1:], "--json")
        assert json.loads(again.out) == json.loads(answer.to_json())


def test_paths_with_spaces_are_quoted_in_the_printed_commands():
    for command in commands(Path("our company")):
        words = shlex.split(command)
        assert [word for word in words if "our company" in word] == [word for word in words if ".csv" in word]


class TestProgram:
    @pytest.fixture
    def called(self, tmp_path):
        path = tmp_path / "a b" / "kithkin"
        path.parent.mkdir()
        path.write_text("")
        path.chmod(0o755)
        return path

    def test_one_that_its_name_does_not_find_is_called_by_its_path(self, called, monkeypatch):
        monkeypatch.setenv("PATH", "")
        assert program(str(called)) == f"'{called}'"

    def test_one_that_its_name_finds_is_called_by_it(self, called, monkeypatch):
        monkeypatch.setenv("PATH", str(called.parent))
        assert program(str(called)) == "kithkin"

    def test_another_of_the_same_name_on_the_path_is_not_taken_for_it(self, called, monkeypatch, tmp_path):
        other = tmp_path / "kithkin"
        other.write_text("")
        other.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert program(str(called)) == f"'{called}'"

    def test_called_by_something_else_it_has_its_own_name(self):
        assert program("/usr/bin/pytest") == "kithkin"


def test_same_seed_makes_the_same_files(demo, tmp_path):
    folder, _ = demo
    write_files(simulate(seed=3, units=25, periods=12), tmp_path / "again")
    for path in (tmp_path / "again").iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes()


@pytest.mark.parametrize(
    ("asked", "link"),
    [
        (None, WEAK_LINK),
        ("none", None),
        ("spare parts", "Logistics → Field service: spare parts"),
        ("IT -> Online shop: web platform", "IT → Online shop: web platform"),
    ],
)
def test_weak_link_can_be_chosen_by_part_of_its_name(asked, link):
    assert truth(asked) == link


def test_part_that_fits_two_links_is_refused_with_both():
    with pytest.raises(CommandError, match=r"name one of these, or none: IT → Branches: till support; IT → Contact"):
        truth("IT →")


def test_unknown_link_is_refused_with_those_there_are(tmp_path):
    message = refusal(kithkin("demo", tmp_path / "c", "--weak-link", "teleport"))
    assert all(service.link in message for service in SERVICES)
    assert not (tmp_path / "c").exists()


def test_file_in_place_of_the_directory_is_refused(tmp_path):
    (tmp_path / "taken").write_text("x")
    assert refusal(kithkin("demo", tmp_path / "taken", "--units", "5", "--periods", "3")).startswith(
        f"{tmp_path / 'taken'}: "
    )
