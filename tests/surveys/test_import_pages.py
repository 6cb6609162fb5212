"""The pages on which somebody says what a file of responses holds."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithkin.platform.models import Import, ImportState
from kithkin.surveys.imports.plans import FilePlan, Holds
from kithkin.surveys.models import Program, Response
from tests.directory.imports.files import run, work
from tests.directory.imports.files import upload as upload_people
from tests.surveys.files import bring, upload
from tests.surveys.test_import import GUESTS

pytestmark = pytest.mark.django_db
WAVE = {"wave": "new", "wave_name": "2026", "wave_starts": "2026-01-01", "wave_last": "2026-12-31"}
NEW = {"program": "", "new-name": "Guests", "new-side": "kith", "new-identity": "identified", "headline": "NETPRO"}


def words(response) -> str:
    return " ".join(response.content.decode().split())


def url(one: Import, place: int | None = None) -> str:
    return (
        reverse("response_columns", args=[one.pk])
        if place is None
        else reverse("response_column", args=[one.pk, place])
    )


def plan(one: Import) -> FilePlan:
    one.refresh_from_db()
    return FilePlan.kept(one.options)


def test_a_file_sent_as_responses_is_asked_for_its_columns(visit):
    sent = SimpleUploadedFile("guests 2026.csv", GUESTS.encode())
    once = "0f8fad5b-d9cb-469f-a165-70867728950e"
    page = visit("percy").post("/settings/imports/new/", {"kind": "responses", "file": sent, "once": once}, follow=True)
    one = Import.objects.get()
    assert page.redirect_chain[-1][0] == url(one)
    for text in ("NPS", "a score on a scale, 0–10", "the weight", "6 columns, taken for 4 questions", "11"):
        assert text in words(page)


def test_what_was_told_is_checked_and_comes_in(visit, cast):
    one, percy = upload(cast.percy, GUESTS), visit("percy")
    page = percy.post(url(one), {**NEW, **WAVE, "new-name": "Hotel guests", "do": "check"})
    assert page.url == reverse("import_page", args=[one.pk])
    one = run(work(one))
    program = Program.objects.get()
    assert (program.name, program.headline.name, Response.objects.count()) == ("Hotel guests", "NETPRO", 5)
    page = words(percy.get(reverse("program", args=[program.pk])))
    for text in ("“Hotel guests” has 5 responses", "guests 2026.csv", "main score", "NPS"):
        assert text in page
    assert reverse("program", args=[program.pk]) in words(percy.get(reverse("import_page", args=[one.pk])))


def test_one_column_is_told_exactly_and_others_with_it(visit, cast):
    one, percy = upload(cast.percy, "number,Q7A,Q7B\n1,5,0\n2,4,6\n3,3,2\n"), visit("percy")
    said = {
        "holds": "score",
        "title": "The desk",
        "low": "1",
        "high": "5",
        "missing": "0 or 6",
        "measures": "csat",
        "also": "Q7*",
    }
    assert percy.post(url(one, 1), said).url == url(one)
    first, second = plan(one).columns[1:]
    assert (first.title, first.low, first.high, first.missing, first.measures) == ("The desk", 1, 5, ("0", "6"), "csat")
    assert (second.title, second.low, second.high, second.missing, second.measures) == ("Q7B", 1, 5, ("0", "6"), "")


def test_a_score_needs_its_scale(visit, cast):
    one = upload(cast.percy, GUESTS)
    page = visit("percy").post(url(one, 2), {"holds": "score", "low": "5", "high": "1"})
    assert page.status_code == 422
    assert "say its lowest and its highest" in words(page)


def test_what_only_one_column_can_be_is_taken_from_the_other(visit, cast):
    one = upload(cast.percy, GUESTS)
    visit("percy").post(url(one, 2), {"holds": "weight"})
    assert [column.column for column in plan(one).columns if column.holds == Holds.WEIGHT] == ["food"]


def test_a_codebook_is_typed_or_sent_as_a_file(visit, cast):
    one, percy = upload(cast.percy, GUESTS), visit("percy")
    percy.post(url(one), {**NEW, **WAVE, "codebook": "food = The food | 1-5 | csat", "do": "keep"})
    book = SimpleUploadedFile("book.csv", b"column,title,values\nby,How did you come?,car=By car; bus=By bus\n")
    percy.post(url(one), {**NEW, **WAVE, "codebook_file": book, "do": "keep"})
    by_name = {column.column: column for column in plan(one).columns}
    assert (by_name["food"].title, by_name["food"].measures) == ("The food", "csat")
    assert (by_name["by"].title, by_name["by"].labels) == ("How did you come?", {"car": "By car", "bus": "By bus"})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"codebook": "Q99 = What?"}, "no column “Q99”"),
        ({"codebook_file": SimpleUploadedFile("book.csv", b"\x00\x01")}, "book.csv"),
        ({"wave": "new", "wave_name": ""}, "A new wave has a name"),
        ({"wave": "new", "wave_last": "2025-01-01"}, "must begin before it ends"),
        ({"wave": ""}, "name a wave, or the column with the day"),
        ({"new-name": ""}, "required"),
        ({"new-name": "a\x00b"}, "Null characters"),
        ({"program": "777"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_the_form(visit, cast, said, why):
    one = upload(cast.percy, GUESTS)
    page = visit("percy").post(url(one), {**NEW, **WAVE, "do": "check", **said})
    assert page.status_code == 422
    assert why in words(page)
    one.refresh_from_db()
    assert one.state == ImportState.MATCHING


def test_a_second_year_is_matched_and_what_only_resembles_a_question_is_asked(visit, cast):
    bring(cast.percy, GUESTS.replace("food", "Q7FOODS"))
    one, percy = upload(cast.percy, GUESTS.replace("food", "Q7FOOD"), "guests 2027.csv"), visit("percy")
    page = words(percy.get(url(one)))
    assert "Is this the same question?" in page
    assert "<b>Q7FOOD</b> is <b>Q7FOODS</b>" in page
    program = Program.objects.get()
    said = {"program": program.pk, "headline": "NETPRO", **WAVE, "wave_name": "2027", "do": "check"}
    percy.post(url(one), {**said, "confirms": "1"})  # unticked
    run(work(one))
    assert sorted(program.questionnaire.fields.values_list("name", flat=True)) == [
        "NETPRO",
        "Q7FOOD",
        "Q7FOODS",
        "by",
        "words",
    ]


def test_a_file_of_responses_shows_its_page_to_nobody_as_another_kind(visit, cast):
    other = upload_people(cast.percy, "name\nKim\n")
    assert visit("percy").get(url(other)).status_code == 404


def test_four_hundred_columns_are_light_pages(visit, cast):
    header = ",".join(f"question number {n} of our long list" for n in range(400))
    row = ",".join("4" for _ in range(400))
    one, percy = upload(cast.percy, f"{header}\n{row}\n"), visit("percy")
    page = percy.get(url(one))
    assert len(page.content) < 100_000
    assert 'rel="next"' in words(page)
    assert percy.get(url(one) + "?after=360").status_code == 200
    assert percy.get(url(one) + "?after=x").status_code == 200


def test_the_page_asks_as_often_for_few_columns_as_for_many(visit, cast):
    percy = visit("percy")
    percy.get("/programs/")
    counts = []
    for width in (2, 100):
        one = upload(
            cast.percy, ",".join(f"q{n}" for n in range(width)) + "\n" + ",".join("4" for _ in range(width)) + "\n"
        )
        with CaptureQueriesContext(connection) as statements:
            assert percy.get(url(one)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 30
