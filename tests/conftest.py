"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import settings

from tests.browsers import axe, chromium
from tests.cast import Cast, make_cast

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
