"""What tests of log-ins share: a browser without a screen, and the letters that were sent."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from tests.cast import PASSWORD

LOGIN = "/log-in/login/"


def log_in(client: Client, email: str, password: str = PASSWORD, **extra: str):
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def said(response) -> str:
    """What stands in the page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def link_in(letter: mail.EmailMessage) -> str:
    """The one link of a letter, without the host."""
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.body)
    assert found
    return found[1]
