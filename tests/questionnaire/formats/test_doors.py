"""A file is told by its content, comes in with a report, and is refused with a sentence."""

import json

import pytest

from kithkin.questionnaire import Questionnaire, QuestionnaireError
from kithkin.questionnaire.formats import (
    FORMATS,
    FormatError,
    Kind,
    NothingAsked,
    check_asks,
    read,
    readable,
    writable,
    write,
)
from tests.questionnaire.formats.limesurvey.samples import Group, survey
from tests.questionnaire.formats.qualtrics.samples import one, qsf, question
from tests.questionnaire.formats.xlsform.samples import form, row

LIMESURVEY_TEXT = b"id\tclass\ttype/scale\tname\trelevance\ttext\tlanguage\n1\tG\t\tGroup\t\t\ten\n"
RATING = {"type": "rating", "name": "nps", "rateMin": 0, "rateMax": 10}


def surveyjs(*elements, **body):
    return json.dumps({"pages": [{"name": "p", "elements": list(elements)}], **body}).encode()


def told(imported):
    return [(loss.kind.value, loss.where, loss.reason) for loss in imported.losses]


def test_surveyjs_is_told_by_its_content():
    assert read(surveyjs(RATING)).format == "surveyjs"


def test_our_own_envelope_is_told_by_its_content():
    assert read(Questionnaire.from_json({"elements": [RATING]}).to_text().encode()).format == "kithkin"


def test_file_is_read_from_its_path(tmp_path):
    path = tmp_path / "survey.whatever"
    path.write_bytes(surveyjs(RATING))
    assert [question.name for question in read(path).questionnaire.questions()] == ["nps"]
    assert [question.name for question in read(str(path)).questionnaire.questions()] == ["nps"]


def test_every_page_and_question_is_told():
    assert told(read(surveyjs(RATING))) == [
        ("kept", "/", ""),
        ("kept", "/body/pages/0", ""),
        ("kept", "/body/pages/0/elements/0", ""),
    ]


def test_unknown_type_is_kept_in_the_file_and_told():
    imported = read(surveyjs({"type": "hologram", "name": "h"}))
    assert [loss.what for loss in imported.losses.of(Kind.APPROXIMATED)] == ["hologram h", "question type 'hologram'"]
    assert imported.questionnaire.to_json()["body"]["pages"][0]["elements"] == [{"type": "hologram", "name": "h"}]


def test_looks_are_kept_and_named():
    imported = read(surveyjs({**RATING, "titleLocation": "left"}))
    assert imported.losses.losses[-1].reason == "stays in the file and decides nothing here: titleLocation"
    assert imported.losses.is_whole


def test_choices_from_another_server_are_told():
    dropdown = {"type": "dropdown", "name": "d", "choicesByUrl": {"url": "https://example.org"}}
    assert [loss.where for loss in read(surveyjs(dropdown)).losses.of(Kind.APPROXIMATED)] == [
        "/body/pages/0/elements/0/choicesByUrl"
    ]


def test_script_in_html_is_told_and_stays_in_the_file():
    shown = {"type": "html", "name": "h", "html": {"default": "<script>x()</script>", "de": "<b onclick='x()'>y</b>"}}
    imported = read(surveyjs(shown, completedHtml="<iframe src='https://example.org'></iframe>"))
    assert [(loss.where, loss.what) for loss in imported.losses.of(Kind.APPROXIMATED)] == [
        ("/body/pages/0/elements/0/html", "<script> in HTML"),
        ("/body/pages/0/elements/0/html", "what happens on events in HTML"),
        ("/body/completedHtml", "<iframe> in HTML"),
    ]
    assert imported.questionnaire.to_json()["body"]["pages"][0]["elements"] == [shown]


def test_condition_that_is_no_expression_is_told_with_its_place():
    imported = read(surveyjs({**RATING, "visibleIf": "{a} = "}))
    assert [(loss.where, loss.what) for loss in imported.losses.of(Kind.APPROXIMATED)] == [
        ("/body/pages/0/elements/0/visibleIf", "visibleIf of rating nps")
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "The file is empty."),
        (b"\0\0\0", "The file is empty."),
        (b"hello", "This is no questionnaire in a format that is known here."),
        (b"[1, 2]", "This is no questionnaire in a format that is known here."),
        (b'{"a": 1}', "This is no questionnaire in a format that is known here."),
        (surveyjs(RATING)[:-3], "This is not JSON: Expecting ',' delimiter (line 1, column 102)."),
        (b'{"pages": [{"title": "gr\xfc\xdf"}]}', "This is not text in UTF-8."),
        (b'{"pages": ' + b"[" * 100_000, "More than 64 levels of nesting."),
        (b'{"pages": ' + b"[" * 70 + b"]" * 70 + b"}", "More than 64 levels of nesting."),
    ],
)
def test_what_is_no_questionnaire_is_refused(content, what):
    with pytest.raises(FormatError) as refused:
        read(content)
    assert refused.value.what == what
    assert refused.value.advice


