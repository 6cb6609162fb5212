"""Relevance, validation, equations, older conditions and pieces in texts are said in ours, or told."""

from datetime import UTC, datetime

import pytest

from kithkin.questionnaire import replay
from tests.questionnaire.formats.limesurvey.samples import Question, asked, elements, told

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ANSWERS = (("A1", "One"), ("A2", "Two"))
ROWS = (("SQ1", "Row 1"), ("SQ2", "Row 2"))
ASKED = (
    Question("L", "L", answers=ANSWERS, other="Y"), Question("M", "M", rows=ROWS, other="Y"),
    Question("F", "F", rows=ROWS, answers=ANSWERS), Question("N", "N"), Question("S", "S"), Question("D", "D"),
    Question("K", "K", rows=ROWS), Question("R", "R", answers=ANSWERS), Question("O", "O", answers=ANSWERS),
    Question("W", ";", rows=ROWS, columns=(("C1", "Col"),)), Question("U", "1", rows=ROWS, answers=ANSWERS),
)  # fmt: skip
FULL = {
    "L": "A1", "M": ["SQ1"], "F": {"SQ1": "A2"}, "N": 7, "S": "abc", "D": "2000-05-17", "K": {"SQ1": 3, "SQ2": 4},
    "R": ["A2", "A1"], "O": "A1", "O-Comment": "why", "W": {"SQ1": {"C1": "x"}}, "U": {"SQ1": {"scale_0": "A1"}},
}  # fmt: skip


def shown(relevance, answers=FULL):
    """Whether a question with this relevance is shown."""
    imported = asked(*ASKED, Question("Z", "S", relevance=relevance))
    assert [loss for loss in told(imported, "lost") if "/Z" in loss[1]] == []
    return "Z" in replay(imported.questionnaire, answers, language="en", now=NOW, seed=1).visible


@pytest.mark.parametrize(
    "relevance",
    [
        'L == "A1"', "L.NAOK == 'A1'", 'L.NAOK eq "A1" and N gt 6', "!is_empty(L)", "{L.NAOK == 'A1'}",
        'M_SQ1 == "Y"', 'M_SQ2 != "Y"', "M_SQ1.NAOK", 'M_SQ2 == ""', "is_empty(M_SQ2)", "is_empty(M_other)",
        'F_SQ1.NAOK == "A2"', "is_empty(F_SQ2)", "N >= 7 && N <= 7", "N + 1 == 8", "N * 2 - 4 == 10", "-N < 0",
        "(N + K_SQ1) / 2 == 5", "sum(K_SQ1, K_SQ2) == 7", "sum(that.K) == 7", "count(that.M) == 1",
        "count(K_SQ1, K_SQ2, N) == 3", 'countif("A2", F_SQ1, F_SQ2) == 1', 'countifop(">=", 4, K_SQ1, K_SQ2) == 1',
        "min(K_SQ1, K_SQ2) == 3", "max(K_SQ1, K_SQ2) == 4", "if(N > 5, 1, 0) == 1", "strlen(S) == 3",
        "strlen(M_other) == 0",
        'R_1 == "A2"', 'O_comment == "why"', 'Ocomment == "why"', 'W_SQ1_C1 == "x"', 'U_SQ1_0 == "A1"',
        "round(N / 2, 1) == 3.5", "floor(N / 2) == 3", "ceil(N / 2) == 4", "abs(0 - N) == 7", "intval(N / 2) == 3",
        "pow(N, 2) == 49", "sqrt(49) == 7", "is_int(N)", 'strstr(S, "b")', 'substr(S, 1, 1) == "b"',
        'join(L, S) == "A1abc"', 'implode("-", L, S) == "A1-abc"', 'trim(S) == "abc"', 'strtoupper(S) == "ABC"',
        "strtotime(D) < strtotime('now')", "date('Y') == 2026", 'date("Y", strtotime(D)) == 2000', "pi() > 3",
        'date("Y-m-d") > D', "1", "", "true", "N", "!(N == 8 or N == 9)", 'L != "-oth-"',
        "strtotime('now') - strtotime(D) > 86400", "strtotime(D) - time() < 0",
        "(time() - strtotime(D)) / 86400 > 3650", "strtotime(D) + 86400 > strtotime('2000-05-17')",
        "strtotime(D) - 86400 < strtotime('2000-05-17')", "3600 + strtotime(D) > strtotime(D)",
        "strtotime('+1 week') > strtotime('+6 days')", "strtotime('tomorrow') > strtotime('yesterday')",
        "date('Y', strtotime(D) + 366 * 86400) == 2001",
        "7X11X101 == 'A1'", "7X11X102SQ1 == 'Y'", "contains(S, 'bc')", "is_null(F_SQ2)",
    ],
)  # fmt: skip
def test_condition_holds_as_there(relevance):
    assert shown(relevance)


