"""Every document is what its schema says, and the schema says everything that is in it."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from tests.cli.cases import csv, nps_rows
from tests.cli.running import analyze

import kithkin.cli
from kithkin.demo.company import simulate
from kithkin.tables import write

SCHEMAS = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in (Path(kithkin.cli.__file__).parent / "schemas").glob("*.json")
}


def closed(schema):
    """The schema with no room for fields that it does not describe."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: closed(value) for key, value in schema.items()}
    return (
        whole | {"additionalProperties": False} if "properties" in schema and schema.get("type") == "object" else whole
    )


def check(name, *words):
    outcome = analyze(name, *words, "--json")
    assert outcome.status == 0, outcome.err
    found = json.loads(outcome.out)
    jsonschema.validate(found, closed(SCHEMAS[name]), cls=jsonschema.Draft202012Validator)
    return found


@pytest.mark.parametrize("name", ["scores", "drivers", "weak-link", "flow"])
def test_schema_is_itself_valid(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


def test_no_field_goes_undescribed():
    def fields(schema):
        yield from schema.get("properties", {}).items()
        for inner in schema.get("$defs", {}).values():
            yield from fields(inner)

    bare = [
        (command, name)
        for command, schema in SCHEMAS.items()
        for name, field in fields(schema)
        if "description" not in field and "$ref" not in field and "$ref" not in field.get("items", {})
    ]
    assert bare == []


@pytest.fixture
def survey(tmp_path):
    rows = nps_rows(5, 2, 2, "IT", "1.5") + nps_rows(3, 3, 3, "HR", "1") + nps_rows(0, 1, 1, "", "2") + ["99,IT,1"]
    return csv(tmp_path / "s.csv", "score,desk,w", rows)


@pytest.mark.parametrize("metric", ["nps", "csat", "ces", "mean"])
@pytest.mark.parametrize(
    "more", [[], ["--by", "desk"], ["--by", "desk", "--weight", "w"], ["--by", "desk", "--floor", "5"]]
)
def test_scores(survey, metric, more):
    found = check("scores", survey, "--score", "score", "--metric", metric, "--valid", "0:10", *more)
    assert (found["schema"], found["version"]) == ("kithkin.analyze.scores", 1)


def test_scores_of_two_waves(survey, tmp_path):
    other = csv(tmp_path / "t.csv", "score,desk", nps_rows(5, 2, 2, "IT") + nps_rows(3, 3, 3, "HR"))
    check("scores", survey, other, "--score", "score", "--metric", "nps", "--valid", "0:10", "--by", "desk")


@pytest.mark.parametrize(
    "more", [[], ["--valid", "1:5"], ["--valid", "0:5", "--valid", "y=0:4"], ["--method", "johnson"]]
)
def test_drivers(tmp_path, more):
    random = np.random.default_rng(0)
    rows = [",".join(map(str, row)) for row in random.integers(0, 6, (200, 3))]
    file = csv(tmp_path / "d.csv", "y,a,b", rows)
    found = check("drivers", file, "--outcome", "y", "--driver", "a", "b", "--bootstrap", "100", *more)
    assert found["schema"] == "kithkin.analyze.drivers"


@pytest.mark.parametrize("periods", [1, 12])
def test_weak_link(tmp_path, periods):
    company = simulate(seed=2, units=25, periods=periods)
    for name in ("links", "outcomes"):
        write(tmp_path / f"{name}.csv", getattr(company, name))
    found = check("weak-link", "--links", tmp_path / "links.csv", "--outcomes", tmp_path / "outcomes.csv")
    assert found["schema"] == "kithkin.analyze.weak-link"
    assert {"verdict", "ranked", "checks", "needed", "sentences"} <= set(found)


@pytest.mark.parametrize("more", [[], ["--met", "kept"], ["--met", "kept", "--closed", "team=net"]])
def test_flow(tmp_path, more):
    rows = ["R1,desk,2026-01-05 09:00,yes", "R1,net,2026-01-05 12:00,no", "R2,desk,2026-01-05 09:00,yes", "R3,,soon,"]
    file = csv(tmp_path / "e.csv", "id,team,at,kept", rows)
    found = check("flow", file, "--case", "id", "--group", "team", "--at", "at", *more)
    assert found["schema"] == "kithkin.analyze.flow"


def test_same_question_gives_the_same_text_twice(survey):
    words = ["scores", survey, "--score", "score", "--metric", "nps", "--valid", "0:10", "--by", "desk", "--json"]
    assert analyze(*words).out == analyze(*words).out


def test_with_a_report_stdout_is_still_pure_json(survey, tmp_path):
    report = tmp_path / "r.html"
    outcome = analyze(
        "scores", survey, "--score", "score", "--metric", "nps", "--valid", "0:10", "--json", "--html", report
    )
    assert json.loads(outcome.out)["metric"] == "nps"
    assert outcome.err == f"Report: {report}\n"


def test_unseen_characters_are_escaped_and_letters_are_not(tmp_path):
    name = "Zürich 你\x80\x9b\u200f\u202e\u2028\u2029\u2066\u061c\ufeffé\U000e0041\x7f"
    file = csv(tmp_path / "u.csv", "score,desk", nps_rows(5, 2, 2, name))
    out = analyze(
        "scores", file, "--score", "score", "--metric", "nps", "--valid", "0:10", "--by", "desk", "--json"
    ).out
    assert "Zürich 你\\u0080\\u009b\\u200f\\u202e\\u2028\\u2029\\u2066\\u061c\\ufeffé\\udb40\\udc41\\u007f" in out
    assert name in json.dumps(json.loads(out), ensure_ascii=False)
