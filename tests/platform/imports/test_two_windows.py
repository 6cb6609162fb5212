"""The same file in two windows, or by two people: what runs is what the report said that was looked at."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kithkin.platform.models import Import, ImportState
from tests.directory.imports.files import check, upload, work

pytestmark = pytest.mark.django_db
FILE = "name,e-mail,other\nKim,kim@x.example,lee@x.example\n"


def seen(page) -> dict[str, str]:
    return dict(re.findall(r'name="(seen)" value="(\w+)"', page.content.decode()))


def test_the_button_of_a_report_does_not_run_what_another_window_chose_meanwhile(cast, visit):
    one = check(upload(cast.percy, FILE), {"name": "name", "e-mail": "email"})
    page, run = reverse("import_page", args=[one.pk]), reverse("import_run", args=[one.pk])
    old = seen(visit("percy").get(page))
    check(one, {"name": "name", "other": "email"})
    answer = visit("percy").post(run, old)
    assert (answer.status_code, "Somebody was faster" in answer.content.decode()) == (409, True)
    one.refresh_from_db()
    assert one.state == ImportState.CHECKED
    new = seen(visit("percy").get(page))
    assert new != old
    assert visit("percy").post(run, new).status_code == 302
    assert work(one).state == ImportState.DONE


def test_a_report_that_was_made_again_by_the_same_plan_runs(cast, visit):
    one = check(upload(cast.percy, FILE), {"name": "name"})
    old = seen(visit("percy").get(reverse("import_page", args=[one.pk])))
    check(one, {"name": "name"})
    assert visit("percy").post(reverse("import_run", args=[one.pk]), old).status_code == 302
    assert work(one).state == ImportState.DONE


def test_a_page_that_was_copied_from_somebody_brings_ones_own_file_in(cast, visit):
    once = str(uuid.uuid4())
    for name in ("alice", "percy"):
        file = SimpleUploadedFile(f"{name}.csv", FILE.encode())
        said = {"kind": "people", "file": file, "once": once}
        assert visit(name).post(reverse("new_import"), said).status_code == 302
    assert set(Import.objects.values_list("name", "by")) == {("alice.csv", cast.alice.pk), ("percy.csv", cast.percy.pk)}
