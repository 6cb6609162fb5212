"""A passkey, in a real browser with an authenticator that the browser itself plays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, make_cast

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
ALICE = "alice@company.example"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a browser with a device; what it complains of fails the test."""
    cache.clear()
    make_cast()
    context = chromium.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    context.close()
    assert complaints == []


def log_in(page: Page) -> None:
    page.get_by_label("E-mail").fill(ALICE)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_a_passkey_is_added_and_then_opens_the_door_alone_and_as_second_factor(page: Page, live_server):
    base = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{base}/log-in/login/?next=/log-in/passkeys/add/")
    log_in(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Alice's laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these codes where your phone is not")
    page.goto(f"{base}/log-in/passkeys/")
    expect(page.get_by_text("replaces the password")).to_be_visible()

    page.get_by_role("button", name="Log out").click()
    page.goto(f"{base}/log-in/login/?next=/settings/me/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Alice logs in as {ALICE}")

    page.get_by_role("button", name="Log out").click()
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{base}/")
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}


def test_a_device_without_a_passkey_is_told_so_in_the_page(page: Page, live_server):
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + "/log-in/login/")
    page.evaluate(
        "() => { navigator.credentials.get = async () => { throw new DOMException('no', 'NotAllowedError') } }"
    )
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
