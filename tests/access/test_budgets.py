"""No page asks the database more than thirty times, weighs more than 100 kB, or brings much of ours along."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithkin.platform.charts import SCRIPT
from tests.access.table import rows
from tests.cast import Cast

PAGES = {name: row for name, row in rows().items() if row.post is None and row.status == 200 and row.allowed}
MOST_STATEMENTS, MOST_BYTES = 30, 100_000
MOST_CSS, MOST_JS = 40_000, 15_000


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_keeps_to_its_budget(name: str, cast: Cast):
    row = PAGES[name]
    url = reverse(name, kwargs=row.kwargs(cast))
    browser = Client()
    reader = "alice" if "alice" in row.allowed else min(row.allowed)
    browser.force_login(cast.users[reader], backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as statements:
        response = browser.get(url)
    asked = [one["sql"] for one in statements if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
    if not response.streaming:
        assert len(response.content) <= MOST_BYTES


@pytest.mark.parametrize(("ending", "most"), [("css", MOST_CSS), ("js", MOST_JS)])
def test_what_is_ours_is_light(ending: str, most: int):
    ours = [Path(finder.path(name)) for finder, name in static_files() if name.endswith(f".{ending}")]
    assert 0 < sum(path.stat().st_size for path in ours) <= most


def static_files():
    """The product's own static files, without those of libraries."""
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            if name.startswith(("platform/", "directory/")) and name != SCRIPT:  # which is made of packages
                yield storage, name
