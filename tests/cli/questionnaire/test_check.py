"""`kithkin questionnaire check` says the gravest first, and the languages that texts lack in a line each."""

import json

import pytest
from tests.cli.running import kithkin as run
from tests.cli.running import refusal
from tests.questionnaire.formats.qualtrics.samples import one, qsf


@pytest.fixture
def file(tmp_path):
    def write(*elements, **more):
        path = tmp_path / "q.json"
        path.write_text(json.dumps({"elements": list(elements), **more}), "utf-8")
        return path

    return write


def text(name, **more):
    return {"type": "text", "name": name, **more}


def lines(path):
    return run("questionnaire", "check", path, width=200).out.splitlines()


def test_many_texts_that_lack_a_language_are_one_line(file):
    german = text("g", title={"default": "Hello", "de": "Hallo"})
    path = file(*(text(f"q{place}", title=f"Title {place}") for place in range(60)), german)
    assert lines(path)[:1] + lines(path)[3:] == [
        "60 should be mended.",
        "warning: 60 texts have no de: 'Title 0', 'Title 1', 'Title 2' and 57 more.",
        "  /elements/0/title and others – Translate them; another language is shown. --json names each.",
    ]
    findings = json.loads(run("questionnaire", "check", path, "--json").out)["findings"]
    assert [each["where"] for each in findings] == [f"/elements/{place}/title" for place in range(60)]


def test_each_language_has_a_line_the_one_that_most_lack_first(file):
    both = {"default": "A", "de": "Ah", "fr": "Ai"}
    path = file(text("a", title=both), text("b", title={"default": "B", "de": "Be"}), text("c", title="C"))
    assert [line for line in lines(path) if line.startswith("warning")] == [
        "warning: 2 texts have no fr: 'B', 'C'.",
        "warning: 1 text has no de: 'C'.",
    ]
    assert "  /elements/2/title – Translate it; another language is shown." in lines(path)


def test_errors_and_other_warnings_stand_before_and_notes_behind(file):
    german = text("g", title={"default": "Hello", "de": "Hallo"}, smell=1)
    stuck = {"type": "radiogroup", "name": "r", "isRequired": True}
    path = file(german, text("b", title="B", visibleIf="{nobody} = 1"), stuck)
    assert [line[:24] for line in lines(path) if line.startswith(("error: ", "warning: ", "note: "))] == [
        "error: Question 'r' has ", "warning: Nothing is call", "warning: 1 text has no d", "note: Unknown here: prop",
    ]  # fmt: skip


def test_everything_else_is_said_though_many_texts_lack_many_languages(file):
    many = {"default": "Hello", **{f"l{place:03}": "x" for place in range(200)}}
    path = file(text("a", title=many), *(text(f"q{place}", title="T") for place in range(100)), text("z", smell=1))
    said = lines(path)
    assert len([line for line in said if line.startswith("warning: 100 texts have no l")]) == 8
    assert "warning: Texts lack 192 more languages." in said
    assert "note: Unknown here: property 'smell' of a text question. It stays, and decides nothing." in said


def test_file_of_another_tool_is_refused_with_the_way_to_check_it(tmp_path):
    path = tmp_path / "Einkäufe 2026.qsf"
    path.write_text(json.dumps(qsf([one("QID1")])), "utf-8")
    assert refusal(run("questionnaire", "check", path)) == (
        f"{path}: This is Qualtrics QSF; only Kithkin's own JSON and SurveyJS are checked. Bring it in first, "
        f"and check that: kithkin questionnaire import '{path}' --out questionnaire.json"
    )


@pytest.mark.parametrize(
    ("asked", "taking"),
    [(1, "less than a minute"), (8, "about 1 minute"), (60, "about 8 minutes")],
)
def test_how_long_it_takes_is_said_no_finer_than_it_is_known(file, asked, taking):
    path = file(*(text(f"q{place}", title="One") for place in range(asked)))
    assert f", {taking}, in en." in lines(path)[1]
