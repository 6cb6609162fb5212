"""Opening an address changes nothing, and nothing is posted from elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

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


@pytest.mark.parametrize("name", sorted(TABLE))
def test_opening_an_address_changes_nothing(name: str, cast: Cast):
    url = reverse(name, kwargs=TABLE[name].kwargs(cast))
    clients = [browser(cast, "alice"), browser(cast, "bob"), Client()]
    before = everything()
    for client in clients:
        client.get(url)
        client.head(url)
    after = everything()
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_form_that_another_site_sends_is_not_taken(name: str, cast: Cast):
    url = reverse(name, kwargs=TABLE[name].kwargs(cast))
    client = browser(cast, "alice", enforce_csrf_checks=True)
    data = TABLE[name].post(cast) if TABLE[name].post else {}
    before = everything()
    assert client.post(url, data).status_code == 403
    assert everything() == before
