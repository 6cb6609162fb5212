"""A warehouse of its own for each test."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def warehouse(settings, tmp_path):
    settings.WAREHOUSE = str(tmp_path / "warehouse")
