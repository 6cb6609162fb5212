"""Around every request: its id, its language and zone, the door."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
import structlog
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone, translation

from kithkin.platform.models import User


@contextmanager
def lines():
    """What is logged meanwhile."""
    with structlog.testing.capture_logs() as kept:
        yield kept


def test_pages_are_kept_by_no_cache_but_asked_for_again(visit):
    assert visit("bob").get("/people/").headers["Cache-Control"] == "private, no-cache"


def test_every_answer_carries_an_id_of_its_own(db):
    first, second = (Client().get("/healthz").headers["X-Request-Id"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize(
    ("given", "taken"), [("proxy-0001", True), ("short", False), ("x" * 37, False), ("a\nb: injected", False)]
)
def test_a_good_id_of_a_proxy_is_taken_over(db, given, taken):
    answer = Client().get("/healthz", headers={"X-Request-Id": given})
    assert (answer.headers["X-Request-Id"] == given) is taken


def test_the_log_keeps_no_link_that_lets_somebody_in(db):
    with lines() as kept:
        Client().get("/invitation/TOPSECRET/")
        Client().get("/log-in/password/reset/key/1-TOPSECRET/")
    assert [line["path"] for line in kept if line["event"] == "request"] == [
        "/invitation/…",
        "/log-in/password/reset/key/…",
    ]


def test_pages_are_in_the_language_of_the_user_not_of_the_browser(cast, visit):
    cast.bob.language = "de"
    cast.bob.save()
    answer = visit("bob").get("/", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "de"
    assert '<html lang="de">' in answer.content.decode()


def test_before_log_in_pages_are_in_the_language_of_the_browser(db):
    page = Client().get("/log-in/login/", headers={"Accept-Language": "de"}).content.decode()
    assert '<html lang="de">' in page


def test_the_language_chosen_before_log_in_is_kept(db):
    client = Client(headers={"Accept-Language": "en"})
    client.post("/language/", {"language": "de", "next": "/log-in/login/"})
    assert '<html lang="de">' in client.get("/log-in/login/").content.decode()


def test_language_and_zone_of_one_request_do_not_stay_for_the_next(cast, visit):
    User.objects.filter(pk=cast.bob.pk).update(language="de", time_zone="Asia/Tokyo")
    visit("bob").get("/")
    assert (translation.get_language(), timezone.get_current_timezone_name()) == ("en", "UTC")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "x" * 64])
def test_a_zone_that_no_longer_exists_breaks_no_page(cast, visit, zone):
    User.objects.filter(pk=cast.bob.pk).update(time_zone=zone)
    assert visit("bob").get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/settings/users/", "/nothing/like/this/", "/settings/audit/1/"])
def test_nobody_unknown_learns_which_addresses_there_are(db, path):
    answer = Client().get(path)
    assert (answer.status_code, answer.url) == (302, f"/log-in/login/?next={path}")


def test_a_session_is_noted_again_when_it_comes_from_elsewhere(cast, visit):
    bob = visit("bob")
    bob.get("/", REMOTE_ADDR="10.0.0.1")
    bob.get("/", REMOTE_ADDR="10.0.0.2")
    assert UserSession.objects.get().ip == "10.0.0.2"


def test_a_proxy_is_believed_only_where_there_is_one(cast, visit):
    visit("bob").get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "6.6.6.6"})
    assert UserSession.objects.get().ip == "10.0.0.1"
