"""The pages of imports."""

from __future__ import annotations

import csv
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kithkin.directory.models import Person
from kithkin.platform.models import Import, ImportRow, ImportState
from tests.directory.imports.files import bring, check, counts, run, undo, upload, work

GOOD = "number,name,email\nK-1,Kim,kim@x.example\nK-2,Lee,\n"
WRITE = "Write one, like kim@example.com, or nothing."
COMPLETE = "Put values that hold a separator in quotes, or complete the line."
BAD = "number,name,email\nK-1,Kim,kim at x\nK-2,Lee,\n"


def send(client, content, *, name="people.csv", kind="people", once=None):
    data = {"kind": kind, "once": str(once or uuid.uuid4()), "file": SimpleUploadedFile(name, content)}
    return client.post("/settings/imports/new/", data)


def matched(one: Import) -> dict[str, str]:
    return {"column-0": "number", "column-1": "name", "column-2": "email", "side": "kith", "empty": "keep"}


def test_a_file_goes_from_upload_to_result_by_its_pages(cast, visit):
    alice = visit("alice")
    page = send(alice, GOOD.encode())
    one = Import.objects.get()
    assert (page.status_code, page.url) == (302, f"/settings/imports/{one.pk}/")
    page = alice.get(page.url, follow=True)
    assert re.findall(r'value="(\w+)" selected', page.content.decode()) == [
        "number",
        "name",
        "email",
        "kith",
        "buyer",
        "keep",
    ]
    page = alice.post(f"/settings/imports/{one.pk}/columns/", matched(one), follow=True)
    assert "is being checked" in page.content.decode()
    work(one)
    assert "2 lines can come in, none is refused" in alice.get(page.request["PATH_INFO"]).content.decode()
    page = alice.post(f"/settings/imports/{one.pk}/run/", follow=True)
    assert "is coming in" in page.content.decode()
    work(one)
    assert "2 lines came in" in alice.get(page.request["PATH_INFO"]).content.decode()
    assert set(Person.objects.filter(is_kith=True).values_list("name", flat=True)) == {"Kim", "Lee"}
    alice.post(f"/settings/imports/{one.pk}/undo/")
    work(one)
    assert "was taken back" in alice.get(page.request["PATH_INFO"]).content.decode()


def test_two_clicks_are_one_import_one_run_one_undo(cast, visit):
    alice, other_browser, once = visit("alice"), visit("alice"), uuid.uuid4()
    assert send(alice, GOOD.encode(), once=once).url == send(other_browser, GOOD.encode(), once=once).url
    one = Import.objects.get()
    for browser in (alice, other_browser):
        browser.post(f"/settings/imports/{one.pk}/columns/", matched(one))
    check_twice = work(one)
    assert counts(check_twice, "check") == {"created": 2}
    for step, phase in (("run", "run"), ("undo", "undo")):
        for browser in (alice, other_browser):
            assert browser.post(f"/settings/imports/{one.pk}/{step}/").status_code == 302
        assert work(one).counts[phase] != {}
    assert one.counts["undo"] == {"undone": 2, "kept": 0} or work(one).counts["undo"] == {"undone": 2, "kept": 0}
    assert Person.objects.filter(is_kith=True).count() == 0


def test_the_refused_lines_come_as_a_file_that_goes_in_again_without_matching(cast, visit):
    alice = visit("alice")
    content = "number,name,email,note\nK-1,Kim,kim at x,\"=cmd|' /C calc'!A0\"\nK-2,Lee,,x\nK-3,Max\n"
    one = run(check(upload(cast.alice, content), {"number": "number", "name": "name", "email": "email"}))
    page = alice.get(reverse("import_refused", args=[one.pk]))
    text = b"".join(page).decode("utf-8-sig")
    assert list(csv.reader(text.splitlines())) == [
        ["number", "name", "email", "note", "Kithkin: why refused"],
        ["K-1", "Kim", "kim at x", "'=cmd|' /C calc'!A0", f"email: This is no e-mail address. {WRITE}"],
        ["K-3", "Max", "", "", f"It has 2 fields, the header has 4. {COMPLETE}"],
    ]
    mended = text.replace("kim at x", "kim@x.example")
    again = Import.objects.get(pk=int(send(alice, mended.encode()).url.split("/")[3]))
    page = alice.get(f"/settings/imports/{again.pk}/columns/")
    assert "as the last file with these columns was" in page.content.decode()
    assert re.findall(r'value="(\w+)" selected', page.content.decode())[:3] == ["number", "name", "email"]
    assert counts(run(check(again, {"number": "number", "name": "name", "email": "email"}))) == {"created": 2}


