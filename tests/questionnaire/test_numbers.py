"""What a replay reckons: rounding, steps, points."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.questionnaire.replayed import asked, errors, run, text


@pytest.mark.parametrize(
    ("expression", "places", "expected"),
    [("2.5", 0, 3), ("-2.5", 0, -3), ("0.5", 0, 1), ("0.125", 2, 0.13), ("1.005", 2, 1), ("2.675", 2, 2.67)],
)
def test_half_is_rounded_away_from_zero_as_the_binary_number_stands(expression, places, expected):
    computed = {"type": "expression", "name": "e", "expression": expression, "precision": places}
    assert run(asked(computed)).values == {"e": expected}  # as JavaScript's toFixed, which survey-core takes


SLIDER = {"type": "slider", "name": "s", "max": 1, "step": 0.1}


@pytest.mark.parametrize("place", range(10))
def test_stretch_of_one_step_is_long_enough(place):
    answer = {"s": [place / 10, (place + 1) / 10]}
    assert errors(run(asked(SLIDER | {"sliderType": "range"}), answer)) == []


@pytest.mark.parametrize("place", range(4))
def test_stretch_may_be_as_long_as_the_longest(place):
    slider = SLIDER | {"sliderType": "range", "maxRangeLength": 0.7}
    assert errors(run(asked(slider), {"s": [place / 10, (place + 7) / 10]})) == []
    assert errors(run(asked(slider), {"s": [0, 0.8]})) == [("s", "invalid")]


@pytest.mark.parametrize("least", [0, 0.1, 0.3, -0.7])
def test_every_step_of_a_tenth_is_one(least):
    slider = SLIDER | {"min": least, "max": 2}
    for step in range(17):
        assert errors(run(asked(slider), {"s": round(least + step / 10, 1)})) == []
    assert errors(run(asked(slider), {"s": least + 0.05})) == [("s", "invalid")]


def scored(question, answer):
    scoring = [{"name": "s", "questions": ["q"]}]
    return run(asked({"name": "q", **question}, kithkin={"scoring": scoring}), {"q": answer}).scores["s"]


def test_numbers_that_are_written_as_texts_are_points():
    assert scored({"type": "radiogroup", "choices": ["1", "2", "3"]}, "3") == 3
    assert scored({"type": "checkbox", "choices": ["1", "2", "3"]}, ["2", "3"]) == 5


def test_number_beside_other_is_no_point():
    question = {"type": "checkbox", "choices": [1, 2], "showOtherItem": True}
    scoring = [{"name": "s", "questions": ["q"]}]
    questionnaire = asked({"name": "q", **question}, storeOthersAsComment=False, kithkin={"scoring": scoring})
    found = run(questionnaire, {"q": [2, "7"]})
    assert (found.values, found.scores) == ({"q": [2, "7"]}, {"s": 2})


def test_points_of_a_matrix_are_those_of_its_rows():
    rows = {"type": "matrix", "rows": ["a", "b", "c"]}
    assert scored(rows | {"columns": [1, 2, 3]}, {"a": 1, "c": 3}) == 4
    assert (
        scored(rows | {"columns": [{"value": "x", "score": 10}, {"value": "y", "score": 20}]}, {"a": "x", "b": "y"})
        == 30
    )
    assert scored(rows | {"columns": [1, 2, 3], "cellType": "checkbox"}, {"a": [1, 2], "b": [3]}) == 6


def test_tenths_add_up():
    choices = [{"value": "x", "score": 0.1}, {"value": "y", "score": 0.2}]
    assert scored({"type": "checkbox", "choices": choices}, ["x", "y"]) == 0.3


def test_tenths_under_a_column_add_up():
    columns = [{"name": each, "cellType": "text", "inputType": "number", "totalType": each} for each in ("sum", "avg")]
    matrix = {"type": "matrixdynamic", "name": "m", "columns": columns}
    answer = {"m": [{"sum": 0.1, "avg": 0.1}, {"sum": 0.2, "avg": 0.2}]}
    assert run(asked(matrix), answer).values["m-total"] == {"sum": 0.3, "avg": 0.15}


SHARED = {"type": "constantsum", "name": "c", "choices": ["a", "b"]}


def test_least_points_hold_for_a_choice_without_any():
    assert errors(run(asked(SHARED | {"min": 10}), {"c": {"a": 100}})) == [("c", "invalid")]
    assert errors(run(asked(SHARED | {"min": 10}), {"c": {"a": 90, "b": 10}})) == []
    assert errors(run(asked(SHARED), {"c": {"a": 100}})) == []
    closed = SHARED | {"min": 10, "choicesEnableIf": "{item} = 'a'", "showNoneItem": True}
    assert errors(run(asked(closed), {"c": {"a": 100}})) == []


ZONES = ["UTC", "Europe/Berlin", "Asia/Tokyo", "America/New_York"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_today_is_the_day_where_the_respondent_is(zone, hour):
    now = datetime(2026, 3, 1, hour, 30, tzinfo=ZoneInfo(zone))
    days = {"2026-02-28": 1, "2026-03-01": 0, "2026-03-02": -1}
    since, until = (text("q", inputType="date", **{f"{each}ValueExpression": "today()"}) for each in ("min", "max"))
    for day, before in days.items():
        found = [run(asked(each), {"q": day}, now=now).errors for each in (since, until)]
        assert [bool(each) for each in found] == [before > 0, before < 0]
    (late,) = run(asked(until), {"q": "2026-03-02"}, now=now).errors
    assert late.message == "The most is 2026-03-01."


@pytest.mark.parametrize("zone", ZONES)
def test_clock_is_that_where_the_respondent_is(zone):
    now = datetime(2026, 3, 1, 9, 30, tzinfo=ZoneInfo(zone))
    until = asked(text("q", inputType="datetime-local", maxValueExpression="currentDate()"))
    assert [errors(run(until, {"q": f"2026-03-01T09:{each}"}, now=now)) for each in ("30", "31")] == [
        [], [("q", "invalid")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("date", "2026-03-01"), ("datetime-local", "2026-03-01T00:00"), ("month", "2026-03"), ("week", "2026-W09")],
)
@pytest.mark.parametrize("zone", ZONES)
def test_today_stands_in_a_question_that_begins_with_it(zone, kind, expected):
    now = datetime(2026, 3, 1, 9, 30, tzinfo=ZoneInfo(zone))
    questionnaire = asked(text("q", inputType=kind, defaultValueExpression="today()"))
    assert run(questionnaire, now=now).values == {"q": expected}


def test_year_has_the_weeks_that_it_has():
    weeks = [run(asked(text("q", inputType="week")), {"q": f"{year}-W53"}).values for year in (2020, 2021)]
    assert weeks == [{"q": "2020-W53"}, {}]
