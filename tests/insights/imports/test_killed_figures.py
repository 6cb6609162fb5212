"""A worker is killed at any statement that writes: when another goes on, every table is as if nothing had happened."""

from __future__ import annotations

import pytest

from kithkin.insights.imports.guessing import first_plan
from kithkin.insights.imports.keeping import check_with
from kithkin.insights.imports.typed import typed
from kithkin.insights.models import OutcomeMeasure
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from kithkin.platform.models import Import
from kithkin.platform.services.imports import working
from tests.cast import Cast, make_cast
from tests.directory.imports import test_killed as killing
from tests.directory.imports.kept_tables import Tables, differences, highest, told
from tests.insights.imports.files import upload

pytestmark = pytest.mark.django_db(transaction=True)
FILE = """unit,name,month,calls,wait
{0}-1,{0} north,2026-01,4,2
IT,,2026-01,7,
{0}-2,{0} south,2026-13,5,1
{0}-1,,2026-02,6,3
"""


@pytest.fixture
def cast(db: None, settings, monkeypatch: pytest.MonkeyPatch) -> Cast:
    settings.IMPORT_CHUNK_LINES = 1
    monkeypatch.setattr(working, "BREATH", 0)
    monkeypatch.setattr("kithkin.platform.services.imports.undoing.LINES", 1)
    return make_cast()


def prepared(cast: Cast, prefix: str) -> Import:
    """A value that will be replaced, and a file that does so, makes units and brings figures."""
    calls = OutcomeMeasure.objects.create(name=f"{prefix} calls")
    record_outcomes(measure=calls, rows=[OutcomeRow(cast.it.pk, "2026-01", 1.0, 9)])
    one = upload(cast.alice, FILE.format(prefix))
    plan = first_plan(one)
    figures = typed(f"calls = {prefix} calls | kin\nwait = {prefix} wait", one.columns)
    said = {**plan.to_keep(), "under": cast.company.pk, "name": "name", "figures": figures}
    check_with(one=one, plan=type(plan)(**said))
    return one


def rows(since: dict[str, int], prefix: str) -> Tables:
    """What the tables hold, but for keys in other words: they are others each time."""
    found = {label: some for label, some in told(since, prefix).items() if label != "platform.factchange"}
    for entry in found.get("platform.auditentry", []):
        entry["changes"] = {name: said for name, said in entry["changes"].items() if name not in ("brought", "unit")}
    return found


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