@pytest.mark.parametrize("relevance", ['L == "A2"', "is_empty(L)", "0", "false", "N > 7", "M_SQ2", "!N", "N - 7"])
def test_condition_fails_as_there(relevance):
    assert not shown(relevance)


@pytest.mark.parametrize(
    ("relevance", "reason"),
    [
        ("rand(1, 2) == 1", "the function rand() is not known here"),
        ("nobody == 1", "nothing in the survey is called nobody"),
        ("N = 3", "'=' cannot stand there"),
        ("(N > 3", "a ')' is missing in it"),
        ("N >", "it ends too early"),
        ("D - 5 > 3", "it reckons with dates as numbers of seconds"),
        ("time() - D > 3", "it reckons with a date that is a text there"),
        ("time() + time() > 3", "it adds two dates"),
        ("5 - time() > 3", "it takes a date from a number"),
        ("strtotime('next friday') > time()", "what day 'next friday' is cannot be said"),
        ("N.sgqa == 1", ".sgqa is not known of answers"),
        ("regexMatch('/a/', S)", "patterns are known only as a validation that must hold"),
        ("self > 3", "self stands for several answers, which is only known within functions"),
        ("§", "'§' cannot be read in it"),
        ("(" * 50 + "1" + ")" * 50, "it is nested more than 40 levels deep"),
    ],
)
def test_condition_that_cannot_be_said_shows_its_question_and_is_told(relevance, reason):
    imported = asked(*ASKED, Question("Z", "S", relevance=relevance))
    assert [loss for loss in told(imported) if "/Z" in loss[1]] == [
        ("lost", "/group 11/Z/relevance", f"it is always shown instead: {reason}")
    ]
    assert "Z" in replay(imported.questionnaire, {}, language="en", now=NOW, seed=1).visible


def test_name_without_naok_of_a_question_that_can_be_hidden_is_told():
    imported = asked(Question("A", "S", relevance="B == 1"), Question("B", "N"), Question("Z", "S", relevance="A != 1"))
    assert [loss[1] for loss in told(imported)] == ["/group 11/Z/relevance"]


def test_rows_and_choices_have_conditions():
    found = elements(*ASKED, Question("Z", "F", rows=ROWS, answers=ANSWERS, row_relevance={"SQ1": "N > 3"}))[-1]
    assert [each.get("visibleIf") for each in found["rows"]] == ["{N} > 3", None]


def test_rows_are_filtered_by_another_question():
    kept = elements(*ASKED, Question("Z", "F", rows=ROWS, attributes={"array_filter": "M"}))[-1]
    assert [each["visibleIf"] for each in kept["rows"]] == ["{M} contains 'SQ1'", "{M} contains 'SQ2'"]
    left = elements(*ASKED, Question("Z", "M", rows=ROWS, attributes={"array_filter_exclude": "F"}))[-1]
    assert [each["visibleIf"] for each in left["choices"]] == ["!(!({F.SQ1} empty))", "!(!({F.SQ2} empty))"]


def test_condition_of_a_field_is_told():
    imported = asked(Question("N", "N"), Question("Z", "Q", rows=ROWS, row_relevance={"SQ1": "N > 3"}))
    assert told(imported) == [
        ("lost", "/group 11/Z/SQ1/relevance", "it is always shown instead: fields have no condition")
    ]


def test_validation_comes_along_with_its_tip():
    attributes = {"em_validation_q": "this > 3", "em_validation_q_tip": "More than three"}
    assert elements(Question("Z", "N", attributes=attributes))[0]["validators"] == [
        {"type": "expression", "expression": "{Z} > 3", "text": "More than three"}
    ]


def test_validation_of_every_row_comes_along():
    found = elements(Question("Z", "K", rows=ROWS, attributes={"em_validation_sq": "is_empty(this) or this > 3"}))[0]
    assert found["validators"] == [
        {
            "type": "expression",
            "expression": "({Z.SQ1} empty or ({Z.SQ1} > 3)) and ({Z.SQ2} empty or ({Z.SQ2} > 3))",
        }
    ]


@pytest.mark.parametrize(
    "said", ['regexMatch("/^[a-c]+$/i", this)', "is_empty(this) || regexMatch('/^[a-c]+$/i', this.NAOK)"]
)
def test_pattern_of_a_validation_becomes_one(said):
    assert elements(Question("Z", "S", attributes={"em_validation_q": said}))[0]["validators"] == [
        {"type": "regex", "regex": "^[a-c]+$", "insensitive": True}
    ]


