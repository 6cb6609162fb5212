"""Every attribute and every row of the tables has a sample that comes in as the row says."""

import pytest

from kithkin.questionnaire.formats import Kind
from kithkin.questionnaire.formats.limesurvey.table import LOGIC, WHOLE
from kithkin.questionnaire.formats.limesurvey.types import ATTRIBUTES, Fate
from tests.questionnaire.formats.limesurvey.samples import Group, Question, asked, read, survey

ROWS, ANSWERS = (("SQ1", "Row 1"), ("SQ2", "Row 2")), (("A1", "One", 3), ("A2", "Two", 1))
FIRST = Question("F", "M", rows=ROWS)
WITH = {
    "min_answers": ("M", "1"),
    "max_answers": ("M", "1"),
    "hidden": ("S", "1"),
    "random_order": ("L", "1"),
    "answer_order": ("L", "random"),
    "subquestion_order": ("F", "random"),
    "alphasort": ("L", "1"),
    "random_group": ("S", "g"),
    "exclude_all_others": ("M", "SQ1"),
    "other_replace_text": ("L", "Else"),
    "prefix": ("N", "EUR"),
    "suffix": ("N", "%"),
    "em_validation_q": ("N", "this > 3"),
    "em_validation_q_tip": ("N", "Too few"),
    "em_validation_sq": ("K", "this > 3"),
    "em_validation_sq_tip": ("K", "No"),
    "min_num_value_n": ("N", "1"),
    "max_num_value_n": ("N", "9"),
    "min_num_value": ("K", "1"),
    "max_num_value": ("K", "9"),
    "equals_num_value": ("K", "9"),
    "num_value_int_only": ("N", "1"),
    "numbers_only": ("S", "1"),
    "maximum_chars": ("S", "9"),
    "array_filter": ("M", "F"),
    "array_filter_exclude": ("M", "F"),
    "multiflexible_min": (":", "2"),
    "multiflexible_max": (":", "5"),
    "multiflexible_step": (":", "2"),
    "multiflexible_checkbox": (":", "1"),
    "input_boxes": (":", "1"),
    "dualscale_headerA": ("1", "Left"),
    "dualscale_headerB": ("1", "Right"),
    "date_format": ("D", "HH:MM"),
    "date_min": ("D", "2020-01-01"),
    "date_max": ("D", "2030-01-01"),
    "max_num_of_files": ("|", "3"),
    "max_filesize": ("|", "100"),
    "allowed_filetypes": ("|", "png"),
    "assessment_value": ("M", "2"),
    "equation": ("*", "{1 + 1}"),
    "slider_min": ("K", "5"),
    "slider_max": ("K", "50"),
    "slider_accuracy": ("K", "0.5"),
    "slider_layout": ("K", "1"),
    "min_num_of_files": ("|", "2"),
    "show_title": ("|", "1"),
    "show_comment": ("|", "1"),
}
NEEDS = {
    "em_validation_q_tip": {"em_validation_q": "this > 3"},
    "em_validation_sq_tip": {"em_validation_sq": "this > 3"},
    "slider_min": {"slider_layout": "1"},
    "slider_max": {"slider_layout": "1"},
    "slider_accuracy": {"slider_layout": "1"},
}


def with_attributes(kind, **attributes):
    question = Question(
        "Q", kind, rows=ROWS, columns=ROWS, answers=ANSWERS, second=ANSWERS, other="Y", attributes=attributes
    )
    beside = Question("R", "S", attributes={"random_group": "g"})
    return asked(FIRST, question, beside, settings={"assessments": "Y"})


@pytest.mark.parametrize("name", [name for name, (fate, _) in ATTRIBUTES.items() if fate is Fate.READ])
def test_attribute_that_comes_along_decides_something(name):
    kind, value = WITH[name]
    before = with_attributes(kind, **NEEDS.get(name, {}))
    found = with_attributes(kind, **NEEDS.get(name, {}), **{name: value})
    assert found.questionnaire.to_json() != before.questionnaire.to_json()
    assert [each for each in found.losses.of(Kind.LOST) if each.where.endswith(f"/{name}")] == []


@pytest.mark.parametrize("name", [name for name, (fate, _) in ATTRIBUTES.items() if fate is Fate.LOOKS])
def test_attribute_that_only_looks_is_named(name):
    found = with_attributes("S", **{name: "7"})
    assert [each.reason for each in found.losses if each.where == "/group 11/Q/looks"] == [
        f"looks are left out: {name}"
    ]


