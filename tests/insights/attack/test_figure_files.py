"""Files of figures: nobody takes somebody else's back, nor brings in what their role no longer reaches."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kithkin.insights.models import OutcomeMeasure
from kithkin.platform.events import dispatch
from kithkin.platform.models import ImportState, RoleGrant
from tests.directory.imports.files import undo, work
from tests.insights.imports.files import bring, check, problems, upload, values

pytestmark = pytest.mark.django_db


def test_taking_a_file_back_leaves_what_somebody_else_brought_later(cast):
    first = bring(cast.percy, "unit,month,measure,value\nIT,2026-01,Calls,5\nLogistics,2026-01,Calls,6\n")
    second = bring(cast.alice, "unit,month,measure,value\nIT,2026-01,Calls,7\nIT,2026-02,Calls,8\n")
    assert undo(first).state == ImportState.UNDONE
    assert [row[:4] for row in values()] == [("IT", "2026-01", "Calls", 7.0), ("IT", "2026-02", "Calls", 8.0)]
    undo(second)
    dispatch()
    assert [row[:4] for row in values()] == [("IT", "2026-01", "Calls", 5.0)]


def test_what_was_changed_and_changed_back_since_is_not_taken_back(cast):
    first = bring(cast.percy, "unit,month,measure,value\nIT,2026-01,Calls,5\n")
    for value in (7, 5):
        bring(cast.alice, f"unit,month,measure,value\nIT,2026-01,Calls,{value}\n")
    undo(first)
    dispatch()
    assert [row[3] for row in values()] == [5.0]


def test_nobody_takes_part_in_somebody_elses_file(visit, cast):
    one = upload(cast.alice, "unit,month,measure,value\nIT,2026-01,Calls,5\n")
    address = reverse("figure_columns", args=[one.pk])
    said = {"unit": "unit", "period": "month", "measure": "measure", "value": "value"}
    assert [visit(name).post(address, said).status_code for name in ("percy", "anna", "dora")] == [404, 403, 403]
    RoleGrant.objects.filter(user=cast.alice).delete()
    assert visit("alice").post(address, said).status_code == 403


def test_a_manager_who_has_become_one_of_a_part_brings_in_nothing_more(visit, cast):
    one = check(upload(cast.percy, "unit,month,measure,value\nIT,2026-01,Calls,5\n"))
    RoleGrant.objects.filter(user=cast.percy).update(scope_id=cast.it.pk)
    visit("percy").post(reverse("import_run", args=[one.pk]))
    assert "may no longer do so" in work(one).failure
    assert values() == []


@pytest.mark.parametrize("cell", ["nan", "inf", "1e400", "0x10", "=1+1", "١٢", "9" * 31, "1_000", "--5"])
def test_what_is_no_number_is_refused_by_its_line(cast, cell):
    one = bring(cast.percy, f"unit,month,measure,value\nIT,2026-01,Calls,{cell}\nIT,2026-02,Calls,1\n")
    assert [row[1] for row in values()] == ["2026-02"]
    assert len(problems(one)) == 1


def test_a_file_whose_every_line_is_a_figure_of_its_own_is_refused_before_it_fills_the_page(cast):
    lines = "".join(f"IT,2026-01,{number},1\n" for number in range(2_501))
    one = check(upload(cast.percy, f"unit,month,measure,value\n{lines}"))
    assert one.failure == "These are more than 2500 figures. Bring them in by two files."
    assert not OutcomeMeasure.objects.exists()
