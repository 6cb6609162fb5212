"""Attributes, languages, quotas, points and texts of a survey come along or are told."""

from datetime import UTC, datetime

import pytest

from kithkin.questionnaire import replay
from kithkin.questionnaire.formats import FormatError, read
from kithkin.questionnaire.formats.limesurvey.structure import Part
from kithkin.questionnaire.formats.limesurvey.types import ATTRIBUTES, Fate
from tests.questionnaire.formats.limesurvey.samples import Group, Question, asked, elements, survey, told

ANSWERS = (("A1", "One"), ("A2", "Two"))
ROWS = (("SQ1", "Row 1"), ("SQ2", "Row 2"))


def body(*questions, **settings):
    return asked(*questions, **settings).questionnaire.to_json()["body"]


@pytest.mark.parametrize(
    ("kind", "attributes", "becomes"),
    [
        ("M", {"min_answers": "1", "max_answers": "2"}, {"minSelectedChoices": 1, "maxSelectedChoices": 2}),
        ("M", {"random_order": "1"}, {"choicesOrder": "random"}),
        ("L", {"alphasort": "1"}, {"choicesOrder": "asc"}),
        ("F", {"random_order": "1"}, {"rowsOrder": "random"}),
        ("N", {"min_num_value_n": "1", "max_num_value_n": "9.5"}, {"min": 1, "max": 9.5}),
        ("S", {"maximum_chars": "20"}, {"maxLength": 20}),
        ("S", {"numbers_only": "1"}, {"inputType": "number"}),
        ("D", {"date_format": "yyyy-mm-dd HH:MM"}, {"inputType": "datetime-local"}),
        ("D", {"date_format": "HH:MM"}, {"inputType": "time"}),
        ("D", {"date_min": "2020", "date_max": "2021-06-30"}, {"min": "2020-01-01", "max": "2021-06-30"}),
        ("D", {"date_min": "-3 weeks", "date_max": "Today"},
         {"minValueExpression": "dateAdd(today(), -21, 'days')", "maxValueExpression": "today()"}),
        ("D", {"date_max": "+1 year"}, {"maxValueExpression": "dateAdd(today(), 1, 'years')"}),
        ("|", {"max_num_of_files": "1", "max_filesize": "10", "allowed_filetypes": "png, pdf"},
         {"allowMultiple": False, "maxFiles": 1, "maxSize": 10240, "acceptedTypes": ".png,.pdf"}),
    ],
)  # fmt: skip
def test_attribute_becomes_a_property(kind, attributes, becomes):
    found = elements(Question("Q", kind, rows=ROWS, answers=ANSWERS, attributes=attributes))[0]
    assert {name: found.get(name) for name in becomes} == becomes


def test_exclusive_choice_is_chosen_alone():
    found = elements(Question("Q", "M", rows=ROWS, attributes={"exclude_all_others": "SQ2"}))[0]
    assert [each.get("isExclusive") for each in found["choices"]] == [None, True]


def test_other_is_worded():
    found = elements(Question("Q", "L", answers=ANSWERS, other="Y", attributes={"other_replace_text": "Else"}))[0]
    assert (found["showOtherItem"], found["otherText"]) == (True, "Else")


def test_mandatory_is_required_in_every_row():
    found = elements(Question("Q", "F", rows=ROWS, answers=ANSWERS, mandatory="Y"))[0]
    assert (found["isRequired"], found["eachRowRequired"]) == (True, True)


def test_soft_mandatory_may_be_left_empty_and_is_told():
    imported = asked(Question("Q", "S", mandatory="S"))
    assert told(imported) == [
        ("approximated", "/group 11/Q/mandatory", "it may be left empty, without a question back")
    ]


def test_hidden_question_is_a_value_that_nobody_is_asked():
    imported = asked(Question("source", "S", default="web", attributes={"hidden": "1"}), Question("Q", "S"))
    found = imported.questionnaire.to_json()
    assert found["kithkin"]["embedded"] == [{"name": "source", "default": "web"}]
    assert [each["name"] for each in found["body"]["pages"][0]["elements"]] == ["Q"]


def test_attribute_that_has_no_like_is_lost_with_its_reason():
    imported = asked(Question("Q", "S", attributes={"time_limit": "30", "cssclass": "big", "novel": "7"}))
    assert told(imported) == [
        ("lost", "/group 11/Q/time_limit", "nothing ends by itself"),
        ("lost", "/group 11/Q/novel", "no such attribute is known here"),
    ]
    assert "cssclass" in next(each.reason for each in imported.losses if each.where.endswith("looks"))


