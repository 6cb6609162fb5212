"""Those with a stake: on the grid, in the table, and on the home page of who looks after them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kithkin.directory.models import Stakeholder
from kithkin.directory.models.days import today
from kithkin.directory.queries.stakeholders import Quadrant, on_grid
from kithkin.directory.services.stakeholders import Stake, add_stakeholder, change_stakeholder
from kithkin.platform.models import ChangedMeanwhile, Event

GRID = "/understand/stakeholders/"
SENT = {"name": "Bank", "group": "connected", "power": "4", "interest": "2", "strength": "5"}


def put(name: str, **fields) -> Stakeholder:
    return add_stakeholder(stake=Stake(name, fields.pop("group", "external"), **fields))


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("power", "interest", "quadrant"),
    [
        (5, 1, Quadrant.SATISFY),
        (3, 2, Quadrant.SATISFY),
        (3, 3, Quadrant.MANAGE),
        (5, 5, Quadrant.MANAGE),
        (2, 2, Quadrant.MONITOR),
        (2, 3, Quadrant.INFORM),
        (1, 5, Quadrant.INFORM),
    ],
)
def test_each_stands_in_the_quadrant_that_says_what_to_do(db, power, interest, quadrant):
    stakeholder = put("Bank", power=power, interest=interest)
    assert [one.quadrant for one in on_grid([stakeholder]) if one.count] == [quadrant]
    assert Stakeholder.objects.filter(quadrant.condition).count() == 1


def test_the_grid_has_every_cell_once(db):
    places = [(cell.power, cell.interest) for one in on_grid([]) for cell in one.cells]
    assert sorted(places) == [(power, interest) for power in range(1, 6) for interest in range(1, 6)]


def test_somebody_is_put_on_the_grid(visit):
    response = visit("anna").post(f"{GRID}add/", SENT)
    assert (response.status_code, response.url) == (302, GRID)
    bank = Stakeholder.objects.get()
    assert (bank.power, bank.interest, bank.strength, bank.group) == (4, 2, 5, "connected")
    assert Event.objects.get().kind == "directory.StakeholderAdded"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "Town"}, "“Town” is on the grid already. Change that entry instead."),
        ({"power": "6"}, "Select a valid choice. 6 is not one of the available choices."),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
        ({"name": "x" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
        ({"next_step_due": "2026-01-01"}, "Say what is to be done by that day."),
        ({"owner": "999999"}, "Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_what_cannot_be_is_said_at_the_form(visit, wrong, said):
    put("Town")
    assert said in text_of(visit("anna").post(f"{GRID}add/", {**SENT, **wrong}))
    assert Stakeholder.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Bank", "Staff", "Town"]),
        ("group=external", ["Town"]),
        ("quadrant=manage", ["Bank"]),
        ("strength=4", ["Bank"]),
        ("q=counc", ["Town"]),
        ("mine=on", ["Staff"]),
        ("group=nonsense&strength=x&quadrant=%00", ["Bank", "Staff", "Town"]),
    ],
)
def test_grid_and_table_are_filtered_alike(visit, cast, query, shown):
    put("Bank", power=5, interest=5, strength=5, group="connected")
    put("Town", power=1, interest=1, kind="Council")
    put("Staff", power=1, interest=5, group="internal", owner=cast.anna)
    response = visit("anna").get(f"{GRID}?{query}")
    on_the_grid = [
        one.name
        for quadrant in response.context["quadrants"].values()
        for cell in quadrant.cells
        for one in cell.stakeholders
    ]
    assert sorted(on_the_grid) == [one.name for one in response.context["page"].rows] == shown


@pytest.mark.parametrize(
    ("days", "line"), [(7, True), (0, True), (-1, "Bank: 1 day late"), (-3, "Bank: 3 days late"), (8, False)]
)
def test_what_is_due_within_a_week_or_late_waits_for_the_owner(visit, cast, days, line):
    put("Bank", owner=cast.anna, next_step="Call them", next_step_due=today() + timedelta(days=days))
    home = text_of(visit("anna").get("/"))
    assert ("Call them" in home) == bool(line)
    assert not isinstance(line, str) or line in home
    assert "Call them" not in text_of(visit("percy").get("/"))


def test_a_step_that_is_done_waits_no_longer(visit, cast):
    bank = put("Bank", owner=cast.anna, next_step="Call them", next_step_due=today())
    for _ in range(2):
        assert visit("anna").post(f"{GRID}{bank.pk}/done/").status_code == 302
    assert "Call them" not in text_of(visit("anna").get("/"))
    assert Event.objects.filter(kind="directory.StepDone").count() == 1


def test_the_second_of_two_writers_is_told(visit):
    bank = put("Bank")
    change_stakeholder(stakeholder=Stakeholder.objects.get(), stake=Stake("Bank", "internal"))
    response = visit("anna").post(f"{GRID}{bank.pk}/", {**SENT, "version": "1"})
    assert (response.status_code, Stakeholder.objects.get().group) == (409, "internal")
    with pytest.raises(ChangedMeanwhile):
        change_stakeholder(stakeholder=bank, stake=Stake("Bank", "external"))


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_takes_as_many_statements_for_one_as_for_fifty(visit, cast, many, django_assert_max_num_queries):
    for number in range(many):
        put(f"S{number:02}", owner=cast.anna)
    anna = visit("anna")
    with django_assert_max_num_queries(15):
        assert anna.get(GRID).status_code == 200
