"""Files as they should not be: each is refused, or its lines are, with what to do; nothing is kept, nothing breaks."""

from __future__ import annotations

import io
import os
import re
import resource
import signal
import stat
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import FakePayload
from django.utils import timezone
from django_q.models import OrmQ

from kithkin.directory.models import AttributeDefinition, Person
from kithkin.platform.imports.refused import guarded, unguarded
from kithkin.platform.models import Import, ImportRow, ImportState
from kithkin.platform.services.imports import (
    forget_import,
    forget_old_imports,
    resume_stalled_imports,
    run_import,
    work_on_import,
)
from kithkin.platform.services.imports.forgetting import purge_rows
from kithkin.platform.services.imports.lease import LEASE, MOST_TRIES, take_lease
from tests.directory.imports.files import bring, check, counts, refused, run, upload, work
from tests.platform.imports.test_pages import send

HEADER = b"number,name,email\n"
PLAIN = {"number": "number", "name": "name", "email": "email"}


def left_over(settings) -> list[Path]:
    """Files of uploads that are nowhere in the database."""
    known = {one.path for one in Import.objects.all()}
    root = Path(settings.MEDIA_ROOT) / "imports"
    kept = [path for path in root.glob("*") if path not in known] if root.exists() else []
    return kept + list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())


@pytest.fixture(autouse=True)
def fresh_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 << 20))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\x01\x00\x03\x02\x00\x00" * 100, "NUL byte"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "this is a picture"),
        (os.urandom(4096).replace(b"\x00", b"\x01") + b"\x00", ""),
        (b"name,email\n", "there is a header, but no row under it"),
        (b"name,name\nKim,Lee\n", "are all called"),
        (HEADER + b"K-1,Ki\x00m,\n", "NUL byte in line 2"),
        (",".join(f"c{place}" for place in range(2000)).encode() + b"\n" + b"," * 1999 + b"\n", "500 are the most"),
        (b"x" * 300 + b",b\n1,2\n", "300 letters long"),
        (b"<html><body>Log in</body></html>", "web page"),
        (zip_bomb(), "200 times its packed size"),
        (b"PK\x03\x04" + b"x" * 50, "damaged or cut off"),
    ],
)
def test_what_is_no_table_is_said_at_the_form_and_nothing_is_kept(cast, visit, settings, content, said):
    page = send(visit("alice"), content)
    assert (page.status_code, Import.objects.count(), left_over(settings)) == (422, 0, [])
    assert said in page.content.decode()
    assert str(settings.MEDIA_ROOT) not in page.content.decode()


def test_two_million_columns_are_refused(cast, visit, settings):
    page = send(visit("alice"), b"c," * 2_000_000 + b"c\n" + b"1," * 2_000_000 + b"1\n")
    assert (page.status_code, Import.objects.count(), left_over(settings)) == (422, 0, [])
    assert "goes on for more than 256 kB" in page.content.decode()


def test_a_line_of_ten_megabytes_is_refused_and_the_others_come_in(cast):
    content = HEADER + b"K-1," + b"x" * (10 << 20) + b",\nK-2,Lee,\n"
    one = bring(cast.alice, content, PLAIN)
    assert refused(one) == [(2, "name", "It has 10,485,760 letters, 200 are the most.")]
    assert counts(one) == {"created": 1, "refused": 1}
    assert len(ImportRow.objects.get(of=one, action="refused").problems[0][1]) == 200


def test_an_encoding_that_changes_in_the_middle_is_said(cast):
    content = HEADER + "K-1,Zoë,\n".encode() * 1_000_000 + "K-2,Zoë,\n".encode("latin-1")
    one = check(upload(cast.alice, content))
    assert (one.state, "mixes encodings" in one.failure) == (ImportState.CHECKING, True)
    assert "people.csv" in one.failure


def test_other_encodings_and_separators_are_read(cast):
    bring(cast.alice, "Nummer;Name\nK-1;Zoë\n".encode("cp1252"))
    bring(cast.alice, "Nummer\tName\nK-2\tŁukasz\n".encode("utf-16"))
    assert set(Person.objects.filter(is_kith=True).values_list("name", flat=True)) == {"Zoë", "Łukasz"}


def test_workbooks_and_parquet_are_read(cast):
    book, packed = openpyxl.Workbook(), io.BytesIO()
    for row in (("Nummer", "Name", "Land"), ("K-1", "Kim", "NA"), (2, "Lee", None)):
        book.active.append(row)
    book.save(packed)
    assert counts(bring(cast.alice, packed.getvalue())) == {"created": 2}
    packed = io.BytesIO()
    pq.write_table(pa.table({"number": ["K-1", "K-3"], "name": ["Kim", "Max"]}), packed)
    assert counts(bring(cast.alice, packed.getvalue())) == {"created": 1, "unchanged": 1}
    assert set(Person.objects.filter(is_kith=True).values_list("external_id", "name", "country")) == {
        ("K-1", "Kim", "NA"),
        ("2", "Lee", ""),
        ("K-3", "Max", ""),
    }


