"""Letters: short mails to people who log in, as plain text and as simple HTML that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


@dataclass(frozen=True)
class Item:
    """One of several things in a letter: a sentence, the address of its page, and a word on it."""

    text: str
    link: str
    note: str = ""


@dataclass(frozen=True)
class Letter:
    """One mail: a subject, some paragraphs, and at most one thing to do; or a list of things, each with its link."""

    subject: str
    lines: Sequence[str]
    link: str = ""
    verb: str = ""
    items: Sequence[Item] = ()
    foot: str = ""


def send(letter: Letter, address: str, headers: Mapping[str, str] | None = None) -> None:
    """Hand the letter to the mail server; OSError (smtplib's errors are such) where that fails."""
    context = {
        "letter": letter,
        "organisation": settings.ORGANISATION,
        "language": translation.get_language(),
    }
    subject = " ".join(letter.subject.split())
    text = render_to_string("platform/mail/letter.txt", context)
    mail = EmailMultiAlternatives(subject, text, to=[address], headers=dict(headers or {}))
    mail.attach_alternative(render_to_string("platform/mail/letter.html", context), "text/html")
    mail.send()
