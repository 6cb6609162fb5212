"""`kithkin questionnaire import`: what came along, what did not, and where it is."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.running import kithkin as run
from tests.cli.running import refusal
from tests.cli.test_start import loaded_by
from tests.questionnaire.formats.qualtrics.samples import one, qsf, question

import kithkin.cli
from kithkin.questionnaire import Questionnaire

SCHEMA = json.loads((Path(kithkin.cli.__file__).parent / "schemas/questionnaire-import.json").read_text("utf-8"))
SURVEY = qsf([one("QID1", text="Happy?"), question("QID2", "HeatMap", "Image")])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "survey.qsf"
    path.write_text(json.dumps(SURVEY), "utf-8")
    return path


def import_(*words):
    return run("questionnaire", "import", *words)


def test_what_came_along_is_said(file):
    outcome = import_(file)
    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        "1 question from Qualtrics QSF, in en.",
        "2 elements kept, 0 approximated, 1 lost.",
        "Lost: HeatMap Q2 (QID2): places on a picture cannot be answered here.",
        "Nothing was written; --out FILE writes it.",
    ]


def test_questionnaire_is_written(file, tmp_path):
    out = tmp_path / "q.json"
    assert f"Questionnaire: {out}" in import_(file, "--out", out).out.replace("\n", "")
    asked = Questionnaire.from_json(out.read_bytes())
    assert [(each.name, each.title.said_in("en")) for each in asked.questions()] == [("Q1", "Happy?")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q.json", "survey.qsf"]


def test_json_is_what_its_schema_says(file):
    found = json.loads(import_(file, "--json").out)
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft202012Validator)
    assert (found["format"], found["counts"]) == ("qualtrics", {"kept": 2, "approximated": 0, "lost": 1})


def test_report_is_written_for_people_and_for_machines(file, tmp_path):
    text, machine = tmp_path / "report.txt", tmp_path / "report.json"
    assert import_(file, "--report", text).status == import_(file, "--report", machine).status == 0
    assert text.read_text("utf-8").splitlines()[-1] == (
        "lost         QID2  HeatMap Q2: places on a picture cannot be answered here"
    )
    assert [loss["where"] for loss in json.loads(machine.read_bytes())["losses"]] == ["BL_1", "QID1", "QID2"]


def test_format_may_be_named(file):
    assert refusal(import_(file, "--from", "papyrus")).startswith(
        f"{file}: No questionnaire can be read from 'papyrus'. Take one of: kithkin, surveyjs, qualtrics"
    )
    assert import_(file, "--from", "qualtrics").status == 0


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"SurveyElements": []}', b"PK\x03\x04"]
)
def test_file_that_is_no_questionnaire_is_refused(tmp_path, content):
    path, out = tmp_path / "x", tmp_path / "out.json"
    path.write_bytes(content)
    assert refusal(import_(path, "--out", out)).startswith(f"{path}: ")
    assert not out.exists()


def test_earlier_questionnaire_stays_where_the_file_is_refused(tmp_path):
    path, out = tmp_path / "x", tmp_path / "out.json"
    path.write_bytes(b"no")
    out.write_text("earlier")
    refusal(import_(path, "--out", out))
    assert out.read_text() == "earlier"


def test_file_itself_is_never_overwritten(file, tmp_path):
    assert "this is an input file" in refusal(import_(file, "--out", file))
    assert "the questionnaire goes there" in refusal(import_(file, "--out", tmp_path / "a", "--report", tmp_path / "a"))
    assert json.loads(file.read_text("utf-8")) == SURVEY


@pytest.mark.parametrize("flag", ["--out", "--report"])
def test_place_that_is_not_there_is_refused_before_the_work(file, tmp_path, flag):
    assert f"{flag} " in refusal(import_(file, flag, tmp_path / "nowhere" / "q.json"))


def test_missing_file(tmp_path):
    assert refusal(import_(tmp_path / "none")) == f"{tmp_path / 'none'}: No such file or directory."


def test_django_is_never_started(file):
    assert loaded_by(["questionnaire", "import", str(file), "--json"]).isdisjoint({"django", "ibis"})


@pytest.mark.parametrize("command", [("import",), ("export", "--to", "xlsform")])
def test_questionnaire_without_a_question_is_refused(tmp_path, command):
    path, out = tmp_path / "empty.json", tmp_path / "out"
    path.write_text('{"pages": [{"name": "p"}]}', "utf-8")
    said = refusal(run("questionnaire", *command, path, "--out", out))
    assert said == f"{path}: There is no question in it. Export the questionnaire anew, with its questions."
    assert not out.exists()
