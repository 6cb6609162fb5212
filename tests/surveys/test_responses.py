"""Responses come in once, under the promise that was given, and go again."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from kithkin.directory.models import Person, Side
from kithkin.platform.models import Event, FactChange, Import
from kithkin.surveys.models import Response
from kithkin.surveys.services import (
    NewResponse,
    NotListening,
    Recorded,
    add_wave,
    close_program,
    record_responses,
    remove_responses,
)
from tests.surveys.programs import answered, make_program

pytestmark = pytest.mark.django_db


def test_a_response_with_a_known_number_is_left_as_it_is():
    program = make_program()
    assert record_responses(program=program, rows=[answered("1", food=3), answered("2", food=4)]) == Recorded(new=2)
    again = [answered("2", food=1), answered("3", food=5), answered("3", food=2)]
    assert record_responses(program=program, rows=again) == Recorded(new=1, known=2)
    assert list(Response.objects.order_by("pk").values_list("ref", "answers__food")) == [("1", 3), ("2", 4), ("3", 5)]


def test_a_number_is_known_within_its_program_only():
    record_responses(program=make_program("One"), rows=[answered("1")])
    assert record_responses(program=make_program("Two"), rows=[answered("1")]) == Recorded(new=1)


def test_without_a_number_every_response_is_new():
    program = make_program()
    assert record_responses(program=program, rows=[answered(), answered()]) == Recorded(new=2)


def test_a_batch_is_one_event_and_the_warehouse_hears_of_it():
    program = make_program()
    record_responses(program=program, rows=[answered() for _ in range(2_500)])
    told = Event.objects.filter(kind="surveys.ResponsesRecorded").order_by("pk")
    assert [event.facts["count"] for event in told] == [2_000, 500]
    keys = Response.objects.order_by("pk").values_list("pk", flat=True)
    noted = FactChange.objects.filter(table=program.table).order_by("first")
    assert [(one.first, one.last) for one in noted] == [(keys[0], keys[1999]), (keys[2000], keys[2499])]


def test_a_response_falls_into_the_wave_of_its_day():
    program = make_program()
    wave = add_wave(program=program, name="2026", starts=date(2026, 1, 1), ends=date(2027, 1, 1))
    record_responses(program=program, rows=[answered(), answered(day=date(2027, 1, 1))])
    assert list(Response.objects.order_by("pk").values_list("wave", flat=True)) == [wave.pk, None]


def test_another_programs_wave_is_refused():
    wave = add_wave(program=make_program("One"), name="1", starts=date(2026, 1, 1), ends=date(2027, 1, 1))
    with pytest.raises(ValueError, match="none of program"):
        record_responses(program=make_program("Two"), rows=[answered(wave=wave.pk)])


def test_who_is_not_listening_takes_nothing():
    with pytest.raises(NotListening):
        record_responses(program=close_program(program=make_program()), rows=[answered()])
    with pytest.raises(NotListening):
        record_responses(program=make_program("Later", launched=False), rows=[answered()])


def test_of_an_anonymous_program_only_the_day_and_the_answers_are_kept():
    program = make_program(side=Side.KITH, identity="anonymous")
    person = Person.objects.create(name="Rosa")
    at = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
    record_responses(program=program, rows=[NewResponse(at=at, person=person.pk, ref="7", answers={"food": 5})])
    kept = Response.objects.get()
    assert (kept.person, kept.account, kept.ref, kept.at) == (None, None, "", datetime(2026, 3, 14, 12, tzinfo=UTC))


def test_what_an_import_brought_goes_again_and_nothing_else(cast):
    program = make_program()
    brought = Import.objects.create(
        once=uuid.uuid4(), kind="responses", name="a.csv", folder="x", sha256="", size=1, signature="", by=cast.alice
    )
    record_responses(program=program, rows=[answered("1")])
    record_responses(program=program, rows=[answered("2"), answered("3"), answered("4")], by_import=brought)
    last = Response.objects.get(ref="4").pk
    FactChange.objects.all().delete()
    assert remove_responses(by_import=brought, most=1) == 1
    assert [(one.first, one.last) for one in FactChange.objects.all()] == [(last, last)]
    assert remove_responses(by_import=brought) == 2
    assert list(Response.objects.values_list("ref", flat=True)) == ["1"]


def test_thousands_a_second_come_in(django_assert_max_num_queries):
    program, at = make_program(), datetime(2026, 1, 1, tzinfo=UTC)
    rows = [NewResponse(at=at + timedelta(minutes=n), ref=str(n), answers={"food": 3}) for n in range(2_000)]
    with django_assert_max_num_queries(60):
        record_responses(program=program, rows=rows)
