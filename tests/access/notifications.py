"""What one is told: everybody their own."""

from __future__ import annotations

from kithkin.platform.models import Notification
from tests.access.table import EVERYBODY, Row, nothing
from tests.cast import Cast

BOB = frozenset({"bob"})


def told_to_bob(cast: Cast) -> dict[str, int]:
    need = {"need": cast.bob.needs.create(problem="Nobody answers the phone").pk}
    return {"pk": Notification.objects.create(user=cast.bob, topic="needs", event_id=1, facts=need).pk}


def page_of_bob(cast: Cast) -> dict[str, int]:
    told_to_bob(cast)
    return {}


ROWS = {
    "notifications": Row(EVERYBODY, kwargs=page_of_bob, sees=lambda _: {"Nobody answers the phone": BOB}),
    "read_every_notification": Row(EVERYBODY, post=lambda _: {"up_to": "1"}, status=302),
    "open_notification": Row(BOB, kwargs=told_to_bob, post=nothing, status=302, otherwise=404),
    "read_notification": Row(BOB, kwargs=told_to_bob, post=nothing, status=302, otherwise=404),
}
