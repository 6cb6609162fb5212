"""Which released periods drivers under a promise rest on: whole blocks of at least ten times the floor."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from kithkin.insights.asking.promised import settled
from kithkin.insights.views.drivers import choice_of, report_for
from kithkin.insights.views.scores import asked_of
from kithkin.surveys.services import add_wave
from tests.insights.listening import heard, inside, said

LEAST = 50


def asked(program):
    return [program.questionnaire.fields.get(name=name) for name in ("speed", "score")]


def told(program):
    return settled(program, asked(program))


def answers(cast, n, month="2026-04", **more):
    return [said(month, 1 + i % 5, cast.it.pk, **{"speed": 1 + i % 4, **more}) for i in range(n)]


@pytest.mark.parametrize(("people", "found"), [(LEAST - 1, {}), (LEAST, {"2026-04": "2026-04"})])
def test_just_enough_people_are_enough(cast, people, found):
    made = inside()
    heard(made, answers(cast, people))
    assert told(made) == ("month", found)


@pytest.mark.parametrize("more", [{"weight": 0}, {"speed": None}])
def test_whoever_weighs_nothing_or_did_not_answer_all_of_it_is_not_counted(cast, more):
    made = inside()
    heard(made, [*answers(cast, LEAST - 1), *answers(cast, 5, **more)])
    assert told(made) == ("month", {})


def test_a_month_that_is_released_anew_counts_once(cast):
    made = inside()
    heard(made, answers(cast, 30))
    heard(made, answers(cast, 10))
    assert told(made) == ("month", {})


def test_a_wave_counts_in_the_month_of_its_last_day(cast, visit):
    made = inside()
    wave = add_wave(program=made, name="Spring", starts=date(2026, 3, 1), ends=date(2026, 5, 1))
    heard(made, answers(cast, LEAST, wave=wave.pk))
    assert told(made) == ("wave", {str(wave.pk): "2026-04"})
    assert "April 2026" in visit("anna").get(reverse("drivers"), {"program": made.pk}).content.decode()


def test_months_that_were_released_before_there_were_waves_are_left_out(cast):
    made = inside()
    heard(made, answers(cast, LEAST))
    wave = add_wave(program=made, name="Spring", starts=date(2026, 6, 1), ends=date(2026, 7, 1))
    heard(made, answers(cast, LEAST, "2026-06", wave=wave.pk))
    assert told(made) == ("wave", {str(wave.pk): "2026-06"})


def test_the_report_says_nothing_more_finely_than_it_may(cast):
    made = inside()
    heard(made, answers(cast, LEAST + 3))
    query = QueryDict(f"program={made.pk}")
    question = asked_of(query, cast.anna)
    outcome, _candidates, chosen = choice_of(question, query)
    report = report_for(question, cast.anna, outcome, chosen)
    assert (report.n, report.rows, report.r2.n, report.dropped, report.sentences) == (LEAST, LEAST, LEAST, 0, ())
    assert [(one.n, round(one.share, 2), round(one.mean, 1)) for one in report.drivers] == [
        (LEAST, one.share, one.mean) for one in report.drivers
    ]
