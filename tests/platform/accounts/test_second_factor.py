"""An app that shows codes, recovery codes, sessions elsewhere."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD
from tests.platform.accounts.browser import log_in, said

BOB = "bob@company.example"
FACTOR = "/log-in/second-factor/"


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def proven(email: str) -> Client:
    """A browser in which somebody just typed their password once more."""
    client = Client()
    log_in(client, email)
    client.post("/log-in/reauthenticate/", {"password": PASSWORD})
    return client


def set_up_app() -> tuple[Client, str]:
    """Bob's browser after he set up an app, and the app's key."""
    client = proven(BOB)
    page = client.get(f"{FACTOR}app/activate/").content.decode()
    secret = re.search(r'<code class="key">(\w+)</code>', page)[1]
    client.post(f"{FACTOR}app/activate/", {"code": code(secret)})
    return client, secret


@pytest.fixture
def with_app(cast):
    return set_up_app()


def test_setting_up_asks_for_the_password_once_more(cast, visit):
    assert visit("bob").get(f"{FACTOR}app/activate/").url.startswith("/log-in/reauthenticate/?next=")


def test_the_picture_to_scan_is_data_without_any_style(cast):
    page = proven(BOB).get(f"{FACTOR}app/activate/").content.decode()
    assert page.count('src="data:image/svg+xml;base64,') == 1
    assert "style=" not in page


def test_with_an_app_the_password_alone_opens_nothing(with_app):
    _, secret = with_app
    client = Client()
    assert log_in(client, BOB).url == f"{FACTOR}code/"
    assert client.get("/").status_code == 302
    assert "This code is not right" in said(client.post(f"{FACTOR}code/", {"code": "000000"}))
    cache.clear()  # the code of the setting-up was used just now, and is good for one use
    client.post(f"{FACTOR}code/", {"code": code(secret)})
    assert client.get("/").status_code == 200


def test_a_recovery_code_works_once(with_app):
    client, _ = with_app
    one = re.findall(r"<code>(\w+)</code>", client.get(f"{FACTOR}recovery-codes/").content.decode())[0]
    assert one in client.get(f"{FACTOR}recovery-codes/file/").content.decode()
    first, second = Client(), Client()
    for browser in (first, second):
        log_in(browser, BOB)
        browser.post(f"{FACTOR}code/", {"code": one})
    assert (first.get("/").status_code, second.get("/").status_code) == (200, 302)


def test_every_change_of_a_factor_is_mailed_to_its_owner(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client, _ = set_up_app()
    client.post(f"{FACTOR}app/deactivate/")
    assert [(one.subject, one.to) for one in mail.outbox] == [
        ("Your log-in asks for a code now", [BOB]),
        ("Your log-in asks for no code any more", [BOB]),
    ]
    assert not Authenticator.objects.exists()


def test_a_session_elsewhere_can_be_ended_alone(cast):
    here, there, third = Client(), Client(HTTP_USER_AGENT="Phone"), Client()
    for browser in (here, there, third):
        log_in(browser, BOB)
    assert "You are logged in at 3 places" in said(here.get("/log-in/sessions/"))
    phone = UserSession.objects.get(user_agent="Phone")
    here.post(f"/log-in/sessions/{phone.pk}/end/")
    assert [browser.get("/").status_code for browser in (here, there, third)] == [200, 302, 200]


def test_all_other_sessions_can_be_ended_at_once(cast):
    here, there = Client(), Client()
    for browser in (here, there):
        log_in(browser, BOB)
    here.post("/log-in/sessions/")
    assert [browser.get("/").status_code for browser in (here, there)] == [200, 302]


def test_most_pages_write_nothing_about_the_session(cast, visit):
    client = visit("bob")
    client.get("/")
    noted = UserSession.objects.get().last_seen_at
    client.get("/")
    assert UserSession.objects.get().last_seen_at == noted


@pytest.mark.parametrize("what", ["remove", "rename"])
def test_the_passkey_of_somebody_else_is_not_there(cast, what):
    data = {"name": "Alice's key", "credential": {}}
    key = Authenticator.objects.create(user=cast.alice, type=Authenticator.Type.WEBAUTHN, data=data)
    client = proven(BOB)
    url = f"/log-in/passkeys/{key.pk}/{what}/"
    assert (client.get(url).status_code, client.post(url, {"name": "mine"}).status_code) == (404, 404)
    key.refresh_from_db()
    assert key.data["name"] == "Alice's key"
