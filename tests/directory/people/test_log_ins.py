"""Who logs in finds themselves in the directory, even if they were not there on the day they joined."""

from __future__ import annotations

from kithkin.directory.events.imports import PeopleImported
from kithkin.directory.models import Person
from kithkin.directory.services.people import add_person
from kithkin.platform.events import dispatch, publish
from kithkin.platform.models import User
from tests.platform.accounts.browser import said


def test_somebody_added_with_the_address_of_a_user_is_that_user(cast):
    user = User.objects.create_user("kim@company.example", name="Kim")
    person = add_person(name="Kim", email="Kim@company.example", is_kin=True)
    dispatch()
    person.refresh_from_db()
    assert person.user == user


def test_people_who_come_in_by_file_are_tied_to_their_log_ins(cast):
    users = [User.objects.create_user(f"{name}@company.example", name=name) for name in ("kim", "lou")]
    Person.objects.bulk_create(Person(name=one.name, email=one.email, email_normal=one.email) for one in users)
    publish(PeopleImported(import_id=1, count=2))
    dispatch()
    assert [Person.objects.get(name=one.name).user for one in users] == users


def test_who_may_log_in_no_longer_is_not_tied(cast):
    User.objects.create_user("kim@company.example", name="Kim", is_active=False)
    person = add_person(name="Kim", email="kim@company.example", is_kin=True)
    dispatch()
    person.refresh_from_db()
    assert person.user is None


def test_an_administrator_who_is_not_in_the_directory_is_shown_how_to_get_in(visit, cast):
    Person.objects.filter(user=cast.alice).update(user=None)
    assert "Add somebody" in said(visit("alice").get("/people/me/"))


def test_an_employee_who_is_not_in_the_directory_is_not_offered_what_they_may_not(visit, cast):
    Person.objects.filter(user=cast.bob).update(user=None)
    assert "Add somebody" not in said(visit("bob").get("/people/me/"))
