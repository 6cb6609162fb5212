"""Somebody of the cast at a real browser, before the running product."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import Cast

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's own loop runs in the thread of the tests
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
SCHEMES, WIDTHS = ("light", "dark"), (1280, 390)


@dataclass
class Seat:
    """A browser window with somebody logged in: `seat.open("/")`. It remembers what the browser complained about."""

    context: BrowserContext
    page: Page
    base: str
    axe: str
    complaints: list[str] = field(default_factory=list)

    def log_in(self, user: Any) -> None:
        """Take the session that a log-in would give."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        self.context.clear_cookies()
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.base}])

    def open(self, path: str) -> Page:
        """The page at this path, once it is loaded."""
        self.complaints.clear()
        self.page.goto(self.base + path, wait_until="load")
        return self.page

    def findings(self, rules: list[str] = EVERY_RULE) -> list[tuple[str, list[str]]]:
        """What axe finds on the page as it stands."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(self.axe)
        found = self.page.evaluate("rules => axe.run({runOnly: rules})", rules)
        return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found["violations"]]

    def look(self, scheme: str, width: int) -> None:
        """Look at the page in this scheme and width, once the browser has laid it out so."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    @contextmanager
    def swapping(self) -> Iterator[None]:
        """Do something that lets htmx swap a part of the page, and go on when the new part listens."""
        event = "new Promise(done => document.body.addEventListener('htmx:afterSettle', done, {once: true}))"
        self.page.evaluate(f"() => {{ window.settled = {event}; }}")
        yield
        self.page.evaluate("() => window.settled.then(() => true)")

    @property
    def sideways(self) -> int:
        """By how many pixels the page is wider than its window; room kept for a scroll bar is not counted."""
        return int(self.page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"))


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """One context for the session: its cookies change, its cache stays."""
    context = chromium.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def seat(cast: Cast, live_server: Any, window: BrowserContext, axe: str) -> Iterator[Seat]:
    """A fresh page in which Alice is logged in."""
    page = window.new_page()
    taken = Seat(window, page, live_server.url, axe)
    page.on("console", lambda message: taken.complaints.append(message.text))
    page.on("pageerror", lambda error: taken.complaints.append(str(error)))
    taken.log_in(cast.alice)
    yield taken
    page.close()
