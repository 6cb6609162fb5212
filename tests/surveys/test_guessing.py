"""What the columns of a file are taken for before anybody says so."""

from __future__ import annotations

import pytest

from kithkin.platform.imports.kept import Head
from kithkin.surveys.imports.codebook import BadCodebook, applied, typed
from kithkin.surveys.imports.guessing import guess
from kithkin.surveys.imports.likeness import matched
from kithkin.surveys.imports.plans import ColumnPlan, Holds, Match
from kithkin.surveys.models import Program
from tests.surveys.programs import make_program


def plan(column: str, *values: str, units: tuple[str, ...] = ()) -> ColumnPlan:
    return guess(Head((column,), {column: list(values)}), lambda text: text in units)[0]


@pytest.mark.parametrize(
    ("column", "values", "holds"),
    [
        ("RESPNUM", ["1", "2", "3"], Holds.REF),
        ("number", ["1", "1", "2"], Holds.CHOICE),
        ("WEIGHT", ["0.28", "1.5"], Holds.WEIGHT),
        ("Date", ["2026-03-14", "2026-03-15"], Holds.AT),
        ("born", ["2001-03-14", "1999-12-31"], Holds.DAY),
        ("DEPTIME", ["12/31/1899 09:30:00 AM"], Holds.TEXT),
        ("e-mail", ["kim@example.com"], Holds.PERSON),
        ("AIRLINE", ["UNITED", "DELTA"] * 20, Holds.CHOICE),
        ("minutes", [str(n) for n in range(100)], Holds.NUMBER),
        ("price", ["1.5", "2.25"], Holds.NUMBER),
        ("again", ["yes", "no"], Holds.TRUTH),
        ("comment", [f"It was fine, number {n}" for n in range(20)], Holds.TEXT),
        ("nothing", [], Holds.TEXT),
    ],
)
def test_name_and_values_say_what_a_column_holds(column, values, holds):
    assert plan(column, *values).holds == holds


def test_most_values_that_name_units_make_it_the_unit():
    assert plan("where", "IT", "Hall", "IT", units=("IT", "Hall")).holds == Holds.UNIT


@pytest.mark.parametrize(
    ("column", "values", "scale", "missing"),
    [
        ("Q7FOOD", "0123456", (1, 5), ("0", "6")),
        ("food", "12345", (1, 5), ()),
        ("ease", "1234567", (1, 7), ()),
        ("NETPRO", ["0", "5", "9", "10", "11"], (0, 10), ("11",)),
        ("would_recommend", ["9", "10"], (0, 10), ()),
        ("food", ["1", "2", "3", "4", "5", "99"], (1, 5), ("99",)),
        ("food", ["1", "2", "3", "4", "5", "Blank"], (1, 5), ("Blank",)),
    ],
)
def test_scales_are_known_with_their_codes_for_no_answer(column, values, scale, missing):
    found = plan(column, *values)
    assert (found.holds, (found.low, found.high), found.missing) == (Holds.SCORE, scale, missing)


def test_who_would_recommend_is_measured_as_nps():
    assert plan("NETPRO", "9", "10").measures == "nps"


def test_items_of_one_battery_share_their_scale():
    values = {"Q7A": list("0123456"), "Q7B": list("0123456"), "Q7C": list("345")}
    assert [one.holds for one in guess(Head(tuple(values), values), lambda _: False)] == [Holds.SCORE] * 3


@pytest.mark.django_db
def test_a_second_file_finds_the_questions_that_years_spell_differently():
    program: Program = make_program()
    for number, name in enumerate(("Q14FIND", "Q19AGE", "Q7WALKWAYS", "Q8COM1", "Q9FOOD"), start=10):
        program.questionnaire.fields.create(number=number, name=name, title=name, kind="number")
    columns = ("q14find ", "Q20Age", "Q7WALKWAY", "Q8-1", "Q7FOOD")
    plans = [ColumnPlan(column, Holds.NUMBER) for column in columns]
    found = matched(plans, program.questionnaire.fields.filter(number__gte=10))
    assert [(one.asks, one.match) for one in found] == [
        ("Q14FIND", Match.SAME), ("Q19AGE", Match.ALIKE), ("Q7WALKWAYS", Match.ALIKE), ("Q8-1", Match.NEW),
        ("Q9FOOD", Match.ALIKE),
    ]  # fmt: skip


def test_a_codebook_is_typed_line_by_line():
    plans = (
        ColumnPlan("Q7ALL", Holds.CHOICE),
        ColumnPlan("Q7ART", Holds.CHOICE),
        ColumnPlan("SEX", Holds.NUMBER),
        ColumnPlan("RUN", Holds.NUMBER),
    )
    text = """
    # the airport
    Q7* | 1-5 | no answer 0 or 6
    q7all = The airport as a whole | csat
    SEX = Gender | choice | 1 = male; 2 = female
    RUN | leave out
    """
    whole, art, sex, run = applied(plans, typed(text))
    assert (whole.title, whole.holds, whole.low, whole.high, whole.missing, whole.measures) == (
        "The airport as a whole", Holds.SCORE, 1, 5, ("0", "6"), "csat",
    )  # fmt: skip
    assert (art.holds, art.missing, art.measures) == (Holds.SCORE, ("0", "6"), "")
    assert (sex.title, sex.holds, sex.labels) == ("Gender", Holds.CHOICE, {"1": "male", "2": "female"})
    assert run.holds == Holds.NOTHING


@pytest.mark.parametrize("line", ["Q99 = What?", "Q7ALL | from here to there", "Q7ALL | 5-1"])
def test_a_line_that_is_not_understood_is_told(line):
    with pytest.raises(BadCodebook):
        applied((ColumnPlan("Q7ALL"),), typed(line))
