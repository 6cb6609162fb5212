"""Logging in: what is said, what is throttled, what a session is."""

from __future__ import annotations

import pytest
from django.core.cache import cache, caches
from django.test import Client, override_settings

from tests.cast import PASSWORD
from tests.platform.accounts.browser import LOGIN, log_in, said
from tests.settings import HOME

ALICE = "alice@company.example"
TOO_MANY = "Too many attempts"
WRONG = "do not belong together"


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


def test_address_and_password_open_the_page_that_was_asked_for(cast):
    client = Client()
    assert client.get("/settings/me/").url == f"{LOGIN}?next=/settings/me/"
    response = client.post(f"{LOGIN}?next=/settings/me/", {"login": "ALICE@company.example ", "password": PASSWORD})
    assert (response.status_code, response.url) == (302, "/settings/me/")


def test_a_foreign_address_is_not_gone_to_after_log_in(cast):
    response = Client().post(f"{LOGIN}?next=https://evil.example/", {"login": ALICE, "password": PASSWORD})
    assert response.url == "/"


def test_an_unknown_address_is_answered_like_a_wrong_password(cast):
    known, unknown = log_in(Client(), ALICE, "wrong"), log_in(Client(), "nobody@company.example", "wrong")
    assert WRONG in said(known)
    assert said(known) == said(unknown)


def test_after_five_wrong_passwords_not_even_the_right_one_helps_from_anywhere(cast):
    for number in range(5):
        assert WRONG in said(log_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), ALICE, "wrong"))
    assert TOO_MANY in said(log_in(Client(REMOTE_ADDR="10.0.9.9"), ALICE))
    assert log_in(Client(REMOTE_ADDR="10.0.9.9"), "bob@company.example").status_code == 302


def test_one_address_cannot_try_many_accounts(cast):
    client = Client(REMOTE_ADDR="10.0.0.1")
    for number in range(30):
        assert WRONG in said(log_in(client, f"{number}@company.example", "wrong"))
    assert TOO_MANY in said(log_in(client, ALICE))
    assert log_in(Client(REMOTE_ADDR="10.0.0.2"), ALICE).status_code == 302


def test_an_office_behind_one_address_can_log_in_at_nine(cast):
    assert [log_in(Client(REMOTE_ADDR="10.0.0.1"), ALICE).status_code for _ in range(60)] == [302] * 60


@override_settings(
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(HOME / "throttle"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
)
def test_the_throttle_holds_over_processes_and_no_flood_of_other_addresses_washes_it_out(cast):
    caches["default"].clear()
    for _ in range(5):
        log_in(Client(), ALICE, "wrong")
    for number in range(400):  # more than a file cache keeps unless told
        caches["default"].set(f"flood-{number}", 1)
    assert TOO_MANY in said(log_in(Client(), ALICE))
    caches["default"].clear()


def test_a_session_gets_another_key_at_log_in(cast):
    client = Client()
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["kithkin_session"] = before = session.session_key
    log_in(client, ALICE)
    assert client.cookies["kithkin_session"].value != before
    assert Client(headers={"cookie": f"kithkin_session={before}"}).get("/").status_code == 302


@pytest.mark.parametrize(("remember", "lasts"), [({"remember": "on"}, 14 * 24 * 3600), ({}, "")])
def test_who_asks_for_it_stays_logged_in_for_two_weeks(cast, remember, lasts):
    client = Client()
    log_in(client, ALICE, **remember)
    assert client.cookies["kithkin_session"]["max-age"] == lasts


def test_a_log_in_that_is_switched_off_does_not_open_and_says_so_only_to_who_knows_the_password(cast):
    cast.bob.is_active = False
    cast.bob.save()
    assert WRONG in said(log_in(Client(), "bob@company.example", "wrong"))
    response = log_in(Client(), "bob@company.example")
    assert response.url == "/log-in/inactive/"
    assert Client().get(response.url).status_code == 200


def test_the_way_to_a_new_password_is_shown_once(cast):
    page = Client().get(LOGIN).content.decode()
    assert page.count("/log-in/password/reset/") == 1


def test_nobody_can_sign_up(cast):
    assert Client().get("/log-in/signup/").status_code == 404


@pytest.mark.parametrize("nonsense", ["\x00", "x" * 100_000, "alice@company.example\x00", "'; --", "☃"])
def test_nonsense_is_a_wrong_password_and_never_breaks(cast, nonsense):
    assert log_in(Client(), nonsense, nonsense).status_code == 200