def test_attributes_that_say_nothing_are_not_told():
    unread = [name for name, (fate, _) in ATTRIBUTES.items() if fate is not Fate.READ]
    assert told(asked(Question("Q", "S", attributes=dict.fromkeys(unread, "0")))) == []


def test_lost_attributes_have_reasons():
    assert [name for name, (fate, says) in ATTRIBUTES.items() if fate is not Fate.LOOKS and not says] == []


def test_all_languages_come_along():
    text = {"en": "How <b>are</b> you?", "de": "Wie geht's?", "fr": "Ça va ?"}
    imported = asked(Question("Q", "S", text, help={"en": "Say", "de": "Sag"}), languages=("en", "de", "fr"))
    found = imported.questionnaire.to_json()["body"]["pages"][0]["elements"][0]
    assert found["title"] == {"default": "How are you?", "de": "Wie geht's?", "fr": "Ça va ?"}
    assert found["description"] == {"default": "Say", "de": "Sag"}
    assert imported.questionnaire.languages == {"en", "de", "fr"}


def test_welcome_and_end_come_along():
    said = {"title": "Our survey", "welcometext": "<p>Hello</p>", "endtext": "<p>Thanks</p>", "description": "d"}
    found = body(Question("Q", "S"), said=said)
    assert (found["title"], found["description"], found["completedHtml"]) == ("Our survey", "d", "<p>Thanks</p>")
    assert found["pages"][0]["elements"] == [{"type": "html", "name": "kithkin_welcome_text", "html": "<p>Hello</p>"}]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("startdate", "2026-01-01 00:00"), ("expires", "2030-01-01 00:00"), ("emailnotificationto", "a@b.example"),
        ("emailresponseto", "a@b.example"), ("usecookie", "Y"), ("printanswers", "Y"), ("publicstatistics", "Y"),
    ],
)  # fmt: skip
def test_setting_that_does_something_there_is_told(setting, value):
    assert told(asked(Question("Q", "S"), settings={setting: ""})) == []
    assert [where for _, where, _ in told(asked(Question("Q", "S"), settings={setting: value}), "lost")] == [
        f"/survey/{setting}"
    ]


def test_slider_keeps_its_steps_and_where_it_begins_is_told():
    imported = asked(Question("Q", "K", rows=ROWS, attributes={
        "slider_layout": "1", "slider_accuracy": "0.5", "slider_default": "30",
    }))  # fmt: skip
    found = imported.questionnaire.to_json()["body"]["pages"][0]["elements"][0]
    assert [each["step"] for each in found["items"]] == [0.5, 0.5]
    assert ("lost", "/group 11/Q/slider_default", "a slider begins without an answer") in told(imported)


def test_mails_are_told():
    imported = asked(Question("Q", "S"), said={"email_invite": "Come"})
    assert told(imported) == [("lost", "/survey/mails", "a questionnaire has no mails")]


def test_anonymous_survey_stays_anonymous():
    found = asked(Question("Q", "S"), settings={"anonymized": "Y"}).questionnaire
    assert found.ours.identity == "anonymous"


def test_groups_become_pages_with_their_conditions():
    imported = read(survey(Group((Question("A", "Y"),)), Group((Question("B", "S"),), relevance='A.NAOK == "Y"')))
    pages = imported.questionnaire.to_json()["body"]["pages"]
    assert [(each["name"], each.get("visibleIf")) for each in pages] == [("Group", None), ("Group_2", "{A} = 'Y'")]


def test_random_groups_are_shuffled():
    imported = read(survey(Group((Question("A", "S"),), random="r"), Group((Question("B", "S"),), random="r")))
    assert imported.questionnaire.to_json()["kithkin"]["randomisation"] == [{"name": "r", "of": ["Group", "Group_2"]}]


def test_questions_of_a_random_group_on_other_pages_are_told():
    one, two, three = (Question(each, "S", attributes={"random_group": "r"}) for each in "ABC")
    imported = read(survey(Group((one, two)), Group((three,))))
    assert imported.questionnaire.to_json()["kithkin"]["randomisation"] == [{"name": "r 1", "of": ["A", "B"]}]
    assert told(imported) == [("approximated", "/survey/random", "questions are shuffled within their page only")]


def quota(members, **more):
    row = {"id": 1, "sid": 7, "name": "men", "qlimit": 50, "action": 1, "active": 1, **more}
    return {
        "quota": [row],
        "quota_members": [{"id": 1, "quota_id": 1, "qid": qid, "code": code} for qid, code in members],
        "quota_languagesettings": [{"quotals_quota_id": 1, "quotals_language": "en", "quotals_message": "Full"}],
    }