CODED = (
    Question("L", "L", answers=ANSWERS, other="Y"),
    Question("N", "N"),
    Question("D", "D"),
    Question("O", "O", answers=ANSWERS),
)
_CONDITION = {"cid": 1, "qid": 105, "cqid": 101, "method": "==", "value": "A1", "scenario": 1}
_QUOTA = {
    "quota": [{"id": 1, "name": "few", "qlimit": 3, "action": 1, "active": 1}],
    "quota_members": [{"id": 1, "quota_id": 1, "qid": 101, "code": "A1"}],
}
_ASSESSMENT = {
    "assessments": [
        {
            "id": 1,
            "scope": "T",
            "gid": 11,
            "name": "Good",
            "minimum": 0,
            "maximum": 5,
            "message": "Well",
            "language": "en",
        }
    ]
}


def relevant(text):
    return lambda: asked(*CODED, Question("Z", "S", relevance=text))


def said(text):
    return lambda: asked(*CODED, Question("Z", "S", text))


def valid(text, kind="S", name="em_validation_q"):
    return lambda: asked(*CODED, Question("Z", kind, rows=ROWS, attributes={name: text}))


SAMPLES = {
    "relevance of groups, questions": lambda: read(
        survey(
            Group(CODED),
            Group(
                (
                    Question(
                        "Z",
                        ";",
                        rows=ROWS,
                        columns=(("C", "Column"),),
                        relevance="N > 3",
                        row_relevance={"SQ1": "N > 4", "C": "N > 5"},
                    ),
                ),
                relevance="N > 2",
            ),
        )
    ),
    "relevance of fields": lambda: asked(*CODED, Question("Z", "Q", rows=ROWS, row_relevance={"SQ1": "N > 4"})),
    "`em_validation_q`": valid("this != 'x'"),
    "equations": lambda: asked(*CODED, Question("Z", "*", "{N * 2}")),
    "conditions in a table": lambda: asked(
        *CODED, Question("Z", "S"), tables={"conditions": [{**_CONDITION, "cfieldname": "7X11X101"}]}
    ),
    "`Q1.NAOK`": relevant("L_other == 'x' or O_comment == 'y' or 7X11X101 == 'A1' or L.NAOK == 'A2'"),
    "`Q1` without": lambda: asked(Question("H", "S", relevance="1 == 2"), Question("Z", "S", relevance="H != 'x'")),
    "`.shown`": relevant("L.shown == 'One' or N.question == 'What?'"),
    "`this`": valid("this > 3 and count(self) > 0 and count(that.Z) > 0", "K", "em_validation_sq"),
    "`TOKEN:FIRSTNAME`": relevant("TOKEN:FIRSTNAME == 'A'"),
    "`and or": relevant("(N > 3 and N lt 9) or !(N * 2 == 4)"),
    "`Q12_S34`": lambda: asked(
        *CODED, Question("Z", "S"), tables={"conditions": [{**_CONDITION, "cfieldname": "Q101"}]}
    ),
    "`regexMatch": valid("regexMatch('/a/', this)"),
    "`time()`": relevant("time() - strtotime(D) > 86400"),
    "assignments": relevant("N = 3"),
    "texts in all languages": lambda: asked(Question("Z", "S", {"en": "A", "de": "B"}), languages=("en", "de")),
    "HTML": lambda: asked(Question("Z", "S", "<b>A</b>"), Question("Y", "X", "<p>B</p>")),
    "`{Q1}` and": said("{L} and {L.shown}"),
    "`{expression}`": said("{N * 2}"),
    "quotas": lambda: asked(*CODED, tables=_QUOTA),
    "assessments": lambda: asked(*CODED, settings={"assessments": "Y"}, tables=_ASSESSMENT),
    "random groups": lambda: read(
        survey(*(Group((Question(f"Z{place}", "S", attributes={"random_group": "g"}),)) for place in range(2)))
    ),
    "hidden questions": lambda: asked(Question("Z", "S", attributes={"hidden": "1"})),
    "anonymous answers": lambda: asked(Question("Z", "S"), settings={"anonymized": "Y"}),
    "default answers": lambda: asked(
        Question("Z", "S", default="x"), Question("N", "N"), Question("Y", "N", default="{N}")
    ),
    "welcome, privacy": lambda: asked(Question("Z", "S"), said={"welcometext": "Hello"}),
    "end, its address": lambda: asked(
        Question("Z", "S"), said={"endtext": "Bye", "url": "https://a.example"}, settings={"autoredirect": "Y"}
    ),
    "one question a page": lambda: asked(Question("Z", "S"), settings={"format": "S"}),
    "mails, scripts": lambda: asked(Question("Z", "S"), said={"email_invite": "Come"}),
}


@pytest.mark.parametrize(
    "row", [row for row in (*LOGIC, *WHOLE) if not row.element.endswith("()`")], ids=lambda row: row.element
)
def test_row_has_a_sample_that_comes_in_as_it_says(row):
    (sample,) = [make for start, make in SAMPLES.items() if row.element.startswith(start)]
    kinds = {each.kind for each in sample().losses}
    assert next(kind for kind in (Kind.LOST, Kind.APPROXIMATED, Kind.KEPT) if kind in kinds) is row.kind
