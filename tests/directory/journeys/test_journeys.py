"""Journeys: stages in order, touchpoints on them, and where people leave."""

from __future__ import annotations

import pytest

from kithkin.directory.models import Journey, Stage, StageTouchpoint, Touchpoint
from kithkin.directory.queries.journeys import drawn
from kithkin.directory.registries import stage_scores as registry
from kithkin.directory.registries.stage_scores import StageScore, StageScores
from kithkin.directory.services.journeys import (
    StageNameTaken,
    Start,
    add_journey,
    add_stage,
    arrange_touchpoints,
    change_stage,
    move_stage,
    move_touchpoint,
    place_touchpoint,
    remove_stage,
)
from kithkin.platform.models import ChangedMeanwhile, Role, RoleGrant

JOURNEYS = "/understand/journeys/"


@pytest.fixture
def journey(db) -> Journey:
    """Four stages, A to C and a lost one."""
    made = add_journey(name="Lamp", side="kith", outcome="How easy was it?")
    for name in "ABC":
        add_stage(journey=made, name=name)
    add_stage(journey=made, name="Lost", is_lost=True)
    return made


def stage(name: str) -> Stage:
    return Stage.objects.get(name=name)


def order(journey: Journey) -> str:
    return " ".join(journey.stages.values_list("name", flat=True))


def standing() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in StageTouchpoint.objects.select_related("stage", "touchpoint").order_by("stage__position", "position"):
        found.setdefault(place.stage.name, []).append(place.touchpoint.name)
    return found


def put(where: str, *names: str) -> None:
    for name in names:
        place_touchpoint(stage=stage(where), touchpoint=Touchpoint.objects.get_or_create(name=name)[0])


def place(name: str) -> StageTouchpoint:
    return StageTouchpoint.objects.get(touchpoint__name=name)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("start", "count", "first", "last"),
    [(Start.CUSTOMER, 8, "Need", "Lost"), (Start.EMPLOYEE, 7, "Application", "Lost"), (Start.EMPTY, 0, None, None)],
)
def test_a_journey_begins_with_the_stages_of_a_template(db, start, count, first, last):
    stages = list(add_journey(name="J", side="kith", start=start).stages.all())
    assert len(stages) == count
    assert (stages[0].name if stages else None, stages[-1].name if stages else None) == (first, last)
    assert [one.is_lost for one in stages] == [False] * (count - 1) + [True] * bool(count)


@pytest.mark.parametrize(
    ("name", "by", "after"),
    [
        ("B", -1, "B A C Lost"),
        ("B", 1, "A C B Lost"),
        ("A", -1, "A B C Lost"),
        ("C", 1, "A B C Lost"),
        ("Lost", -1, "A B C Lost"),
    ],
)
def test_a_stage_moves_one_place_and_never_among_those_where_people_leave(journey, name, by, after):
    move_stage(stage=stage(name), by=by)
    assert order(journey) == after


def test_a_stage_taken_out_leaves_no_hole(journey):
    remove_stage(stage=stage("B"))
    assert list(journey.stages.values_list("name", "position")) == [("A", 0), ("C", 1), ("Lost", 2)]


def test_a_name_is_taken_once_on_a_journey(journey):
    with pytest.raises(StageNameTaken):
        add_stage(journey=journey, name="A")
    add_stage(journey=add_journey(name="Other", side="kin"), name="A")


def test_a_touchpoint_goes_through_its_stage_and_on_to_the_next(journey):
    put("A", "Shop", "Web")
    move_touchpoint(place=place("Shop"), by=1)
    assert standing() == {"A": ["Web", "Shop"]}
    move_touchpoint(place=place("Shop"), by=1)
    assert standing() == {"A": ["Web"], "B": ["Shop"]}
    move_touchpoint(place=place("Shop"), by=-1)
    assert standing() == {"A": ["Web", "Shop"]}
    move_touchpoint(place=place("Web"), by=-1)
    assert standing() == {"A": ["Web", "Shop"]}


def test_a_touchpoint_stands_on_a_stage_once(journey):
    put("A", "Shop", "Shop")
    put("B", "Shop")
    moved = StageTouchpoint.objects.get(stage__name="B")
    arrange_touchpoints(stage=stage("A"), place_ids=[moved.pk])
    assert standing() == {"A": ["Shop"], "B": ["Shop"]}


def test_dropping_arranges_a_stage_with_what_came_from_others(journey):
    put("A", "Shop", "Web")
    put("B", "Phone")
    arrange_touchpoints(stage=stage("A"), place_ids=[place("Web").pk, place("Phone").pk, 999_999])
    assert standing() == {"A": ["Web", "Phone", "Shop"]}


def test_a_touchpoint_of_another_journey_is_not_taken_over(journey):
    other = add_journey(name="Other", side="kin")
    theirs = place_touchpoint(
        stage=add_stage(journey=other, name="X"), touchpoint=Touchpoint.objects.create(name="Desk")
    )
    arrange_touchpoints(stage=stage("A"), place_ids=[theirs.pk])
    assert standing() == {"X": ["Desk"]}


