"""What wrong passwords count for, and what not: neighbours, who is logged in, browsers that are known."""

from __future__ import annotations

import time

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory

from kithkin.platform.accounts.known_browsers import COOKIE, LASTS, MOST, name_where_known, remember
from tests.cast import PASSWORD
from tests.platform.accounts.browser import link_in, log_in, said

ALICE, BOB = "alice@company.example", "bob@company.example"
TOO_MANY = "Too many attempts"
CONFIRM = "/log-in/reauthenticate/"
HERE = {"REMOTE_ADDR": "10.0.0.1"}


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


def known_to(*addresses: str) -> Client:
    """A browser in which these have logged in, and out again."""
    client = Client(**HERE)
    for address in addresses:
        assert log_in(client, address).status_code == 302
        client.post("/log-in/logout/")
    return client


def answers(cookie: str, address: str) -> str:
    request = RequestFactory().post("/log-in/login/")
    request.COOKIES[COOKIE] = cookie
    return name_where_known(request, address)


def test_tries_that_are_refused_anyway_take_none_from_others_in_the_network(cast):
    for _ in range(40):
        log_in(Client(**HERE), ALICE, "wrong")
    assert log_in(Client(**HERE), BOB).status_code == 302


def test_whoever_is_logged_in_confirms_it_whatever_strangers_guess(cast, visit):
    for _ in range(6):
        log_in(Client(), ALICE, "wrong")
    assert TOO_MANY in said(log_in(Client(), ALICE))
    assert visit("alice").post(CONFIRM, {"password": PASSWORD}).status_code == 302


def test_whoever_sits_down_at_an_open_session_guesses_five_times(cast, visit):
    alice = visit("alice")
    for _ in range(5):
        assert "not your password" in said(alice.post(CONFIRM, {"password": "wrong"}))
    assert TOO_MANY in said(alice.post(CONFIRM, {"password": PASSWORD}))
    assert log_in(Client(), ALICE).status_code == 302


def test_a_new_password_by_mail_ends_the_waiting_for_guesses_from_everywhere_too(cast):
    for number in range(30):
        log_in(Client(REMOTE_ADDR=f"10.1.{number}.1"), BOB, "wrong")
    assert TOO_MANY in said(log_in(Client(**HERE), BOB))
    client = Client(**HERE)
    client.post("/log-in/password/reset/", {"email": BOB})
    form = client.get(link_in(mail.outbox[-1]), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "another good battery", "password2": "another good battery"})
    assert log_in(Client(**HERE), BOB, "another good battery").status_code == 302


def test_logging_in_as_oneself_gives_no_new_guesses_at_somebody_who_used_the_browser_before(cast):
    shared = known_to(ALICE, BOB)
    for _ in range(5):
        log_in(shared, ALICE, "wrong")
    log_in(shared, BOB)
    shared.post("/log-in/logout/")
    assert TOO_MANY in said(log_in(shared, ALICE))


def test_a_browser_is_known_for_the_ten_that_logged_in_last(db):
    request, cookie = RequestFactory().post("/log-in/login/"), ""
    for number in (*range(MOST), 0, MOST):
        request.COOKIES[COOKIE] = cookie
        response = HttpResponse()
        remember(request, response, f"{number}@company.example")
        cookie = response.cookies[COOKIE].value
    known = [bool(answers(cookie, f"{number}@company.example")) for number in range(MOST + 1)]
    assert known == [True, False, *[True] * (MOST - 1)]


@pytest.mark.parametrize(("age", "is_known"), [(LASTS - 60, True), (LASTS + 60, False)])
def test_a_browser_is_known_for_a_year(cast, age, is_known):
    class Then(signing.TimestampSigner):
        def timestamp(self) -> str:
            return signing.b62_encode(int(time.time()) - age)

    kept = signing.loads(known_to(ALICE).cookies[COOKIE].value, salt="kithkin.platform.accounts.known_browsers")
    cookie = Then(salt="kithkin.platform.accounts.known_browsers").sign_object(kept)
    assert bool(answers(cookie, ALICE)) is is_known
