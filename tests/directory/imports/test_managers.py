"""The organisation comes from its people and their managers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kithkin.directory.models import Membership, Person
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.organisation import tree_on
from kithkin.platform.models import Import, Role, RoleGrant, User
from tests.directory.imports.files import bring, counts, refused, undo

NAMES = ("Ann", "Ben", "Cem", "Dee", "Eve", "Fay")


@pytest.fixture
def ada(db) -> User:
    """She administers a company whose people are known, but not where they work."""
    user = User.objects.create_user("ada@company.example", "correct horse battery", name="Ada")
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR)
    for number, name in enumerate(NAMES, 1):
        Person.objects.create(name=name, external_id=f"P{number}", email=f"{name.lower()}@company.example")
    return user


def take(by: User, content: str) -> Import:
    return bring(by, content, kind="managers")


def shown() -> str:
    return " ".join(f"{depth}{node.name}" for node, depth in tree_on(today()).depth_first())


def workers() -> list[tuple[str, str, str]]:
    rows = Membership.objects.filter(on_day(today())).order_by("person__name")
    return [(row.person.name, row.unit.name, row.manager.name if row.manager else "") for row in rows]


LINES = "Number,Name,Manager\nP1,Ann,\nP2,Ben,P1\nP3,Cem,P2\nP4,Dee,Ann\n"
MIXED = (
    "Number,Name,Manager,E-mail\nP1,Ann,,ann@company.example\nP2,Ben,P1,ben@company.example\n"
    "P3,Cem,ben@company.example,\nP4,Dee,Ann,\n"
)


def test_everybody_who_manages_somebody_has_a_team(ada):
    take(ada, MIXED)
    assert shown() == "0Team of Ann 1Team of Ben"
    assert workers() == [
        ("Ann", "Team of Ann", ""),
        ("Ben", "Team of Ben", "Ann"),
        ("Cem", "Team of Ben", "Ben"),
        ("Dee", "Team of Ann", "Ann"),
    ]
    assert Person.objects.filter(is_kin=True).count() == 4


def test_named_units_stand_below_the_unit_of_the_manager_outside(ada):
    take(ada, "Number,Name,Manager,Unit\nP1,Ann,,Board\nP2,Ben,P1,IT\nP3,Cem,P2,IT\nP4,Dee,P2,Support\n")
    assert shown() == "0Board 1IT 2Support"
    assert ("Dee", "Support", "Ben") in workers()


def test_who_reports_to_themselves_in_the_end_is_told_by_name_and_line(ada):
    one = take(ada, "Number,Name,Manager\nP1,Ann,\nP2,Ben,P3\nP3,Cem,P2\nP4,Dee,P2\nP5,Eve,Ann\nP6,Fay,Zoe\n")
    assert [(number, reason) for number, _, reason in refused(one)] == [
        (3, "“Ben” reports to “Cem” (line 4), who reports to “Ben”."),
        (4, "“Cem” reports to “Ben” (line 3), who reports to “Cem”."),
        (5, "They report to line 3, which is refused."),
        (7, "The manager “Zoe” is not in this file. Add a line for them."),
    ]
    assert shown() == "0Team of Ann"


def test_two_places_for_one_unit_are_told(ada):
    content = "Number,Name,Manager,Unit\nP1,Ann,,Board\nP2,Ben,P1,IT\nP3,Cem,P1,HR\nP4,Dee,P1,Desk\nP5,Eve,P2,Desk\n"
    one = take(ada, content)
    assert [(number, reason) for number, _, reason in refused(one)] == [
        (6, "Line 5 puts “Desk” below “Board”, this line below “IT”.")
    ]


def test_whoever_is_not_in_the_directory_is_told(ada):
    one = take(ada, "Number,Name,Manager\nP1,Ann,\nP9,Zoe,P1\n")
    assert refused(one)[0][2].startswith("There is nobody with this number or e-mail address.")


def test_the_same_file_again_changes_nothing(ada):
    take(ada, LINES)
    assert counts(take(ada, LINES)) == {"unchanged": 4}


def test_who_worked_elsewhere_until_today_is_there_no_longer(ada):
    take(ada, LINES)
    Membership.objects.update(since=today() - timedelta(days=30))
    take(ada, "Number,Name,Manager\nP1,Ann,\nP2,Ben,P1\nP3,Cem,P1\nP4,Dee,P2\n")
    assert [row for row in workers() if row[0] in {"Cem", "Dee"}] == [
        ("Cem", "Team of Ann", "Ann"),
        ("Dee", "Team of Ben", "Ben"),
    ]


def test_it_is_taken_back_as_a_whole(ada):
    one = take(ada, LINES)
    undo(one)
    assert (shown(), workers(), Person.objects.filter(is_kin=True).count()) == ("", [], 0)
