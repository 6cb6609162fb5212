"""The real log of a desk: what the product shows is what `kithkin analyze flow` finds in the same file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kithkin.cli.flow.measure import Question, measure
from kithkin.servicedesk.models import Request
from kithkin.servicedesk.queries.flow import report_on
from tests.directory.imports.files import check, run, upload

BREACH = {"1": 38, "2": 43, "3": 62, "4+": 80}
"""As the data's README says."""


def test_the_report_is_that_of_the_command(cast, data_folder):
    file = data_folder / "it_incident_events.csv"
    if not file.exists():
        pytest.skip(f"{file} is not there")
    one = run(check(upload(cast.alice, file.read_bytes(), kind="requests", name=file.name), order="day"))
    assert one.counts["run"]["created"] == 5998
    found, _queues = report_on(Request.objects.all())
    assert found
    columns = {"case": "number", "group": "assignment_group", "at": "sys_updated_at", "met": "made_sla"}
    told = measure(file, Question(**columns, day_first=True, closed=("incident_state", "Closed"))).report
    assert {of.groups: round(100 * of.breach.value) for of in found.by_groups_touched if of.breach} == BREACH
    # only of the one line that stands out of order the product knows nothing more: it keeps them in order
    assert (told.out_of_order, found.out_of_order) == (1, 0)
    assert replace(found, out_of_order=1, sentences=told.sentences) == told