@pytest.mark.parametrize(
    "said",
    ['is_empty(this) or (regexMatch("/^[a-c]+$/", this) and strlen(this) > 2)',
     "Z == '' or (strlen(this) > 2 && regexMatch('/^[a-c]+$/', Z))"],
)  # fmt: skip
def test_pattern_and_what_else_must_hold_become_two(said):
    attributes = {"em_validation_q": said, "em_validation_q_tip": "No"}
    assert elements(Question("Z", "S", attributes=attributes))[0]["validators"] == [
        {"type": "regex", "regex": "^[a-c]+$", "text": "No"},
        {"type": "expression", "expression": "{Z} empty or (iif({Z} empty, 0, {Z.length}) > 2)", "text": "No"},
    ]


def test_pattern_for_every_field_stands_on_each():
    attributes = {"em_validation_sq": "regexMatch('/^[0-9]+$/', this)"}
    found = elements(Question("Z", "Q", rows=ROWS, attributes=attributes), Question("Y", ";", rows=ROWS, columns=ROWS,
                                                                                    preg="/^a/"))  # fmt: skip
    assert [each["validators"] for each in found[0]["items"]] == [[{"type": "regex", "regex": "^[0-9]+$"}]] * 2
    assert [each["validators"] for each in found[1]["columns"]] == [[{"type": "regex", "regex": "^a"}]] * 2


def test_pattern_among_alternatives_is_told():
    said = "this == 'x' or regexMatch('/^[0-9]+$/', this)"
    reason = "any answer is accepted: patterns are known only as a validation that must hold"
    assert told(asked(Question("Z", "S", attributes={"em_validation_q": said}))) == [
        ("lost", "/group 11/Z/em_validation_q", reason)
    ]


def test_pattern_of_a_question_becomes_one():
    assert elements(Question("Z", "S", preg="/^[0-9]{4}$/"))[0]["validators"] == [
        {"type": "regex", "regex": "^[0-9]{4}$"}
    ]


def test_pattern_that_is_none_is_told():
    assert told(asked(Question("Z", "S", preg="/a b/x"))) == [("lost", "/group 11/Z/preg", "it has the options 'x'")]
    assert told(asked(Question("Z", "S", preg="abc"))) == [
        ("lost", "/group 11/Z/preg", "it has no beginning or no end")
    ]


def test_sums_are_bounded():
    found = elements(Question("Z", "K", rows=ROWS, attributes={"equals_num_value": "100"}))[0]
    assert found["validators"] == [{"type": "expression", "expression": "{Z} empty or sum({Z.SQ1}, {Z.SQ2}) = (100)"}]


def values(*questions, answers=FULL):
    imported = asked(*ASKED, *questions)
    return replay(imported.questionnaire, answers, language="en", now=NOW, seed=1).values


def test_equation_is_computed():
    assert values(Question("Z", "*", "{if(N > 5, 'big', 'small')}"))["Z"] == "big"


def test_equation_in_words_is_joined():
    assert values(Question("Z", "*", "You are {N} of {sum(that.K)}"))["Z"] == "You are 7 of 7"


def test_hidden_equation_is_a_calculated_value():
    hidden = Question("Z", "*", "{N * 2}", relevance="N > 3", attributes={"hidden": "1"})
    assert values(hidden)["Z"] == 14
    assert "Z" not in values(hidden, answers={"N": 2})


def test_equation_that_cannot_be_computed_is_told():
    imported = asked(Question("Z", "*", "{rand(1, 6)}"))
    assert [(kind, where) for kind, where, _ in told(imported)] == [("lost", "/group 11/Z")]


def test_default_is_computed():
    found = elements(Question("N", "N"), Question("Z", "S", default="{N + 1}"))[-1]
    assert found["defaultValueExpression"] == "{N} + 1"


def test_answers_in_texts_are_shown():
    imported = asked(*ASKED, Question("Z", "S", "You said {L.shown}, {N * 2} and {M_SQ1.NAOK} { stays }"))
    found = replay(imported.questionnaire, FULL, language="en", now=NOW, seed=1)
    title = next(each.title for page in found.pages for each in page.elements if each.question.name == "Z")
    assert title == "You said One, 14 and Y { stays }"


def test_what_comes_from_outside_is_embedded():
    imported = asked(Question("Z", "S", "Dear {TOKEN:FIRSTNAME}", relevance='TOKEN:ATTRIBUTE_1 == "x"'))
    assert imported.questionnaire.to_json()["kithkin"]["embedded"] == [
        {"name": "FIRSTNAME"},
        {"name": "ATTRIBUTE_1"},
    ] or (imported.questionnaire.to_json()["kithkin"]["embedded"] == [{"name": "ATTRIBUTE_1"}, {"name": "FIRSTNAME"}])


