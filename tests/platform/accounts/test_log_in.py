"""Logging in: what is said, what is throttled, what a session is."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.test import Client, override_settings

from tests.cast import PASSWORD
from tests.platform.accounts.browser import LOGIN, link_in, log_in, said
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


def test_after_five_wrong_passwords_not_even_the_right_one_helps_from_that_network(cast):
    for number in range(5):
        assert WRONG in said(log_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), ALICE, "wrong"))
    assert TOO_MANY in said(log_in(Client(REMOTE_ADDR="10.0.0.9"), ALICE))
    assert log_in(Client(REMOTE_ADDR="10.0.0.9"), "bob@company.example").status_code == 302
    assert log_in(Client(REMOTE_ADDR="10.0.9.9"), ALICE).status_code == 302


@pytest.mark.parametrize(
    ("network", "same", "other"),
    [("2001:db8:1:{}::1", "2001:db8:1:f::9", "2001:db8:2::1"), ("192.0.2.{}", "192.0.2.200", "192.0.3.1")],
)
def test_a_network_is_as_much_as_one_household_has(cast, network, same, other):
    for number in range(5):
        log_in(Client(REMOTE_ADDR=network.format(number)), ALICE, "wrong")
    assert TOO_MANY in said(log_in(Client(REMOTE_ADDR=same), ALICE))
    assert log_in(Client(REMOTE_ADDR=other), ALICE).status_code == 302


def from_everywhere(tries: int) -> None:
    """Strangers guess from one network after the other."""
    for number in range(1, tries + 1):
        assert WRONG in said(log_in(Client(REMOTE_ADDR=f"10.0.{number}.1"), ALICE, "wrong"))


def test_over_all_networks_an_address_is_guessed_at_thirty_times_an_hour(cast):
    from_everywhere(30)
    assert TOO_MANY in said(log_in(Client(REMOTE_ADDR="10.9.9.9"), ALICE))


def test_one_network_alone_cannot_use_up_what_all_may_try(cast):
    stranger = {"REMOTE_ADDR": "10.0.0.1"}
    for _ in range(25):  # refused from the sixth on, within less than a minute
        log_in(Client(**stranger), ALICE, "wrong")
    from_everywhere(25)


def test_strangers_do_not_lock_the_owner_out_of_a_browser_that_is_known(cast):
    known = Client(REMOTE_ADDR="10.0.0.1")
    log_in(known, ALICE)
    known.post("/log-in/logout/")
    for _ in range(6):
        log_in(Client(REMOTE_ADDR="10.0.0.1"), ALICE, "wrong")
    from_everywhere(25)
    assert TOO_MANY in said(log_in(Client(REMOTE_ADDR="10.0.0.1"), ALICE))
    assert log_in(known, "ALICE@company.example").status_code == 302


def test_in_a_known_browser_five_are_enough_and_only_for_whom_it_is_known(cast):
    known = Client(REMOTE_ADDR="10.0.0.1")
    log_in(known, ALICE)
    known.post("/log-in/logout/")
    for _ in range(5):
        assert WRONG in said(log_in(known, ALICE, "wrong"))
    assert TOO_MANY in said(log_in(known, ALICE))
    assert log_in(Client(REMOTE_ADDR="10.0.0.1"), ALICE).status_code == 302
    for _ in range(5):
        log_in(Client(REMOTE_ADDR="10.0.0.1"), "bob@company.example", "wrong")
    assert TOO_MANY in said(log_in(known, "bob@company.example"))


def test_a_cookie_that_was_made_up_makes_no_browser_known(cast):
    log_in(known := Client(REMOTE_ADDR="10.0.0.1"), "bob@company.example")
    cookie = known.cookies["kithkin_browser"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "/log-in/", True, "Lax", 365 * 24 * 3600,
    )  # fmt: skip
    assert "bob" not in cookie.value
    for made_up in (cookie.value, cookie.value[:-1], "x", "\x00", ""):
        for _ in range(5):
            log_in(Client(REMOTE_ADDR="10.0.0.1"), ALICE, "wrong")
        stranger = Client(REMOTE_ADDR="10.0.0.1")
        stranger.cookies["kithkin_browser"] = made_up
        assert TOO_MANY in said(log_in(stranger, ALICE))
        cache.clear()


def test_a_new_password_by_mail_ends_the_waiting(cast):
    here = {"REMOTE_ADDR": "10.0.0.1"}
    for _ in range(6):
        log_in(Client(**here), "bob@company.example", "wrong")
    Client(**here).post("/log-in/password/reset/", {"email": "bob@company.example"})
    client = Client(**here)
    form = client.get(link_in(mail.outbox[-1]), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "another good battery", "password2": "another good battery"})
    assert log_in(Client(**here), "bob@company.example", "another good battery").status_code == 302


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
