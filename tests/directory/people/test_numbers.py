"""Petra manages programs in IT only: numbers are unique all over, and tell her nothing of people outside."""

from __future__ import annotations

import pytest
from django.test import Client

from kithkin.directory.models import Person
from kithkin.platform.models import Role
from tests.cast import make_kin
from tests.platform.api.asking import Asker


@pytest.fixture
def petra(cast):
    return make_kin("Petra", cast.it, grants=((Role.PROGRAM_MANAGER, cast.it),))


@pytest.fixture
def browser(petra):
    client = Client()
    client.force_login(petra, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(autouse=True)
def numbers(cast):
    """Charlie, outside, is number C-1; Bob, inside, is B-1."""
    Person.objects.filter(user=cast.charlie).update(external_id="C-1")
    Person.objects.filter(user=cast.bob).update(external_id="B-1")


def new(number, cast):
    return {"name": "Ina", "number": number, "is_kin": True, "works_in": {"unit": cast.it.pk, "since": "2024-01-01"}}


def test_by_the_api_a_number_that_is_taken_outside_reads_as_a_free_one(cast, petra):
    asker = Asker.of(petra)
    answers = [asker.post("/people", new(number, cast)) for number in ("C-1", "C-2")]
    assert [(one.status_code, one.json()["detail"]) for one in answers] == [
        (403, "Your role is over a part of the organisation: administrators give numbers.")
    ] * 2
    assert asker.post("/people", new("", cast)).status_code == 201


@pytest.mark.parametrize("number", ["C-1", "C-2"])
def test_by_the_api_she_gives_nobody_another_number(cast, petra, number):
    bob = Person.objects.get(user=cast.bob)
    asker = Asker.of(petra)
    told = asker.send("PATCH", f"/people/{bob.pk}", {"version": bob.version, "number": number})
    kept = asker.send("PATCH", f"/people/{bob.pk}", {"version": bob.version, "number": "B-1", "name": "Robert"})
    bob.refresh_from_db()
    assert (told.status_code, kept.status_code, bob.external_id, bob.name) == (403, 200, "B-1", "Robert")


@pytest.mark.parametrize("number", ["C-1", "C-2"])
def test_on_the_page_a_number_that_she_sends_is_passed_over(cast, browser, number):
    added = browser.post(
        "/people/add/",
        {"name": "Ina", "is_kin": "on", "external_id": number, "unit": cast.it.pk, "since": "2024-01-01"},
    )
    bob = Person.objects.get(user=cast.bob)
    changed = browser.post(
        f"/people/{bob.pk}/change/",
        {"name": "Robert", "is_kin": "on", "external_id": number, "version": bob.version},
    )
    bob.refresh_from_db()
    assert (added.status_code, changed.status_code) == (302, 302)
    assert (Person.objects.get(name="Ina").external_id, bob.name, bob.external_id) == ("", "Robert", "B-1")


def test_whose_role_is_over_everything_gives_numbers(cast):
    told = Asker.of(cast.percy).post("/people", new("C-2", cast))
    taken = Asker.of(cast.percy).post("/people", new("C-1", cast))
    assert (told.status_code, told.json()["number"], taken.status_code) == (201, "C-2", 409)