def test_questionnaire_without_a_question_is_refused_with_what_was_lost():
    heat = qsf([question("QID2", "HeatMap", "Image")])
    with pytest.raises(NothingAsked, match=r"No question in it could be read\. HeatMap Q2: places on a picture"):
        check_asks(read(json.dumps(heat).encode()))


@pytest.mark.parametrize(
    "content",
    [
        b'{"pages": []}',
        b'{"pages": [{"elements": [{"type": "panel", "name": "p"}]}]}',
        Questionnaire.from_json({}).to_text().encode(),
        json.dumps(qsf([])).encode(),
        LIMESURVEY_TEXT,
        survey(Group(())),
        form(row("calculate", "c", None, calculation="1")),
    ],
    ids=["surveyjs", "surveyjs-panel", "kithkin", "qualtrics", "limesurvey-text", "limesurvey", "xlsform"],
)
def test_questionnaire_without_a_question_is_refused_whatever_its_format(content):
    with pytest.raises(NothingAsked, match=r"There is no question in it\. Export the questionnaire anew"):
        check_asks(read(content))


def test_questionnaire_of_which_one_question_could_be_read_is_taken():
    check_asks(read(json.dumps(qsf([one("QID1"), question("QID2", "HeatMap", "Image")])).encode()))


def test_refusal_is_one_of_a_questionnaire_too():
    assert issubclass(FormatError, QuestionnaireError)


def test_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("kithkin.questionnaire.formats.opening.LARGEST", 100)
    with pytest.raises(FormatError, match="more than 0 MB"):
        read(b"{" + b" " * 200 + b"}")


def test_missing_file_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nowhere.json")


def test_format_may_be_named():
    assert read(surveyjs(RATING), format="surveyjs").format == "surveyjs"


def test_format_that_is_unknown_is_refused_with_those_that_are_known():
    with pytest.raises(FormatError, match=f"Take one of: {', '.join(readable())}"):
        read(b"{}", format="papyrus")
    with pytest.raises(FormatError, match=f"Take one of: {', '.join(writable())}"):
        write(Questionnaire.from_json({}), "papyrus")


def test_every_door_has_a_name_and_a_label():
    assert [(name, bool(door.label), bool(door.read or door.write)) for name, door in FORMATS.items()] == [
        (door.name, True, True) for door in FORMATS.values()
    ]


def test_our_own_comes_out_as_it_went_in():
    asked = Questionnaire.from_json({"elements": [RATING], "smell": "rose"})
    assert read(write(asked, "kithkin").content).questionnaire.to_json() == asked.to_json()


def test_surveyjs_comes_out_as_it_went_in():
    body = json.loads(surveyjs(RATING, completedHtml="<p>Thanks</p>"))
    assert (
        json.loads(write(read(surveyjs(RATING, completedHtml="<p>Thanks</p>")).questionnaire, "surveyjs").content)
        == body
    )


def test_what_surveyjs_has_no_word_for_is_told_when_it_is_written():
    envelope = {
        "format": "kithkin.questionnaire",
        "version": 1,
        "body": {"elements": [RATING, {"type": "maxdiff", "name": "best"}]},
        "kithkin": {
            "metrics": [{"question": "nps", "measures": "nps"}],
            "quotas": [{"name": "men"}],
            "randomisation": [{"name": "r", "of": ["nps", "best"]}],
            "scoring": [{"name": "s", "questions": ["nps"]}],
            "embedded": [{"name": "team", "default": "it's"}],
            "completion": [{"when": "{nps} > 8", "html": "Great"}, {"url": "https://example.org"}],
        },
    }
    written = write(Questionnaire.from_json(envelope), "surveyjs")
    assert [loss.what for loss in written.losses.of(Kind.LOST)] == [
        "nps measured by nps", "quota men", "randomisation r", "score s", "identity confidential",
    ]  # fmt: skip
    assert [loss.what for loss in written.losses.of(Kind.APPROXIMATED)] == ["maxdiff best", "embedded value team"]
    body = json.loads(written.content)
    assert body["calculatedValues"] == [{"name": "team", "expression": "'it\\'s'", "includeIntoResult": True}]
    assert body["completedHtmlOnCondition"] == [{"expression": "{nps} > 8", "html": "Great"}]
    assert body["navigateToUrlOnCondition"] == [{"expression": "true", "url": "https://example.org"}]


def test_workbook_of_an_older_kind_says_what_to_do():
    with pytest.raises(FormatError, match="Save it as"):
        read(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)


def test_questionnaire_in_utf_16_says_so():
    with pytest.raises(FormatError, match=r"This is text in UTF-16\. Save it as UTF-8\."):
        read('{"elements": [{"type": "text", "name": "a"}]}'.encode("utf-16"))


def test_nul_in_a_text_is_refused_with_its_place():
    with pytest.raises(FormatError, match=r"/elements/0/title: A NUL character\."):
        read(b'{"elements": [{"type": "text", "name": "a", "title": "x\\u0000"}]}')
