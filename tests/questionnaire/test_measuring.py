"""What the check says of scales that are to measure something, and of scores."""

import pytest

from tests.questionnaire.replayed import found, radio


def comment(name, **more):
    return {"type": "comment", "name": name, **more}


ELEVEN = list(range(11))


CELLS = [{"name": "c", "cellType": "rating", "rateMin": 0, "rateMax": 10}, {"name": "t", "cellType": "text"}]


MEASURED = [
    ("nps", "q", {"type": "rating", "rateMin": 0, "rateMax": 10}, True),
    ("nps", "q", radio("q", *ELEVEN), True),
    ("nps", "q", radio("q", *map(str, ELEVEN)), True),
    ("nps", "q", radio("q", *ELEVEN[1:]), False),
    ("nps", "q", {"type": "slider", "max": 10}, True),
    ("nps", "q", {"type": "slider"}, False),
    ("nps", "q.r", {"type": "matrix", "rows": ["r"], "columns": ELEVEN}, True),
    ("nps", "q", {"type": "matrix", "rows": ["r"], "columns": ELEVEN}, True),
    ("nps", "q.r", {"type": "matrix", "rows": ["r"], "columns": ELEVEN, "cellType": "checkbox"}, False),
    ("inps", "q.r.c", {"type": "matrixdropdown", "rows": ["r"], "columns": CELLS}, True),
    ("csat", "q", {"type": "rating"}, True),
    ("csat", "q", {"type": "text"}, False),
    ("csat", "q", radio("q", "good", "bad"), False),
    ("csat", "q", {"type": "checkbox", "choices": [1, 2]}, False),
    ("ces", "q", radio("q", *ELEVEN[1:8]), True),
    ("ces", "q", {"type": "slider", "sliderType": "range"}, False),
    ("ces", "q.r.t", {"type": "matrixdropdown", "rows": ["r"], "columns": CELLS}, False),
    ("csat", "q.c", {"type": "paneldynamic", "templateElements": [{"type": "rating", "name": "c"}]}, False),
]  # fmt: skip


@pytest.mark.parametrize(("measures", "path", "question", "sound"), MEASURED)
def test_what_is_measured_is_a_scale_of_numbers(measures, path, question, sound):
    own = {"metrics": [{"question": path, "measures": measures}]}
    place = "/elements/0/columns/1" if path == "q.r.t" else "/elements/0"
    assert found({"name": "q", **question}, kithkin=own) == ([] if sound else [("error", "measure", place)])


@pytest.mark.parametrize("path", ["z", "q.z", "n.r", "n.z.c", "n.r.z"])
def test_place_that_is_measured_is_there(path):
    matrix = {"type": "matrix", "name": "q", "rows": ["r"], "columns": [1, 2]}
    cells = {"type": "matrixdropdown", "name": "n", "rows": ["r"], "columns": CELLS}
    own = {"metrics": [{"question": path, "measures": "csat"}]}
    assert found(matrix, cells, kithkin=own) == [("error", "undefined name", "/kithkin/metrics/0/question")]


def test_nps_from_0_to_10_is_sound():
    question = {"type": "rating", "name": "q", "rateMin": 0, "rateMax": 10}
    assert found(question, kithkin={"metrics": [{"question": "q", "measures": "nps"}]}) == []


def measured(question, *measures, path="q"):
    own = {"metrics": [{"question": path, "dimension": "trust", "measures": each} for each in measures]}
    return found({"name": "q", **question}, kithkin=own)


DOUBTED = [("warning", "measure", "/elements/0")]


@pytest.mark.parametrize("measure", ["nps", "csat", "engagement"])
def test_whole_matrix_is_no_one_question(measure):
    matrix = {"type": "matrix", "rows": ["r", "s"], "columns": ELEVEN}
    assert measured(matrix, measure) == DOUBTED
    assert measured(matrix, measure, path="q.r") == []


