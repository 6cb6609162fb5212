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
from tests.directory.imports.kept_tables import Tables, told
from tests.directory.imports.killing import Trial, backwards, differ, forwards
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


@pytest.mark.parametrize(("journey", "before"), [(forwards, None), (backwards, forwards)])
def test_killed_at_any_write_and_resumed_it_ends_as_if_undisturbed(cast, journey, before):
    count, found = differ(cast, Trial(prepared, told=rows), journey, before, writes=True)
    assert (count > 20, found) == (True, {})