def test_nothing_is_shown_of_scores_until_a_room_measures_them(journey, cast, monkeypatch):
    assert [one.scores for one in drawn(journey, cast.bob)[0]] == [[], [], []]
    score = StageScore(experience=3.0, n=40, low=2.5, high=3.5, expectation=4.5)
    monkeypatch.setattr(
        registry.stage_scores, "_items", [StageScores("NPS", lambda _pk, _user: {stage("B").pk: score})]
    )
    assert [one.scores for one in drawn(journey, cast.bob)[0]] == [[], [("NPS", score)], []]
    assert score.gap == -1.5


def test_everybody_reads_a_journey_in_order_with_leaving_set_apart(journey, visit):
    put("A", "Shop")
    change_stage(stage=stage("A"), name="A", expectation="Quick help")
    response = visit("bob").get(f"{JOURNEYS}{journey.pk}/")
    page = text_of(response)
    assert [one.stage.name for one in response.context["way"]] == ["A", "B", "C"]
    assert [one.stage.name for one in response.context["leaving"]] == ["Lost"]
    assert "<q>Quick help</q>" in page
    assert "Shop" in page
    assert "Add a stage" not in page


def test_an_empty_page_offers_both_templates_to_who_may_draw(visit):
    page = text_of(visit("percy").get(JOURNEYS))
    assert "?start=customer" in page
    assert "?start=employee" in page
    assert "?start=" not in text_of(visit("bob").get(JOURNEYS))


def test_a_journey_is_drawn_by_a_form(visit):
    sent = {"name": "Joining", "side": "kin", "outcome": "How was it?", "start": "employee"}
    response = visit("percy").post(f"{JOURNEYS}add/", sent)
    made = Journey.objects.get()
    assert (response.url, made.side, made.stages.count()) == (f"{JOURNEYS}{made.pk}/", "kin", 7)
    assert "There is a journey called “Joining” already." in text_of(visit("percy").post(f"{JOURNEYS}add/", sent))


def test_the_buttons_do_what_dragging_does(journey, visit):
    percy = visit("percy")
    shop = Touchpoint.objects.create(name="Shop")
    percy.post(f"/understand/stages/{stage('A').pk}/place/", {"touchpoint": str(shop.pk)})
    percy.post(f"/understand/places/{place('Shop').pk}/move/", {"do": "down"})
    assert standing() == {"B": ["Shop"]}
    percy.post(f"/understand/stages/{stage('C').pk}/arrange/", {"place": [str(place("Shop").pk), "x", "9" * 30]})
    assert standing() == {"C": ["Shop"]}
    percy.post(f"/understand/places/{place('Shop').pk}/move/", {"do": "take"})
    assert standing() == {}
    percy.post(f"/understand/stages/{stage('C').pk}/move/", {"do": "up"})
    assert order(journey) == "A C B Lost"


@pytest.mark.parametrize("chosen", ["", "0", "x", "\x00", "9" * 30, "²"])
def test_a_touchpoint_that_is_none_is_refused(journey, visit, chosen):
    response = visit("percy").post(f"/understand/stages/{stage('A').pk}/place/", {"touchpoint": chosen}, follow=True)
    assert "Choose a touchpoint of the list." in text_of(response)


def test_the_second_of_two_writers_is_told(journey, visit):
    a = stage("A")
    change_stage(stage=stage("A"), name="A", expectation="first")
    response = visit("percy").post(
        f"/understand/stages/{a.pk}/", {"name": "A", "expectation": "second", "version": "1"}
    )
    assert (response.status_code, stage("A").expectation) == (409, "first")
    assert "<td>second</td><td>first</td>" in response.content.decode()
    with pytest.raises(ChangedMeanwhile):
        change_stage(stage=a, name="A", expectation="third")


@pytest.mark.parametrize("many", [1, 50])
def test_a_journey_takes_as_many_statements_with_one_touchpoint_as_with_fifty(
    journey, visit, many, django_assert_max_num_queries
):
    put("A", *(f"T{number}" for number in range(many)))
    percy = visit("percy")
    with django_assert_max_num_queries(20):
        assert percy.get(f"{JOURNEYS}{journey.pk}/").status_code == 200


def test_a_manager_of_a_part_draws_no_journey_of_all(journey, cast, visit):
    RoleGrant.objects.create(user=cast.bob, role=Role.PROGRAM_MANAGER, scope_id=cast.it.pk)
    assert visit("bob").post(f"/understand/journeys/{journey.pk}/remove/").status_code == 403
    assert Journey.objects.filter(pk=journey.pk).exists()


def test_the_list_counts_the_stages_on_the_way_as_the_page_does(journey, visit):
    assert '<td class="figure">3</td>' in visit("bob").get(JOURNEYS).content.decode()
    assert "Lamp: 3 stages" in visit("bob").get(f"{JOURNEYS}{journey.pk}/").content.decode()
