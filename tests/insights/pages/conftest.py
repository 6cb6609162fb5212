"""A small company that was asked: nine branches, eight months, and a warehouse of its own."""

from __future__ import annotations

import pytest

from tests.insights.pages.making import Branches, make_branches


@pytest.fixture(autouse=True)
def _warehouse(settings, tmp_path):
    settings.WAREHOUSE = str(tmp_path / "warehouse")


@pytest.fixture
def branches(cast) -> Branches:
    """Asked and loaded."""
    return make_branches(cast)
