"""Opening an address changes nothing, and nothing is posted from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.table import Row
from tests.access.test_matrix import TABLE
from tests.cast import Cast

ABOUT_THE_SESSION = {"django_session", "usersessions_usersession"}
"""That somebody was here is noted; that is all that opening a page may write."""


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    tables = set(connection.introspection.table_names()) - ABOUT_THE_SESSION
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def browser(cast: Cast, name: str, **options: bool) -> Client:
    client = Client(**options)
    client.force_login(cast.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def each_address(cast: Cast) -> Iterator[tuple[str, str, Row]]:
    """Every address with its name and row; what is made for one is gone before the next."""
    for name, row in sorted(TABLE.items()):
        with transaction.atomic():
            yield name, reverse(name, kwargs=row.kwargs(cast)), row
            transaction.set_rollback(True)


def test_opening_an_address_changes_nothing(cast: Cast):
    changed = {}
    for name, url, _row in each_address(cast):
        clients = [browser(cast, "alice"), browser(cast, "bob"), Client()]
        before = everything()
        for client in clients:
            client.get(url)
            client.head(url)
        after = everything()
        if tables := {table for table in after if after[table] != before[table]}:
            changed[name] = tables
    assert changed == {}


def test_a_form_that_another_site_sends_is_not_taken(cast: Cast):
    answers = {}
    for name, url, row in each_address(cast):
        client = browser(cast, "alice", enforce_csrf_checks=True)
        before = everything()
        answers[name] = (client.post(url, row.post(cast) if row.post else {}).status_code, everything() == before)
    assert answers == dict.fromkeys(TABLE, (403, True))
