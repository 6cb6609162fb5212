"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import translation
from hypothesis import settings

from tests.browsers import axe, chromium
from tests.cast import Cast, make_cast
from tests.installations import Installation, database_of_its_own, drop

__all__ = ["axe", "chromium"]

settings.register_profile("kithkin", deadline=None)  # a busy machine is no failure
settings.load_profile("kithkin")

_BESIDE = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The real data sets: beside the project, or where KITHKIN_DATA says. Tests skip where there are none."""
    folder = Path(os.environ.get("KITHKIN_DATA") or _BESIDE)
    if not folder.is_dir():
        pytest.skip(f"no real data in {folder}; KITHKIN_DATA names another folder")
    return folder


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A page in German leaves its language behind in the thread: no test hands it on to the next."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _memory() -> None:
    """Each test has a database of its own, in which numbers begin anew: what another one kept is not of it."""
    caches["process"].clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast, in a fresh database."""
    return make_cast()


@pytest.fixture
def visit(cast: Cast):
    """A browser without a screen in which somebody of the cast is logged in: `visit("alice").get("/")`."""

    def as_(name: str) -> Client:
        client = Client()
        client.force_login(cast.users[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


@pytest.fixture
def fresh(tmp_path_factory) -> Iterator[Callable[[], Installation]]:
    """Makes whole installations in which nobody was ever, each with a home and a database of its own."""
    urls = []

    def make() -> Installation:
        urls.append(database_of_its_own())
        return Installation(tmp_path_factory.mktemp("home"), urls[-1])

    yield make
    for url in filter(None, urls):
        drop(url)
