"""The organisation comes from a file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kithkin.directory.models import Unit, UnitPeriod
from kithkin.directory.models.days import today
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.services import organisation as services
from kithkin.platform.models import Event, Import, Role, RoleGrant, User
from tests.directory.imports.files import check, counts, run, undo, upload


def take(by: User, content: str) -> Import:
    return run(check(upload(by, content, kind="organisation", name="units.csv")))


def shown(day: date | None = None) -> str:
    return " ".join(f"{depth}{node.name}" for node, depth in tree_on(day or today()).depth_first())


@pytest.fixture
def ada(db) -> User:
    """She administers a company without a single unit."""
    user = User.objects.create_user("ada@company.example", "correct horse battery", name="Ada")
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR)
    return user


def test_names_codes_and_parents_make_a_tree_whatever_their_order(ada):
    one = take(ada, "Unit,Code,Parent,Kind\nSupport,S,IT,Team\nIT,IT,C,Department\nCompany,C,,Division\n")
    assert shown() == "0Company 1IT 2Support"
    assert counts(one)["created"] == 3
    assert [node.kind for node, _ in tree_on(today()).depth_first()] == ["division", "department", "team"]
    assert Event.objects.filter(kind="directory.OrganisationImported").count() == 1


def test_paths_make_a_tree(ada):
    take(ada, "Path\nCompany / IT / Support\nCompany / Logistics\n")
    assert shown() == "0Company 1IT 2Support 1Logistics"


def test_the_same_file_again_changes_nothing(ada):
    content = "Unit,Code,Parent\nCompany,C,\nIT,IT,C\n"
    take(ada, content)
    again = take(ada, content)
    assert counts(again) == {"unchanged": 2}


def test_units_that_are_there_move_and_are_renamed_from_today_on(cast):
    one = take(cast.alice, "Unit,Code,Parent\nHelp desk,SUPPORT,LOGISTICS\n")
    assert shown() == "0Company 1IT 1Logistics 2Help desk"
    assert shown(today() - timedelta(days=1)) == "0Company 1IT 2Support 1Logistics"
    assert counts(one)["changed"] == 1
    assert Unit.objects.get(code="SUPPORT").name == "Help desk"


def test_a_day_in_the_file_is_the_day_of_the_change(cast):
    take(cast.alice, "Unit,Code,Parent,From\nSupport,SUPPORT,LOGISTICS,2025-03-01\n")
    assert shown(date(2025, 2, 28)) == "0Company 1IT 2Support 1Logistics"
    assert shown(date(2025, 3, 1)) == "0Company 1IT 1Logistics 2Support"


def test_rings_and_orphans_are_refused_by_name_and_line_and_the_rest_is_taken(ada):
    one = take(ada, "Unit,Parent\nCompany,\nIT,Support\nSupport,IT\nDesk,Support\nCar,Fleet\nHR,Company\n")
    assert shown() == "0Company 1HR"
    reasons = {row.number: row.problems[0][2] for row in one.rows.filter(action="refused")}
    assert reasons == {
        3: "“IT” lies below “Support” (line 4), which lies below “IT”.",
        4: "“Support” lies below “IT” (line 3), which lies below “Support”.",
        5: "It lies below line 4, which has no place.",
        6: "“Fleet” above it is neither in this file nor a unit of today. Add a line for it.",
    }


def test_a_line_that_a_plan_forbids_is_refused_and_names_both(cast):
    soon = today() + timedelta(days=20)
    services.move_unit(unit=cast.logistics, to=cast.it, on=soon)
    one = take(cast.alice, "Unit,Code,Parent\nIT,IT,LOGISTICS\nSecurity,SEC,IT\n")
    (row,) = one.rows.filter(action="refused")
    assert "“IT” cannot stand below “Logistics”" in row.problems[0][2]
    assert shown() == "0Company 1IT 2Security 2Support 1Logistics"


def test_a_code_of_a_closed_unit_is_not_given_again(cast):
    services.close_unit(unit=cast.support, on=today())
    one = take(cast.alice, "Unit,Code,Parent\nSupport,SUPPORT,IT\n")
    (row,) = one.rows.filter(action="refused")
    assert row.problems[0][2] == "The code belongs to “Support”, which is not open today."


def test_an_import_is_taken_back_as_a_whole(cast):
    before = sorted(UnitPeriod.objects.values_list("unit_id", "name", "parent_id", "since", "until"), key=str)
    one = take(cast.alice, "Unit,Code,Parent\nHelp desk,SUPPORT,SEC\nSecurity,SEC,IT\n")
    assert shown() == "0Company 1IT 2Security 3Help desk 1Logistics"
    undo(one)
    after = sorted(UnitPeriod.objects.values_list("unit_id", "name", "parent_id", "since", "until"), key=str)
    assert (after, Unit.objects.filter(code="SEC").exists()) == (before, False)


def test_two_thousand_units_are_taken_in_a_few_seconds(ada, django_assert_max_num_queries):
    lines = "".join(f"Unit {n},U{n},{f'U{n // 5}' if n else ''}\n" for n in range(2000))
    with django_assert_max_num_queries(400):
        one = take(ada, "Unit,Code,Parent\n" + lines)
    assert (counts(one)["created"], len(tree_on(today()))) == (2000, 2000)
