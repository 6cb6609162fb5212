"""`kithkin questionnaire render`: a page that prints."""

import json

import pytest
from tests.cli.running import kithkin as run
from tests.cli.running import refusal
from tests.questionnaire.formats.qualtrics.samples import one, qsf, question

ASKED = {"title": {"default": "Hello", "de": "Hallo"}, "elements": [{"type": "text", "name": "q"}]}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "q.json"
    path.write_text(json.dumps(ASKED), "utf-8")
    return path


def render(*words):
    return run("questionnaire", "render", *words)


def test_page_is_written_in_its_own_language(file, tmp_path):
    outcome = render(file, "--html", tmp_path / "q.html")
    assert (outcome.status, outcome.out) == (0, f"Page: {tmp_path / 'q.html'}\n")
    assert "<h1>Hello</h1>" in (tmp_path / "q.html").read_text("utf-8")


def test_page_is_written_in_another_language(file, tmp_path):
    assert render(file, "--html", tmp_path / "q.html", "--language", "de").status == 0
    assert "<h1>Hallo</h1>" in (tmp_path / "q.html").read_text("utf-8")


def test_language_that_it_does_not_speak_is_refused_with_those_that_it_does(file, tmp_path):
    said = refusal(render(file, "--html", tmp_path / "q.html", "--language", "fr"))
    assert said == f"{file}: The questionnaire does not speak 'fr'. Take one of: de, en."
    assert not (tmp_path / "q.html").exists()


def test_file_itself_is_never_overwritten(file):
    assert "this is an input file" in refusal(render(file, "--html", file))


def test_what_has_no_form_on_paper_is_told(tmp_path):
    file = tmp_path / "pictures.json"
    picture = '<p>Look <img src="a.png" alt="our shop"></p>'
    elements = [
        {"type": "image", "name": "front", "imageLink": "front.png"},
        {"type": "html", "name": "hello", "html": picture},
        {"type": "imagepicker", "name": "which", "choices": [{"value": "cat", "imageLink": "cat.png"}]},
        {"type": "text", "name": "q"},
    ]
    file.write_text(json.dumps({"elements": elements}), "utf-8")
    said = render(file, "--html", tmp_path / "q.html").out.splitlines()[1:]
    assert said[0] == "1 element kept, 2 approximated, 1 lost."
    assert [line.partition(" (")[0] for line in said[1:]] == [
        "Lost: image front",
        "Approximated: a picture of html hello",
        "Approximated: the pictures of imagepicker which",
    ]
    assert "our shop" in (tmp_path / "q.html").read_text("utf-8")


def test_what_was_lost_on_the_way_in_is_said_too(tmp_path):
    file = tmp_path / "survey.qsf"
    file.write_text(json.dumps(qsf([one("QID1"), question("QID2", "HeatMap", "Image")])), "utf-8")
    assert render(file, "--html", tmp_path / "q.html").out.splitlines()[-2:] == [
        "On the way in: 2 elements kept, 0 approximated, 1 lost.",
        "Lost: HeatMap Q2 (QID2): places on a picture cannot be answered here.",
    ]
