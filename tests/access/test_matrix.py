"""Every address, by everybody and by nobody: status and rows. An address without a row fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.table import Row, rows
from tests.cast import Cast

TABLE = rows()
FOREIGN = ("api-",)
"""Addresses of the API, which has a table of its own."""


def names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace is None:
                yield from names(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or f"without a name: {pattern.pattern}"


def test_every_address_has_a_row():
    known = {name for name in names(get_resolver()) if not name.startswith(FOREIGN)}
    assert (known - TABLE.keys(), TABLE.keys() - known) == (set(), set())


@pytest.mark.parametrize("name", sorted(TABLE))
def test_address_opens_for_the_right_people(name: str, cast: Cast):
    row = TABLE[name]
    url = reverse(name, kwargs=row.kwargs(cast))
    texts = row.sees(cast) if row.sees else {}
    got, seen = {}, {text: set() for text in texts}
    for person, user in [("anonymous", None), *cast.users.items()]:
        client = Client(raise_request_exception=True)
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        with transaction.atomic():
            response = client.get(url) if row.post is None else client.post(url, row.post(cast))
            transaction.set_rollback(True)
        got[person] = response.status_code
        page = response.content.decode() if not response.streaming and person in row.allowed else ""
        for text in texts:
            if text in page:
                seen[text].add(person)
    assert got == expected(row, cast)
    assert seen == {text: set(people) for text, people in texts.items()}


def expected(row: Row, cast: Cast) -> dict[str, int]:
    answers = {name: row.status if name in row.allowed else row.otherwise for name in cast.users}
    return {"anonymous": row.anonymous, **answers, **row.exceptions}
