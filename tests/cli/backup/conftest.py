"""Installations for the tests of backup and restore."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.installations import Installation, database_of_its_own, drop


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Iterator[Installation]:
    """An installation with something of everything, which the tests leave as it is."""
    url = database_of_its_own()
    yield Installation(tmp_path_factory.mktemp("filled"), url).fill()
    if url:
        drop(url)


@pytest.fixture(scope="module")
def kept(filled, tmp_path_factory):
    """Its backup."""
    file = tmp_path_factory.mktemp("kept") / "kithkin.tar"
    assert filled.kithkin("backup", file).returncode == 0
    return file
