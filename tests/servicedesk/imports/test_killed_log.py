"""A worker is killed at any statement that writes: when another goes on, every table is as if nothing had happened."""

from __future__ import annotations

import pytest

from kithkin.platform.models import Import
from kithkin.platform.services.imports import check_import, working
from tests.cast import Cast, make_cast
from tests.directory.imports.files import upload
from tests.directory.imports.kept_tables import Tables, told
from tests.directory.imports.killing import Trial, backwards, differ, forwards

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


@pytest.mark.parametrize(("journey", "before"), [(forwards, None), (backwards, forwards)])
def test_killed_at_any_write_and_resumed_it_ends_as_if_undisturbed(cast, journey, before):
    count, found = differ(cast, Trial(prepared, told=rows), journey, before, writes=True)
    assert (count > 20, found) == (True, {})