def test_quota_counts_who_belongs_to_it():
    questions = (Question("G", "G"), Question("L", "L", answers=ANSWERS), Question("M", "M", rows=ROWS))
    imported = asked(*questions, tables=quota([(101, "M"), (102, "A1"), (102, "A2"), (103, "SQ1")]))
    assert imported.questionnaire.to_json()["kithkin"]["quotas"] == [
        {
            "name": "men",
            "when": "({G} = 'M') and (({L} = 'A1') or ({L} = 'A2')) and ({M} contains 'SQ1')",
            "limit": 50,
            "then": "end",
            "message": "Full",
        }
    ]


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        (quota([(101, "M")], active=0), "it is switched off"),
        (quota([]), "it counts nobody"),
        (quota([(999, "M")]), "it counts answers to a question that is not in the file"),
    ],
)
def test_quota_that_cannot_be_counted_is_lost(tables, reason):
    assert told(asked(Question("G", "G"), tables=tables)) == [("lost", "/quota 1", reason)]


def test_points_are_summed_and_decide_what_is_said():
    scored = Question("L", "L", answers=(("A1", "One", 1), ("A2", "Two", 5)))
    several = Question("M", "M", rows=ROWS, attributes={"assessment_value": "2"})
    rows = [
        {"id": 1, "sid": 7, "scope": "T", "gid": 0, "name": "Low", "minimum": 0, "maximum": 4, "message": "low",
         "language": "en"},
        {"id": 2, "sid": 7, "scope": "T", "gid": 0, "name": "High", "minimum": 5, "maximum": 99, "message": "high",
         "language": "en"},
    ]  # fmt: skip
    imported = asked(scored, several, settings={"assessments": "Y"}, tables={"assessments": rows})
    now = datetime(2026, 11, 25, tzinfo=UTC)
    found = replay(imported.questionnaire, {"L": "A2", "M": ["SQ1", "SQ2"]}, language="en", now=now, seed=1)
    assert (found.scores, found.end.html) == ({"assessment_total": 9}, "high")
    found = replay(imported.questionnaire, {"L": "A2"}, language="en", now=now, seed=1)
    assert (found.scores, found.end.html) == ({"assessment_total": 5}, "high")
    found = replay(imported.questionnaire, {"L": "A1"}, language="en", now=now, seed=1)
    assert (found.scores, found.end.html) == ({"assessment_total": 1}, "low")


def test_single_question_comes_in():
    imported = read(survey(Group((Question("Q", "S"),)), kind="Question"))
    assert [each.name for each in imported.questionnaire.questions()] == ["Q"]


def test_question_whose_file_tells_of_no_group_or_survey_comes_in():
    """As LimeSurvey writes an LSQ."""
    content = survey(Group((Question("Q", "L", answers=ANSWERS),)), kind="Question")
    for table in (b"groups", b"group_l10ns", b"surveys", b"surveys_languagesettings"):
        start, end = content.index(b"<" + table + b">"), content.index(b"</" + table + b">")
        content = content[:start] + content[end + len(table) + 3 :]
    assert [(each.type, each.name) for each in read(content).questionnaire.questions()] == [("radiogroup", "Q")]


def test_single_group_comes_in():
    assert read(survey(Group((Question("Q", "S"),)), kind="Group")).format == "limesurvey"


def test_other_kinds_of_files_are_refused():
    with pytest.raises(FormatError, match="no survey"):
        read(survey(Group((Question("Q", "S"),)), kind="Label set"))


def test_two_questions_of_one_code_are_two():
    assert [each["name"] for each in elements(Question("Q", "S"), Question("Q", "S"))] == ["Q", "Q_2"]


def test_table_that_is_not_read_is_told():
    tables = {"survey_url_parameters": [{"id": 1, "parameter": "src", "targetqid": 101}], "hologram": [{"id": 1}],
              "themes": [{"id": 1}]}  # fmt: skip
    assert told(asked(Question("Q", "S"), tables=tables)) == [
        ("lost", "/survey_url_parameters", "what an address brings is said in the invitation"),
        ("lost", "/hologram", "nothing here corresponds to it"),
    ]


@pytest.mark.parametrize(("points", "counted"), [("2", 2), ("1.5", 1.5), ("", 0), ("many", 0), ("1e15", 0), ("nan", 0)])
def test_points_are_the_same_in_the_choice_and_in_the_sum(points, counted):
    scored = Question("q", "L", answers=(("A1", "A", points), ("A2", "B", 3)))
    document = read(survey(Group((scored,)))).questionnaire.to_json()
    (first, second) = document["body"]["pages"][0]["elements"][0]["choices"]
    assert (first.get("score", 0), second["score"]) == (counted, 3)
    assert Part("A1", points=points).counted == counted
