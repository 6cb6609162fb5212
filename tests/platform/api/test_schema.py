"""The description of the API is true: of the document itself, of what is sent in random, of what is answered.

When the API has changed on purpose, `make openapi` writes docs/reference/openapi.json anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from kithkin.config.api import api
from kithkin.config.wsgi import application
from tests.cast import Cast, make_cast
from tests.platform.api.asking import Asker
from tests.platform.api.published import SNAPSHOT, document
from tests.platform.api.world import make_world

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    ignored_auth,
]
pytestmark = pytest.mark.django_db
described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[tuple[Asker, dict[str, int]]]:
    """The cast and one of everything, for all of the module's tests, inside one transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as Django's own test client does
    with django_db_blocker.unblock(), transaction.atomic():
        cast: Cast = make_cast()
        yield Asker.of(cast.alice), make_world(cast)
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@described.parametrize()
@settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_is_answered_as_described(case: schemathesis.Case, world: tuple[Asker, dict[str, int]]):
    asker, _ids = world
    with transaction.atomic():
        case.call_and_validate(headers={"Authorization": f"Bearer {asker.text}"}, checks=CHECKS)
        transaction.set_rollback(True)


def test_the_description_is_valid_openapi():
    OPENAPI_31_VALIDATOR.validate(json.loads(document()))


def test_the_description_is_the_one_that_was_published():
    assert SNAPSHOT.read_text("utf-8") == document(), "run: make openapi"


def operations() -> list[dict[str, Any]]:
    return [said for methods in api.get_openapi_schema()["paths"].values() for said in methods.values()]


def test_operations_have_names_of_their_own():
    names = [said["operationId"] for said in operations()]
    assert sorted(set(names)) == sorted(names)


def test_every_operation_says_in_words_what_it_does():
    assert [said["operationId"] for said in operations() if not said.get("description")] == []
