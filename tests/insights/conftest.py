"""A warehouse of its own for each test, and tables whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.insights.warehouse.ledger import Truth, brought


@pytest.fixture(autouse=True)
def warehouse(settings, tmp_path):
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    return tmp_path / "warehouse"


@pytest.fixture
def truth(db: None) -> Iterator[Truth]:
    one = Truth()
    with brought(one):
        yield one