def test_piece_of_a_text_that_cannot_be_said_stays_and_is_told():
    imported = asked(Question("Z", "S", "Hello {nobody}"))
    assert imported.questionnaire.to_json()["body"]["pages"][0]["elements"][0]["title"] == "Hello {nobody}"
    assert [(kind, where) for kind, where, _ in told(imported)] == [("lost", "/group 11/Z/{nobody}")]


def row(field, method, value, scenario=1, of=112):
    return {"cid": 1, "qid": of, "cqid": 0, "cfieldname": field, "method": method, "value": value, "scenario": scenario}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("7X11X101", "==", "A1")], "{L} = 'A1'"),
        ([row("7X11X101", "==", " ")], "{L} empty"),
        ([row("+7X11X102SQ1", "==", "Y")], "{M} contains 'SQ1'"),
        ([row("7X11X101", "==", "A1"), row("7X11X101", "==", "A2")], "({L} = 'A1') or ({L} = 'A2')"),
        ([row("7X11X101", "==", "A1"), row("7X11X104", ">", "3")], "({L} = 'A1') and ({N} > '3')"),
        ([row("7X11X101", "==", "A1"), row("7X11X104", ">", "3", 2)], "({L} = 'A1') or ({N} > '3')"),
        ([row("7X11X104", "<", "@7X11X107SQ1@")], "{N} < {K.SQ1}"),
        ([row("7X11X104", "a<=b", "3")], "{N} <= '3'"),
        ([row("7X11X104", "a<b", "3")], "{N} < '3'"),
        ([row("{TOKEN:ATTRIBUTE_1}", "==", "x")], "{ATTRIBUTE_1} = 'x'"),
    ],
)
def test_older_conditions_are_put_together(rows, said):
    assert elements(*ASKED, Question("Z", "S"), tables={"conditions": rows})[-1]["visibleIf"] == said


NUMBERED = (
    Question("L", "L", answers=(("A1", "One"),), other="Y"), Question("M", "P", rows=(("SQ1", "Row"),), other="Y"),
    Question("F", "F", rows=(("SQ1", "Row"),), answers=(("A1", "One"),)), Question("R", "R", answers=(("A1", "One"),)),
    Question("W", ";", rows=(("SQ1", "Row"),), columns=(("C1", "Column"),)), Question("X", "|"),
    Question("U", "1", rows=(("SQ1", "Row"),), answers=(("A1", "One"),), second=(("B1", "Low"),)),
    Question("Q109", "S"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("Q101", "{L} = 'A1'"), ("Q101_Cother", "{L-Comment} = 'A1'"),
        ("+Q102_S1001", "iif({M} contains 'SQ1', 'Y', '') = 'A1'"),
        ("Q102_S1001_Ccomment", "{M_SQ1_comment} = 'A1'"), ("Q102", "{M} contains 'A1'"),
        ("Q102_Cother", "{M-Comment} = 'A1'"),
        ("Q103_S1002", "{F.SQ1} = 'A1'"), ("Q104_R1", "{R[0]} = 'A1'"), ("Q105_S1003_S1004", "{W.SQ1.C1} = 'A1'"),
        ("Q106_Cfilecount", "iif({X} empty, 0, {X.length}) = 'A1'"), ("Q107_S1005#1", "{U.SQ1.scale_1} = 'A1'"),
    ],
)  # fmt: skip
def test_conditions_of_version_7_name_answers_by_identifiers(field, said):
    tables = {"conditions": [row(field, "==", "A1", of=109)]}
    assert elements(*NUMBERED, Question("Z", "S"), tables=tables)[-1]["visibleIf"] == said


def test_code_that_looks_like_an_identifier_is_the_code():
    found = elements(*NUMBERED, Question("Z", "S", relevance="Q109 == 'x' and Q101 == 'A1'"))[-1]
    assert found["visibleIf"] == "({Q109} = 'x') and ({L} = 'A1')"


@pytest.mark.parametrize(
    ("method", "value", "said"),
    [("==", "SQ1", "{M} contains 'SQ1'"), ("!=", "SQ1", "!({M} contains 'SQ1')"), ("==", " ", "{M} empty")],
)
def test_condition_on_a_whole_group_of_boxes_asks_for_one_of_them(method, value, said):
    tables = {"conditions": [row("7X11X102", method, value, of=109)]}
    assert elements(*NUMBERED, Question("Z", "S"), tables=tables)[-1]["visibleIf"] == said


def test_older_condition_that_cannot_be_said_is_told():
    imported = asked(*ASKED, Question("Z", "S"), tables={"conditions": [row("7X11X105", "RX", "/a/")]})
    assert told(imported) == [("lost", "/group 11/Z/conditions", "it is always shown instead: it compares by 'RX'")]