def test_a_file_that_came_in_before_is_told(cast, visit):
    alice = visit("alice")
    for _ in range(2):
        one = Import.objects.get(pk=int(send(alice, GOOD.encode()).url.split("/")[3]))
        page = alice.get(f"/settings/imports/{one.pk}/columns/").content.decode()
        run(check(one))
    assert "This very file came in before" in page
    page = alice.get(f"/settings/imports/{one.pk}/").content.decode()
    assert "Nothing changed: everything in the file was here already" in page


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({}, "No column is used."),
        ({"column-0": "name", "column-1": "name"}, "“Name” is chosen for “number” and for “name”."),
        ({"column-0": "password"}, "No column is used."),
    ],
)
def test_columns_that_make_no_sense_are_said_at_the_form(cast, visit, choice, said):
    one = upload(cast.alice, GOOD)
    page = visit("alice").post(f"/settings/imports/{one.pk}/columns/", choice)
    assert (page.status_code, said in page.content.decode()) == (422, True)
    one.refresh_from_db()
    assert one.state == ImportState.MATCHING


def test_somebody_elses_import_is_not_there(cast, visit):
    one = run(check(upload(cast.alice, BAD)))
    percy = visit("percy")
    for name in ("import_page", "import_columns", "import_refused"):
        assert percy.get(reverse(name, args=[one.pk])).status_code == 404
    for name in ("import_run", "import_undo", "import_resume", "import_forget", "import_columns"):
        assert percy.post(reverse(name, args=[one.pk])).status_code == 404


def test_progress_is_a_fragment_that_leads_to_the_report_at_its_end(cast, visit):
    one = check(upload(cast.alice, GOOD))
    Import.objects.filter(pk=one.pk).update(state=ImportState.RUNNING, chunks=4, cursor=1)
    alice, address = visit("alice"), f"/settings/imports/{one.pk}/?watch=1"
    page = alice.get(address, headers={"HX-Request": "true"})
    assert ('value="1"' in page.content.decode(), "<html" in page.content.decode()) == (True, False)
    Import.objects.filter(pk=one.pk).update(state=ImportState.DONE)
    assert alice.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"] == f"/settings/imports/{one.pk}/"


def test_what_waits_stands_at_home(cast, visit):
    check(upload(cast.percy, GOOD, name="customers.csv"))
    assert "“customers.csv” is checked and can come in" in visit("percy").get("/").content.decode()
    assert "customers.csv" not in visit("alice").get("/").content.decode()


def test_refused_lines_are_paged_with_the_same_number_of_statements(cast, visit, django_assert_max_num_queries):
    content = "number,name,email\n" + "".join(f"K-{i},Kim,kim at {i}\n" for i in range(120))
    alice = visit("alice")
    one, small = check(upload(cast.alice, content)), check(upload(cast.alice, BAD))
    alice.get("/settings/imports/")
    pages = []
    for address in (f"/settings/imports/{one.pk}/", f"/settings/imports/{small.pk}/"):
        with django_assert_max_num_queries(30) as queries:
            pages.append(alice.get(address).content.decode())
        pages.append(len(queries))
    assert pages[1] == pages[3]
    assert re.findall(r"\?after=(\d+)", pages[0]) == ["26"]
    last = alice.get(f"/settings/imports/{one.pk}/?after=101").content.decode()
    assert len(re.findall(r'<th scope="row">(\d+)</th>', last)) == 20


def test_the_list_asks_as_much_for_fifty_as_for_one(cast, visit, django_assert_max_num_queries):
    alice, asked = visit("alice"), []
    upload(cast.alice, GOOD)
    alice.get("/settings/imports/")
    for _ in range(2):
        with django_assert_max_num_queries(30) as queries:
            page = alice.get("/settings/imports/")
        asked.append(len(queries))
        for _ in range(24):
            upload(cast.alice, GOOD)
    assert (asked[0], page.status_code) == (asked[1], 200)


def test_nonsense_in_addresses_is_left_aside(cast, visit):
    one = check(upload(cast.alice, BAD))
    alice = visit("alice")
    for query in ("after=x", "after=-1", "after=99999999999999999999", "after=%00", "watch=1"):
        assert alice.get(f"/settings/imports/{one.pk}/?{query}").status_code == 200
    assert alice.get("/settings/imports/999999/").status_code == 404
    assert alice.get("/settings/imports/sample/nothing.csv").status_code == 404


def test_undoing_lists_what_stays(cast, visit):
    one = bring(cast.alice, GOOD)
    kim = Person.objects.get(external_id="K-1")
    kim.name = "Kim C"
    kim.save()
    undo(one)
    page = visit("alice").get(f"/settings/imports/{one.pk}/").content.decode()
    assert ("These lines stay" in page, "“Kim C” was changed since." in page) == (True, True)
    assert ImportRow.objects.filter(of=one).count() == 1
