"""A mail server of our own, over a real socket: it takes letters, refuses them, or lets a test wait in between."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Letterbox:
    """What arrived; `answer(letter)` is what the sender is told, "250 …" where it is taken."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer: Callable[[EmailMessage], str] = lambda _letter: "250 taken"
        self.refused: dict[str, str] = {}
        """Address → what is said to whoever writes to it."""
        self.sender = ""
        """What is said to whoever sends; "" where they may."""

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender:
            return self.sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        said = self.answer(letter)
        if said.startswith("250"):
            self.letters.append(letter)
        return said

    def read(self) -> list[tuple[str, str]]:
        """(to, subject) of each letter, in the order of their coming."""
        return [(letter["To"], letter["Subject"]) for letter in self.letters]


def text_of(letter: EmailMessage) -> str:
    """The plain part."""
    part = letter.get_body(("plain",))
    assert part is not None
    return part.get_content()


def serve(box: Letterbox, port: int) -> Controller:
    """The server, which has begun to listen."""
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    return controller
