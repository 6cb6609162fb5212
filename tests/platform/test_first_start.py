"""The first administrator of a fresh installation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kithkin.platform.access import is_administrator
from kithkin.platform.models import FirstStart, User
from kithkin.platform.services.first_start import VALID_FOR, LinkIsSpent, make_first_administrator, offer_first_start

ADA = {"name": "Ada", "email": "Ada@company.example", "password": "correct horse battery"}


@pytest.fixture
def link(db) -> str:
    return f"/first-start/{offer_first_start()}/"


def test_who_follows_the_link_administers_and_is_logged_in(link):
    client = Client()
    assert client.get(link).status_code == 200
    answer = client.post(link, ADA, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    (user,) = User.objects.all()
    assert (user.name, user.email, is_administrator(user)) == ("Ada", "ada@company.example", True)
    assert answer.context["user"] == user


def test_link_works_once(link):
    Client().post(link, ADA)
    again = Client().post(link, {**ADA, "email": "eve@elsewhere.example"})
    assert (again.status_code, User.objects.count()) == (410, 1)
    assert "This link is spent" in again.content.decode()


def test_token_is_kept_only_as_a_hash(db):
    token = offer_first_start()
    assert token not in FirstStart.objects.get().token_hash


def test_link_expires(link):
    FirstStart.objects.update(expires_at=timezone.now())
    assert Client().get(link).status_code == 410


def test_link_is_good_for_a_day(link):
    left = FirstStart.objects.get().expires_at - timezone.now()
    assert timedelta(0) <= VALID_FOR - left < timedelta(minutes=1)


def test_later_start_replaces_the_link(link):
    offer_first_start()
    assert Client().get(link).status_code == 410


def test_nothing_is_offered_where_somebody_administers(cast):
    assert offer_first_start() == ""
    assert FirstStart.objects.count() == 0


def test_link_from_before_makes_nobody_once_somebody_administers(link, cast):
    assert Client().post(link, {**ADA}).status_code == 410


def test_two_who_use_one_link_are_not_both_made(db):
    token = offer_first_start()
    make_first_administrator(token=token, name="Ada", email="ada@company.example", password="x")
    with pytest.raises(LinkIsSpent):
        make_first_administrator(token=token, name="Eve", email="eve@company.example", password="x")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "company.example"}, "too similar"),
        ({"email": "nobody"}, "valid email"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"name": "a" * 201}, "at most 200"),
    ],
)
def test_wrong_entry_is_said_at_the_form_and_the_link_stays_good(link, wrong, said):
    answer = Client().post(link, {**ADA, "email": "ada@company.example", **wrong})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Client().get(link).status_code == 200


def test_forged_token_is_refused(link):
    assert Client().get("/first-start/%ff%00x/").status_code == 410
