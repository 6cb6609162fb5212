"""`kithkin questionnaire export`: a questionnaire goes out to another tool, and what does not fit is said."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.running import kithkin as run
from tests.cli.running import refusal
from tests.cli.test_start import loaded_by
from tests.questionnaire.formats.qualtrics.samples import one, qsf, question
from tests.questionnaire.formats.xlsform.samples import sheets

import kithkin.cli
from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import read

SCHEMA = json.loads((Path(kithkin.cli.__file__).parent / "schemas/questionnaire-export.json").read_text("utf-8"))
BODY = {
    "title": "Visit",
    "pages": [
        {
            "name": "p",
            "elements": [
                {"type": "radiogroup", "name": "came", "title": {"default": "Came?", "de": "Da?"},
                 "choices": ["yes", "no"]},
                {"type": "comment", "name": "why", "title": "Why?", "visibleIf": "{came} = 'no'"},
                {"type": "maxdiff", "name": "best", "choices": ["a", "b", "c"]},
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "visit.json"
    path.write_text(json.dumps(BODY), "utf-8")
    return path


def export(*words):
    return run("questionnaire", "export", *words)


def test_what_goes_along_is_said(file):
    outcome = export(file, "--to", "xlsform")
    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        "3 questions to XLSForm (.xlsx), in de, en.",
        "3 elements kept, 0 approximated, 1 lost.",
        "Lost: maxdiff best (/body/pages/0/elements/2): a form has no such type.",
        "Nothing was written; --out FILE writes it.",
    ]


def test_form_is_a_workbook_that_comes_back_as_it_went_out(file, tmp_path):
    out = tmp_path / "visit.xlsx"
    assert f"XLSForm (.xlsx): {out}" in export(file, "--to", "xlsform", "--out", out).out.replace("\n", "")
    assert [(row["type"], row.get("name"), row.get("relevant")) for row in sheets(out.read_bytes())["survey"]] == [
        ("begin_group", "p", None), ("select_one list_came", "came", None), ("text", "why", "${came} = 'no'"),
        ("end_group", None, None),
    ]  # fmt: skip
    back = read(out)
    assert (back.format, back.losses.is_whole) == ("xlsform", True)
    came, why = back.questionnaire.to_json()["body"]["pages"][0]["elements"]
    assert came["title"] == {"default": "Came?", "de": "Da?"}
    assert (why["type"], why["visibleIf"]) == ("comment", "{came} = 'no'")


def test_surveyjs_is_the_body_and_comes_back_as_it_went_out(file, tmp_path):
    out, again = tmp_path / "out.json", tmp_path / "again.json"
    assert export(file, "--to", "surveyjs", "--out", out).status == 0
    assert json.loads(out.read_bytes()) == BODY
    assert run("questionnaire", "import", out, "--out", again).status == 0
    assert Questionnaire.from_json(again.read_bytes()).to_json()["body"] == BODY


def test_json_is_what_its_schema_says(file):
    found = json.loads(export(file, "--to", "surveyjs", "--json").out)
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft202012Validator)
    assert (found["to"], found["out"], found["counts"]) == (
        "surveyjs", None, {"kept": 2, "approximated": 1, "lost": 1},
    )  # fmt: skip


def test_what_was_lost_on_the_way_in_is_said_too(tmp_path):
    file, report = tmp_path / "survey.qsf", tmp_path / "report.json"
    file.write_text(json.dumps(qsf([one("QID1"), question("QID2", "HeatMap", "Image")])), "utf-8")
    outcome = export(file, "--to", "xlsform", "--report", report)
    assert "On the way in: 2 elements kept, 0 approximated, 1 lost.\nLost: HeatMap Q2 (QID2)" in outcome.out
    assert json.loads(report.read_bytes())["way_in"]["counts"] == {"kept": 2, "approximated": 0, "lost": 1}


def test_report_is_written_for_people_too(file, tmp_path):
    report = tmp_path / "report.txt"
    assert export(file, "--to", "xlsform", "--report", report).status == 0
    assert (
        "lost         /body/pages/0/elements/2  maxdiff best: a form has no such type"
        in report.read_text("utf-8").splitlines()
    )


@pytest.mark.parametrize("to", ["papyrus", "html", "kithkin"])
def test_format_that_nothing_is_exported_to_is_refused_with_those_that_there_are(file, tmp_path, to):
    said = refusal(export(file, "--to", to, "--out", tmp_path / "x"))
    assert said == f"--to '{to}': no questionnaire is exported to that. Take one of: surveyjs, xlsform."
    assert not (tmp_path / "x").exists()


def test_file_that_is_no_questionnaire_is_refused(tmp_path):
    path, out = tmp_path / "x", tmp_path / "out.xlsx"
    path.write_bytes(b"no")
    out.write_text("earlier")
    assert refusal(export(path, "--to", "xlsform", "--out", out)).startswith(f"{path}: ")
    assert out.read_text() == "earlier"


def test_django_is_never_started(file):
    assert loaded_by(["questionnaire", "export", str(file), "--to", "xlsform"]).isdisjoint({"django", "ibis"})
