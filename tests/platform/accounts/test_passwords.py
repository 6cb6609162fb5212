"""Forgotten, changed and set passwords, and the letters about them."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD
from tests.platform.accounts.browser import link_in, log_in, said

NEW = "another good battery"
RESET = "/log-in/password/reset/"


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


def ask(email: str):
    response = Client().post(RESET, {"email": email})
    return response, mail.outbox[-1]


def test_a_forgotten_password_is_replaced_by_the_mailed_link_once(cast):
    _, letter = ask("bob@company.example")
    client = Client()
    form = client.get(link_in(letter), follow=True)
    done = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your new password is in force" in said(done)
    assert log_in(Client(), "bob@company.example", NEW).status_code == 302
    assert "This link no longer works" in said(Client().get(link_in(letter), follow=True))
    assert [one.subject for one in mail.outbox] == ["Choose a new password", "Your password was changed"]


def test_page_and_letter_count_do_not_tell_whether_an_address_is_known(cast):
    known, letter = ask("bob@company.example")
    unknown, other = ask("nobody@company.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert (letter.to, other.to) == (["bob@company.example"], ["nobody@company.example"])
    assert other.subject == "No log-in for this address"


def test_the_link_leads_to_the_installation_whatever_address_the_request_named(cast, settings):
    settings.PUBLIC_URL = "https://kithkin.example"
    Client().post(RESET, {"email": "bob@company.example"}, headers={"host": "evil.example:4444"})
    assert mail.outbox[-1].body.count("https://kithkin.example/log-in/password/reset/key/") == 1
    assert "evil.example" not in mail.outbox[-1].body


def test_letters_are_plain_text_and_html_that_say_the_same(cast):
    _, letter = ask("bob@company.example")
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert letter.body.count(link_in(letter)) == 1
    assert html.count(link_in(letter)) == 2
    assert "works once" in letter.body
    assert "works once" in html


def test_changing_the_password_asks_for_the_present_one_and_logs_out_elsewhere(cast):
    here, there = Client(), Client()
    log_in(here, "bob@company.example")
    log_in(there, "bob@company.example")
    url = "/log-in/password/change/"
    wrong = here.post(url, {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert "not your present password" in said(wrong)
    done = here.post(url, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert (done.status_code, done.url) == (302, "/settings/me/")
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)
    assert mail.outbox[-1].subject == "Your password was changed"


@pytest.mark.parametrize("weak", ["short", "password123", "1234567890123", "bob@company.example"])
def test_a_weak_password_is_refused(cast, weak):
    client = Client()
    log_in(client, "bob@company.example")
    page = client.post("/log-in/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert page.status_code == 200
    assert log_in(Client(), "bob@company.example").status_code == 302


def test_who_has_no_password_is_led_to_set_one(cast, visit):
    cast.bob.set_unusable_password()
    cast.bob.save()
    client = visit("bob")
    assert client.get("/log-in/password/change/").url == "/log-in/password/set/"
    client.post("/log-in/password/set/", {"password1": NEW, "password2": NEW})
    assert log_in(Client(), "bob@company.example", NEW).status_code == 302


def test_a_mail_server_that_does_not_answer_breaks_nothing_and_is_said(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = Client().post(RESET, {"email": "bob@company.example"}, follow=True)
    assert "the mail server does not answer" in said(page)
