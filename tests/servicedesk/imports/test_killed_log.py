"""A worker is killed at any statement that writes: when another goes on, every table is as if nothing had happened."""

from __future__ import annotations

import pytest

from kithkin.platform.models import Import
from kithkin.platform.services.imports import check_import, working
from tests.cast import Cast, make_cast
from tests.directory.imports import test_killed as killing
from tests.directory.imports.files import upload
from tests.directory.imports.kept_tables import Tables, differences, highest, told

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = {"number": "number", "at": "at", "group": "queue", "state": "state", "met": "kept"}
LOG = """number,at,group,state,met
{0}-1,2026-03-02 09:00,{0} desk,New,1
{0}-2,2026-03-02 09:00,{0} desk,New,1
{0}-1,2026-03-02 10:00,{0} network,Active,1
{0}-2,soon,{0} desk,Closed,1
{0}-1,2026-03-02 11:00,{0} desk,Closed,0
"""


@pytest.fixture
def cast(db: None, settings, monkeypatch: pytest.MonkeyPatch) -> Cast:
    settings.IMPORT_CHUNK_LINES = 1
    monkeypatch.setattr(working, "BREATH", 0)
    monkeypatch.setattr("kithkin.platform.services.imports.undoing.LINES", 1)
    return make_cast()


def prepared(cast: Cast, prefix: str) -> Import:
    one = upload(cast.alice, LOG.format(prefix), kind="requests", name="log.csv")
    check_import(one=one, mapping=COLUMNS, options={"empty": "keep"})
    return one


def rows(since: dict[str, int], prefix: str) -> Tables:
    """What the tables hold, but for which keys are to be loaded anew: keys are others each time."""
    return {label: found for label, found in told(since, prefix).items() if label != "platform.factchange"}


@pytest.mark.parametrize(("journey", "before"), [(killing.forwards, None), (killing.backwards, killing.forwards)])
def test_killed_at_any_write_and_resumed_it_ends_as_if_undisturbed(cast, monkeypatch, journey, before):
    monkeypatch.setattr(killing, "prepared", prepared)
    monkeypatch.setattr(killing, "told", rows)
    killing.undisturbed(cast, "k998", journey, before)  # the first time, Django looks more up
    expected, statements = killing.undisturbed(cast, "k999", journey, before)
    places = killing.moments(statements, writes=True)
    assert len(places) > 20
    for place, (statement, after) in enumerate(places, 1):
        prefix = f"k{place:03d}"
        since = highest()
        one = prepared(cast, prefix)
        if before:
            before(one)
        assert killing.killed(journey, one, statement, after=after)
        one.refresh_from_db()
        journey(one)
        assert differences(rows(since, prefix), expected) == [], statements[statement - 1]
