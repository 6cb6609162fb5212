"""What the warehouse is told of responses."""

from __future__ import annotations

from datetime import date

import pytest

from kithkin.analysis.drivers import buckets_of
from kithkin.directory.models import Person, Side
from kithkin.forms.services import publish_version
from kithkin.platform.registries.facts import FactTable, fact_tables
from kithkin.surveys.models import Program, Response
from kithkin.surveys.services import add_wave, record_responses
from tests.cast import make_unit
from tests.surveys.programs import answered, make_program

pytestmark = pytest.mark.django_db


def table(program: Program) -> FactTable:
    return fact_tables()[program.table]


def rows(program: Program) -> list[dict]:
    return table(program).rows(0, 10**9).to_pylist()


def test_a_response_is_a_row_with_a_column_for_each_question():
    program, unit = make_program(), make_unit("Hall")
    wave = add_wave(program=program, name="2026", starts=date(2026, 1, 1), ends=date(2027, 1, 1))
    said = answered(unit=unit.pk, weight=1.5, recommend=9, food=4, by="train", words="Kind people")
    record_responses(program=program, rows=[said])
    key = Response.objects.get().pk
    assert rows(program) == [
        {
            "key": key, "month": "2026-03", "day": date(2026, 3, 14), "wave": wave.pk, "unit": unit.pk, "link": None,
            "touchpoint": None, "bucket": int(buckets_of([key])[0]), "weight": 1.5, "f1": 9.0, "f2": 4.0, "f3": "train",
            "f4": "Kind people",
        }
    ]  # fmt: skip


def test_what_was_not_answered_is_null_and_so_is_what_is_no_answer():
    program = make_program()
    record_responses(
        program=program, rows=[answered(), answered(recommend="many", food=True, by=["a"], words={"x": 1})]
    )
    found = [[row[f"f{number}"] for number in (1, 2, 3, 4)] for row in rows(program)]
    assert found == [[None] * 4, [None, None, None, '{"x": 1}']]


def test_numbers_written_as_text_are_numbers_and_choices_are_texts():
    program = make_program()
    record_responses(program=program, rows=[answered(recommend="10", by=3.0)])
    assert [(row["f1"], row["f3"]) for row in rows(program)] == [(10.0, "3")]


def test_the_answers_of_a_matrix_are_found_inside_it():
    program = make_program()
    matrix = {"type": "matrix", "name": "desk", "columns": [1, 2, 3], "rows": ["speed", "tone"]}
    publish_version(questionnaire=program.questionnaire, body={"elements": [matrix]}, by=None)
    record_responses(program=program, rows=[answered(desk={"speed": 2}), answered(**{"desk.speed": 3, "desk.tone": 1})])
    assert [(row["f5"], row["f6"]) for row in rows(program)] == [(2.0, None), (3.0, 1.0)]


def test_the_responses_of_one_person_share_a_bucket():
    program, person = make_program(), Person.objects.create(name="Rosa")
    record_responses(program=program, rows=[answered(person=person.pk), answered(person=person.pk)])
    assert [row["bucket"] for row in rows(program)] == [int(buckets_of([person.pk])[0])] * 2


def test_of_a_program_with_a_floor_neither_day_nor_person_is_told():
    program, person = make_program(side=Side.KIN), Person.objects.create(name="Rosa", is_kin=True)
    record_responses(program=program, rows=[answered(person=person.pk), answered(person=person.pk)])
    keys = list(Response.objects.order_by("pk").values_list("pk", flat=True))
    assert [row["day"] for row in rows(program)] == [date(2026, 3, 1)] * 2
    assert [row["bucket"] for row in rows(program)] == buckets_of(keys).tolist()


def test_a_program_without_responses_has_an_empty_table():
    program = make_program()
    assert table(program).rows(0, 10).num_rows == 0
    assert table(program).following(0, 10) is None


def test_a_rebuild_walks_through_all_keys():
    program = make_program()
    record_responses(program=make_program("Other"), rows=[answered()])
    record_responses(program=program, rows=[answered() for _ in range(5)])
    keys, found, after = list(Response.objects.filter(program=program).values_list("pk", flat=True)), [], 0
    while (last := table(program).following(after, 2)) is not None:
        found += table(program).rows(after + 1, last).column("key").to_pylist()
        after = last
    assert found == sorted(keys)