def test_best_two_of_two_points_are_all():
    assert measured({"type": "rating", "rateMax": 2}, "csat") == DOUBTED
    assert measured({"type": "rating", "rateMax": 3}, "csat") == []
    assert measured({"type": "rating", "rateMax": 2}, "engagement") == []


def test_ninety_nine_is_no_point_of_a_scale():
    assert measured(radio("q", 1, 2, 3, 4, 5, 99), "csat") == DOUBTED
    assert measured({"type": "rating", "rateMin": 0, "rateMax": 1, "rateStep": 0.1}, "csat") == []


@pytest.mark.parametrize("value", ["nan", "inf", "1_0"])
def test_what_only_python_takes_for_a_number_is_none(value):
    assert measured(radio("q", 1, 2, value), "csat") == [("error", "measure", "/elements/0")]


def test_texts_that_count_down_while_values_count_up():
    def scale(*texts):
        return radio("q", *({"value": value, "text": text} for value, text in enumerate(texts, 1)))

    assert measured(scale("5 - very good", "4", "3", "2", "1 - very bad"), "csat") == DOUBTED
    assert measured(scale("1 - very bad", "2", "3", "4", "5 - very good"), "csat") == []
    assert measured(scale("very bad", "bad", "so so", "good", "very good"), "csat") == []


def test_scale_of_which_some_see_a_part():
    hidden = radio("q", *ELEVEN[:10], {"value": 10, "visibleIf": "{a} = 1"})
    own = {"metrics": [{"question": "q", "measures": "nps"}]}
    assert found(hidden, {"type": "rating", "name": "a"}, kithkin=own) == DOUBTED


def test_scores_of_customers_and_of_the_employer_do_not_mix():
    scale = {"type": "rating", "rateMin": 0, "rateMax": 10}
    assert measured(scale, "nps", "enps") == [("error", "measure", "/kithkin/metrics/1")]
    assert measured(scale, "nps", "nps") == [("warning", "measure", "/kithkin/metrics/1")]
    assert measured(scale, "nps", "csat") == []


@pytest.mark.parametrize(
    ("question", "sound"),
    [
        ({"type": "rating"}, True),
        (radio("q", "1", "2"), True),
        (radio("q", {"value": "a", "score": 1}, "b"), True),
        (radio("q", "a", "b"), False),
        ({"type": "matrix", "rows": ["r"], "columns": [1, 2]}, True),
        ({"type": "matrix", "rows": ["r"], "columns": ["a", "b"]}, False),
        ({"type": "text", "inputType": "number"}, True),
        ({"type": "text", "inputType": "date"}, False),
        ({"type": "comment"}, False),
        ({"type": "boolean"}, False),
        ({"type": "boolean", "valueTrue": 1, "valueFalse": 0}, True),
        ({"type": "constantsum", "choices": ["a", "b"]}, False),
    ],
)
def test_what_gives_no_points_to_a_score(question, sound):
    own = {"scoring": [{"name": "s", "questions": ["q"]}]}
    expected = [] if sound else [("warning", "measure", "/kithkin/scoring/0/questions")]
    assert found({"name": "q", **question}, kithkin=own) == expected


def test_question_in_a_panel_gives_no_points_to_a_score():
    own = {"scoring": [{"name": "s", "questions": ["q"]}]}
    repeated = {"type": "paneldynamic", "name": "p", "templateElements": [{"type": "rating", "name": "q"}]}
    assert found(repeated, kithkin=own) == [("warning", "measure", "/kithkin/scoring/0/questions")]


def test_question_without_a_right_answer_gives_no_points_for_it():
    own = {"scoring": [{"name": "s", "questions": ["q"], "correct": True}]}
    right = {"type": "radiogroup", "name": "q", "choices": ["a", "b"]}
    assert found(right, kithkin=own) == [("warning", "measure", "/kithkin/scoring/0/questions")]
    assert found(right | {"correctAnswer": "a"}, kithkin=own) == []