def test_formula_cells_come_in_as_the_text_they_are(cast):
    bring(cast.alice, HEADER + b"K-1,=1+1,\nK-2,'@sum,\n", PLAIN)
    assert set(Person.objects.filter(is_kith=True).values_list("name", flat=True)) == {"=1+1", "@sum"}


@pytest.mark.parametrize("name", ["=1+1", "Kim;=1+1", "Kim; @sum", "Kim\t-1", "Kim\n+1", "＝1+1", "\t=1", "Kim;x"])
def test_no_spreadsheet_takes_a_refused_cell_for_a_formula_and_it_comes_back_as_it_was(name):
    """Where lines are parted at semicolons, as in German, what stands behind one begins a cell."""
    sent = guarded(name)
    cells = [cell.strip(" ") for cell in re.split("[;\t\n]", sent)]
    assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in cells)
    assert unguarded(sent) == name


def test_the_line_in_which_a_file_is_cut_off_is_refused(cast):
    one = bring(cast.alice, HEADER + b"K-1,Kim,kim@x.example\nK-2,Lee", PLAIN)
    assert refused(one) == [(3, "", "The file ends in the middle of this line.")]


def test_fifty_thousand_lines_with_three_percent_errors_are_all_answered_for(cast):
    lines = [f"K-{i},Kim {i},{'kim at x' if i % 100 < 3 else f'kim.{i}@x.example'}" for i in range(50_000)]
    one = check(upload(cast.alice, HEADER + "\n".join(lines).encode() + b"\n"))
    assert counts(one, "check") == {"created": 48_500, "refused": 1_500}
    assert [row[0] for row in refused(one)] == [i + 2 for i in range(50_000) if i % 100 < 3]


def test_what_is_too_large_is_cut_off_while_it_comes(cast, visit, settings):
    settings.UPLOAD_LIMIT_BYTES = 1 << 20
    page = send(visit("alice"), b"x" * (3 << 20))
    assert (page.status_code, Import.objects.count(), left_over(settings)) == (422, 0, [])
    assert "The file is larger than 1 MB." in page.content.decode()


class CutOff(FakePayload):
    """A connection that is lost in the middle."""

    def read(self, *args: int) -> bytes:
        if self.left < 1_000_000:
            raise OSError("connection lost")
        self.left -= args[0] if args else 0
        return super().read(*args)

    left = 3_000_000


def test_a_connection_lost_in_the_middle_leaves_nothing(cast, visit, settings):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\npeople\r\n--x\r\nContent-Disposition: form-data; '
        b'name="file"; filename="people.csv"\r\n\r\n' + b"y" * 3_000_000 + b"\r\n--x--\r\n"
    )
    page = visit("alice").generic(
        "POST",
        "/settings/imports/new/",
        **{
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "wsgi.input": CutOff(body),
            "CONTENT_LENGTH": str(len(body)),
        },
    )
    assert (page.status_code, Import.objects.count(), left_over(settings)) == (400, 0, [])


def test_a_full_disk_while_the_file_comes_is_said_and_leaves_nothing(cast, visit, settings):
    alice = visit("alice")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20 << 20, before[1]))
        page = send(alice, HEADER + b"K-1,Kim,kim@x.example\n" * (1 << 20))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert (page.status_code, Import.objects.count(), left_over(settings)) == (422, 0, [])
    assert "no room left" in page.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite lets a test fill its disk")
def test_a_full_disk_in_the_run_stops_it_and_it_goes_on_where_it_was(cast, visit, settings):
    settings.IMPORT_CHUNK_LINES = 500
    content = HEADER + b"".join(b"K-%d,Kim %d,\n" % (i, i) for i in range(2000))
    one = check(upload(cast.alice, content), PLAIN)
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 200}")
    visit("alice").post(f"/settings/imports/{one.pk}/run/")
    work_on_import(one.pk)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    one.refresh_from_db()
    assert ("full" in one.failure, one.state, Person.objects.filter(is_kith=True).count() % 500) == (True, "running", 0)
    assert Person.objects.filter(is_kith=True).count() < 2000
    page = visit("alice").post(f"/settings/imports/{one.pk}/go-on/", follow=True)
    assert page.status_code == 200
    assert counts(work(one)) == {"created": 2000}
    assert Person.objects.filter(is_kith=True).count() == 2000


def test_files_are_their_owners_alone(cast):
    one = run(check(upload(cast.alice, HEADER + b"K-1,Kim,\n")))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [one.path, *one.path.iterdir()]}
    assert modes == {one.path.name: 0o700, "upload": 0o600, "head.json": 0o600, "lines.arrow": 0o600}


def test_a_file_that_has_gone_is_said(cast, visit):
    one = upload(cast.alice, HEADER + b"K-1,Kim,\n")
    (one.path / "upload").unlink()
    assert check(one).failure.startswith("“people.csv”: there is no such file.")
    alice = visit("alice")
    assert "there is no such file" in alice.get(f"/settings/imports/{one.pk}/").content.decode()
    (one.path / "head.json").unlink()
    page = alice.get(f"/settings/imports/{one.pk}/columns/", follow=True)
    assert "The file is no longer here. Upload it again." in page.content.decode()


