"""A small company that was asked: nine branches, eight months."""

from __future__ import annotations

import pytest

from tests.insights.pages.making import Branches, make_branches


@pytest.fixture
def branches(cast) -> Branches:
    """Asked and loaded."""
    return make_branches(cast)
