"""`kithkin questionnaire check`: what is wrong with a file, in words and as JSON."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.running import kithkin as run
from tests.cli.running import refusal
from tests.cli.test_start import loaded_by

import kithkin.cli

SCHEMA = json.loads((Path(kithkin.cli.__file__).parent / "schemas/questionnaire-check.json").read_text("utf-8"))
SOUND = {"elements": [{"type": "radiogroup", "name": "a", "choices": ["x", "y"]}]}
BROKEN = {"elements": [{"type": "radiogroup", "name": "a", "isRequired": True}]}


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "q.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return path

    return write


def check(*words):
    return run("questionnaire", "check", *words)


def test_sound_questionnaire(file):
    path = file(SOUND)
    outcome = check(path)
    assert (outcome.status, outcome.out.splitlines()[0]) == (0, "Nothing is wrong with this questionnaire.")


def test_what_must_be_mended_is_said_with_exit_status_1(file):
    outcome = check(file(BROKEN))
    assert (outcome.status, outcome.out.splitlines()[0]) == (1, "1 must be mended.")
    assert "error: Question 'a' has nothing to choose, but must be answered." in outcome.out


def test_json_is_what_its_schema_says(file):
    found = json.loads(check(file(BROKEN), "--json").out)
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft202012Validator)
    assert [each["where"] for each in found["findings"]] == ["/elements/0"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "[" * 100_000, '{"pages": 3}', '{"format": "kithkin.questionnaire"}']
)
def test_file_that_is_no_questionnaire_is_refused(file, content):
    path = file(content)
    assert refusal(check(path)).startswith(f"{path}: ")


def test_file_that_is_not_there(tmp_path):
    assert refusal(check(tmp_path / "none.json")) == f"{tmp_path / 'none.json'}: No such file or directory."


def test_check_starts_no_django(file):
    assert loaded_by(["questionnaire", "check", str(file(SOUND)), "--json"]).isdisjoint({"django", "duckdb", "pyarrow"})
