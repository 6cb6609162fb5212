"""Who is who in the simulated company."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from kithkin.demo.roster import (
    AUDIENCES,
    JOURNEYS,
    NEEDS,
    PARTNERS,
    accounts,
    customers,
    organisation,
    relations,
    staff,
)
from kithkin.demo.structure import DEPARTMENTS, TOUCHPOINTS

TODAY = date(2026, 11, 25)
UNITS = organisation(TODAY)
STAFF = staff(TODAY)
CUSTOMERS = customers(TODAY)


def test_the_company_has_its_fourteen_departments_once_each():
    names = Counter(plan.name for plan in UNITS if plan.kind == "department" and plan.since <= TODAY)
    assert set(DEPARTMENTS) <= set(names)
    assert len({plan.code for plan in UNITS if plan.kind == "department"}) == 14


def test_parents_come_before_their_children():
    seen = {None}
    for plan in UNITS:
        assert plan.parent in seen
        seen.add(plan.code)


def test_1250_people_work_here_each_under_another_name():
    assert (len(STAFF), len({one.email for one in STAFF}), len({one.number for one in STAFF})) == (1250, 1250, 1250)
    assert {one.unit for one in STAFF} <= {plan.code for plan in UNITS}


@pytest.mark.parametrize("size", [130, 400, 1250])
def test_a_company_of_any_size_has_somebody_in_every_department_and_branch(size):
    people = staff(TODAY, size=size)
    assert (len(people), len({one.unit for one in people})) == (size, 1 + 14 + 4 + 40)


def test_every_branch_has_more_people_than_the_floor_of_its_programs():
    of_branches = Counter(one.unit for one in STAFF if one.unit.startswith("B") and one.unit[1:].isdigit())
    assert (len(of_branches), min(of_branches.values()) >= 20) == (40, True)


def test_all_lines_lead_to_the_managing_director():
    managers = {one.number: one.manager for one in STAFF}
    tops = set()
    for one in STAFF:
        number = one.number
        for _ in range(6):
            number = managers[number] or number
        tops.add(number)
    assert tops == {"E0001"}


def test_thirty_accounts_each_have_somebody_who_buys_uses_and_pays():
    kinds = Counter((account, kind) for one in CUSTOMERS for kind, account, _ in one.ties if account)
    assert kinds == {(account.number, kind): 1 for account in accounts() for kind in ("buyer", "user", "payer")}


def test_ties_to_other_customers_lead_somewhere():
    numbers = {one.number for one in CUSTOMERS}
    others = [(one.number, other) for one in CUSTOMERS for _, _, other in one.ties if other]
    assert len(others) == 20
    assert all(other in numbers and other != number for number, other in others)


def test_the_same_day_gives_the_same_company():
    assert (staff(TODAY), customers(TODAY), organisation(TODAY)) == (STAFF, CUSTOMERS, UNITS)


def test_four_customers_are_there_twice():
    phones = Counter(one.phone[-7:] for one in CUSTOMERS)
    assert sum(count == 2 for count in phones.values()) == 4


def test_every_relation_is_between_parties_that_exist():
    units, outside = {plan.name for plan in UNITS}, {*PARTNERS, *AUDIENCES}
    named = {name for one in relations() for name in (one.provider, one.receiver)}
    assert named - units - outside == set()
    assert all(bool(one.service) != bool(one.touchpoint) for one in relations())


def test_journeys_pass_only_touchpoints_that_exist():
    known = {place.name for place in TOUCHPOINTS}
    assert {name for journey in JOURNEYS for stage in journey.stages for name in stage.touchpoints} <= known
    assert [sum(stage.is_lost for stage in journey.stages) for journey in JOURNEYS] == [1, 1]


def test_a_need_that_cannot_be_met_says_why():
    assert all(need.answer for need in NEEDS if need.state == "cannot")