def test_an_attribute_that_goes_before_the_run_stops_it_before_anything_is_written(cast):
    size = AttributeDefinition.objects.create(key="size", label="Size", kind="number")
    one = check(upload(cast.alice, b"number,name,size\nK-1,Kim,4\n"))
    size.delete()
    run_import(one=one)
    one = work(one)
    assert one.failure.startswith("Column “size” was matched to something that was removed since.")
    assert Person.objects.filter(is_kith=True).count() == 0
    assert counts(run(check(one))) == {"created": 1}


def test_another_worker_does_not_work_on_what_is_held(cast):
    one = check(upload(cast.alice, HEADER + b"K-1,Kim,\n"))
    run_import(one=one)
    soon = timezone.now() + LEASE
    Import.objects.filter(pk=one.pk).update(lease=uuid.uuid4(), lease_until=soon)
    work_on_import(one.pk)
    one.refresh_from_db()
    assert (one.state, one.cursor) == (ImportState.RUNNING, 0)


def test_a_lease_from_before_the_clock_was_set_back_keeps_nobody_away(cast):
    one = check(upload(cast.alice, HEADER + b"K-1,Kim,\n"))
    run_import(one=one)
    ahead = timezone.now() + timedelta(days=1)
    Import.objects.filter(pk=one.pk).update(lease=uuid.uuid4(), lease_until=ahead)
    before = OrmQ.objects.count()
    resume_stalled_imports()
    assert OrmQ.objects.count() == before + 1
    work_on_import(one.pk)
    one.refresh_from_db()
    assert one.state == ImportState.DONE


def test_what_stalled_is_picked_up_again(cast):

    one = check(upload(cast.alice, HEADER + b"K-1,Kim,\n"))
    long_ago = one.uploaded_at - timedelta(hours=1)
    Import.objects.filter(pk=one.pk).update(state="running", cursor=0, lease=uuid.uuid4(), lease_until=long_ago)
    before = OrmQ.objects.count()
    resume_stalled_imports()
    assert OrmQ.objects.count() == before + 1


def test_old_files_go_with_their_lines_and_what_they_did_stays(cast, django_capture_on_commit_callbacks):
    old = bring(cast.alice, HEADER + b"K-1,Kim,\nK-2,,\n")
    new = bring(cast.alice, HEADER + b"K-3,Max,\n")
    Import.objects.filter(pk=old.pk).update(uploaded_at=old.uploaded_at - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        forget_old_imports()
    purge_rows(old.pk)
    assert (old.path.exists(), new.path.exists()) == (False, True)
    assert set(ImportRow.objects.values_list("of", flat=True)) == {new.pk}
    assert Person.objects.filter(external_id="K-1").count() == 1


def test_a_file_that_never_came_in_goes_altogether(cast, visit, django_capture_on_commit_callbacks):
    one = check(upload(cast.alice, HEADER + b"K-1,,\n"))
    with django_capture_on_commit_callbacks(execute=True):
        visit("alice").post(f"/settings/imports/{one.pk}/forget/")
    purge_rows(one.pk)
    assert (Import.objects.count(), ImportRow.objects.count(), one.path.exists()) == (0, 0, False)


def test_nothing_is_forgotten_under_a_worker(cast):
    one = check(upload(cast.alice, HEADER + b"K-1,Kim,\n"))
    Import.objects.filter(pk=one.pk).update(state="running")
    assert forget_import(one=one) is False


def test_a_form_without_a_file_or_with_a_wrong_kind_is_shown_again(cast, visit):
    alice = visit("alice")
    assert alice.post("/settings/imports/new/", {"kind": "people"}).status_code == 422
    data = {"kind": "secrets", "once": "x", "file": SimpleUploadedFile("a.csv", HEADER + b"K-1,Kim,\n")}
    assert alice.post("/settings/imports/new/", data).status_code == 422
    assert Import.objects.count() == 0


def test_an_import_that_ends_its_worker_each_time_stops_and_says_so(cast, visit):
    """A worker that dies leaves nothing but its lease; whoever may try again still can."""
    one = check(upload(cast.alice, "number,name\nK-1,Kim\n"))
    run_import(one=one)
    for _ in range(MOST_TRIES):
        assert take_lease(one.pk)
        Import.objects.filter(pk=one.pk).update(lease_until=None)
    work_on_import(one.pk)
    one.refresh_from_db()
    assert one.failure.startswith("It ended the worker 5 times behind chunk 0")
    assert Person.objects.filter(external_id="K-1").count() == 0
    visit("alice").post(f"/settings/imports/{one.pk}/go-on/")
    assert counts(work(one)) == {"created": 1}


def test_a_chunk_that_was_done_counts_the_tries_anew(cast, settings):
    settings.IMPORT_CHUNK_LINES = 1
    one = check(upload(cast.alice, "number,name\nK-1,Kim\n"))
    run_import(one=one)
    take_lease(one.pk)
    Import.objects.filter(pk=one.pk).update(lease_until=None)
    assert (work(one).state, one.tries) == (ImportState.DONE, 0)
