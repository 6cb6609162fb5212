"""A mail server, and a topic of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from kithkin.platform.models import Notification, User
from kithkin.platform.registries.notifications import Frequency, Told, Topic, topics
from tests.platform.notifications.server import Letterbox, serve
from tests.with_postgres import free_port


@pytest.fixture
def box(settings) -> Iterator[Letterbox]:
    """The letterbox of a mail server that runs, and to which all mail goes."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.PUBLIC_URL = "https://kithkin.example"
    letterbox = Letterbox()
    server = serve(letterbox, settings.EMAIL_PORT)
    yield letterbox
    server.stop()


def tell(user: User, told: Sequence[Notification]) -> dict[int, Told]:
    """Apples are seen by all, pears by Alice alone; what has rotted is settled."""
    return {
        one.pk: Told(f"{user.name}, {one.facts['what']}", "/apples/", still="rotten" not in one.facts["what"])
        for one in told
        if "pear" not in one.facts["what"] or user.name == "Alice"
    }


@pytest.fixture
def fruit() -> Iterator[Topic]:
    """A topic that is told at once unless somebody chose otherwise; Charlie is not concerned."""
    topic = Topic("fruit", "Fruit", Frequency.NOW, concerns=lambda user: user.name != "Charlie", tell=tell, position=1)
    known = list(topics)
    topics.add(topic)
    yield topic
    topics._items = known
