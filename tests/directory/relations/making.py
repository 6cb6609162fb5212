"""Relations for tests, made as the product makes them."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kithkin.directory.models import Audience, Partner, Person, Service, ServiceLink, Touchpoint, Unit
from kithkin.directory.services.relations import Ends, add_relation
from tests.cast import LONG_AGO


def serves(
    provider: Unit | Partner,
    receiver: Unit | Partner | Person | Audience,
    what: str = "support",
    *,
    at: str = "",
    since: date = LONG_AGO,
    until: date | None = None,
    need: str = "",
) -> ServiceLink:
    """Provider serves receiver: through the service `what`, or `at` a touchpoint."""
    service = None if at else Service.objects.get_or_create(name=what)[0]
    touchpoint = Touchpoint.objects.get_or_create(name=at)[0] if at else None
    return add_relation(ends=Ends(provider, receiver, service, touchpoint), since=since, until=until, need=need)


def everybody_outside() -> Audience:
    """Private customers."""
    return Audience.objects.get_or_create(name="Private customers")[0]


def statements(client: Client, url: str) -> int:
    """How many SQL statements the page takes, once the session is known."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
