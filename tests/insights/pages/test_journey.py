"""Stages of a journey with how customers find them: each number as far as the reader may have it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kithkin.directory.models import Stage
from kithkin.directory.services.journeys import Start, add_journey, add_stage, place_touchpoint
from kithkin.forms.services import publish_version
from kithkin.insights.asking import Question, answer
from kithkin.insights.stages import scores_of_stages
from kithkin.insights.warehouse import load_pending
from kithkin.surveys.services import NewResponse, record_responses
from tests.surveys.programs import ASKED, noon


@pytest.fixture
def journey(branches):
    """Looking at the shop, then having it brought, then nothing that anybody asks about."""
    made = add_journey(name="Buying a lamp", side="kith", start=Start.CUSTOMER)
    Stage.objects.filter(journey=made).delete()
    for name, touchpoint in zip(("Look", "Receive"), branches.touchpoints, strict=True):
        place_touchpoint(stage=add_stage(journey=made, name=name), touchpoint=touchpoint)
    add_stage(journey=made, name="Use")
    return made


def told(journey, user):
    return {Stage.objects.get(pk=pk).name: one for pk, one in scores_of_stages(journey.pk, user).items()}


def test_a_stage_has_the_score_at_its_touchpoints(branches, journey, cast):
    found = told(journey, cast.anna)
    assert sorted(found) == ["Look", "Receive"]
    visit = str(branches.touchpoints[0].pk)
    asked = answer(Question(branches.program.pk, where={"touchpoint": (visit,)}), branches.program, cast.anna)
    assert (found["Look"].experience, found["Look"].n) == (round(asked.overall.estimate.value, 1), asked.overall.n)
    assert found["Look"].low < found["Look"].experience < found["Look"].high


def test_the_worst_stage_is_marked_where_it_is_one(journey, cast):
    assert {name: one.is_worst for name, one in told(journey, cast.anna).items()} == {"Look": False, "Receive": True}


def test_of_stages_with_the_same_touchpoints_none_is_worst(branches, journey, cast):
    for stage in Stage.objects.filter(journey=journey):
        for touchpoint in branches.touchpoints:
            if not stage.places.filter(touchpoint=touchpoint).exists():
                place_touchpoint(stage=stage, touchpoint=touchpoint)
    found = told(journey, cast.anna)
    assert [one.is_worst for one in found.values()] == [False, False, False]
    assert {one.n for one in found.values()} == {9 * 8 * 12}


def test_a_department_head_reads_their_own_part(branches, journey, cast):
    assert told(journey, cast.donald)["Look"].n == 9 * 8 * 6
    assert told(journey, cast.dora) == {}
    assert told(journey, cast.bob) == {}


def test_what_was_expected_stands_beside_it_as_a_gap(cast, branches, journey):
    program = branches.program
    hoped = {"type": "rating", "name": "hoped", "rateMin": 0, "rateMax": 10}
    metrics = [
        {"question": "recommend", "measures": "nps"},
        {"question": "hoped", "measures": "nps", "dimension": "expectation"},
    ]
    body = {"elements": [*ASKED["body"]["elements"], hoped]}
    asked = {**ASKED, "body": body, "kithkin": {"metrics": metrics}}
    publish_version(questionnaire=program.questionnaire, body=asked, by=None)
    place = branches.touchpoints[0].pk
    rows = [NewResponse(at=noon(date(2026, 8, 11)), touchpoint=place, answers={"hoped": 10}) for _ in range(30)]
    record_responses(program=program, rows=rows)
    load_pending()
    found = told(journey, cast.anna)
    assert (found["Look"].expectation, found["Receive"].expectation) == (100.0, None)
    assert found["Look"].gap == found["Look"].experience - 100.0


def test_the_page_of_a_journey_shows_it_in_a_constant_number_of_statements(
    visit, journey, branches, django_assert_max_num_queries
):
    url = reverse("journey", args=[journey.pk])
    page = visit("anna").get(url).content.decode()
    assert page.count("worst stage") == 1
    for n in range(8):
        place_touchpoint(stage=add_stage(journey=journey, name=f"More {n}"), touchpoint=branches.touchpoints[n % 2])
    browser = visit("anna")
    with django_assert_max_num_queries(30):
        browser.get(url)


def test_a_journey_of_kin_has_no_score_of_customers(branches, cast):
    made = add_journey(name="Joining", side="kin", start=Start.EMPLOYEE)
    place_touchpoint(stage=Stage.objects.filter(journey=made)[0], touchpoint=branches.touchpoints[0])
    assert scores_of_stages(made.pk, cast.anna) == {}
