"""The page on which somebody says which figures a file holds."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kithkin.insights.models import OutcomeMeasure
from kithkin.platform.models import Import, ImportState
from tests.directory.imports.files import run, work
from tests.directory.imports.files import upload as upload_people
from tests.insights.imports.files import bring, upload, values
from tests.insights.imports.test_figures import LONG, SCHOOLS, SIDES, WIDE

pytestmark = pytest.mark.django_db
WIDE_SAID = {"unit": "Unit", "period": "Quarter", "figures": "Revenue | part revenue\nRecommendation | kith"}
LONG_SAID = {"unit": "unit", "period": "month", "measure": "measure", "value": "value", "n": "n"}


def words(response) -> str:
    return " ".join(response.content.decode().split())


def url(one: Import) -> str:
    return reverse("figure_columns", args=[one.pk])


def test_a_file_sent_as_figures_is_asked_for_its_columns(visit):
    sent = SimpleUploadedFile("figures.csv", WIDE.encode())
    once = "0f8fad5b-d9cb-469f-a165-70867728950e"
    page = visit("percy").post("/settings/imports/new/", {"kind": "figures", "file": sent, "once": once}, follow=True)
    assert page.redirect_chain[-1][0] == url(Import.objects.get())
    for text in ("Which figures does “figures.csv” hold?", "Recommendation | n N Recommendation", "41"):
        assert text in words(page)


def test_what_was_told_is_checked_and_comes_in(visit, cast):
    one, percy = upload(cast.percy, WIDE), visit("percy")
    page = percy.post(url(one), WIDE_SAID)
    assert page.url == reverse("import_page", args=[one.pk])
    one = work(one)
    assert "2 lines can come in, none is refused" in words(percy.get(page.url))
    run(one)
    assert [row[:4] for row in values()] == [
        ("IT", "2026-03", "Recommendation", 41.0),
        ("IT", "2026-03", "Revenue", 10.5),
        ("Logistics", "2026-03", "Revenue", 8.0),
    ]
    assert OutcomeMeasure.objects.get(name="Revenue").stage == "revenue"


def test_a_long_file_is_told_by_three_columns(visit, cast):
    one, percy = upload(cast.percy, LONG), visit("percy")
    percy.post(url(one), {**LONG_SAID, "figures": "Calls | less is better"})
    run(work(one))
    assert len(values()) == 3
    assert not OutcomeMeasure.objects.get(name="Calls").more_is_better


def test_schools_become_units_in_one_form(visit, cast):
    one, percy = upload(cast.percy, SCHOOLS), visit("percy")
    said = {"unit": "dbn", "month": "2011", "under": cast.company.pk, "name": "schoolname", "figures": SIDES}
    percy.post(url(one), said)
    one = work(one)
    page = words(percy.get(reverse("import_page", args=[one.pk])))
    assert "units: 2 new" in page
    assert "values of figures: 3 new" in page
    run(one)
    assert {row[1] for row in values()} == {"2011-12"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"unit": ""}, "required"),
        ({"unit": "Branch"}, "no column “Branch”"),
        ({"unit": "Un\0it"}, "Null characters"),
        ({"period": ""}, "name the column of the period, or one period for all"),
        ({"period": "", "month": "soon"}, "This is no month."),
        ({"period": "Unit"}, "“Unit” is chosen twice"),
        ({"figures": ""}, "Which columns are figures is not said."),
        ({"figures": "Profit"}, "no column “Profit”"),
        ({"figures": "Revenue | n Profit"}, "no column “Profit”"),
        ({"figures": "Rev\0enue"}, "Null characters"),
        ({"figures": "x" * 100_001}, "at most 100000"),
        ({"under": "777777"}, "valid choice"),
        ({"under": "IT"}, "valid choice"),
        ({"kind": "empire"}, "valid choice"),
        ({"measure": "Unit", "value": ""}, "Which column holds the value is not said."),
    ],
)
def test_what_cannot_be_is_said_at_the_form_and_what_was_typed_stays(visit, cast, said, why):
    one = upload(cast.percy, WIDE)
    page = visit("percy").post(url(one), {**WIDE_SAID, **said})
    assert page.status_code == 422
    assert why in words(page)
    if "figures" not in said:
        assert "Revenue | part revenue" in words(page)
    one.refresh_from_db()
    assert one.state == ImportState.MATCHING


def test_a_figure_that_is_known_as_something_else_is_asked_about(visit, cast):
    bring(cast.percy, WIDE, "Recommendation | kin")
    one = upload(cast.percy, WIDE)
    page = visit("percy").post(url(one), WIDE_SAID)
    assert "“Recommendation” is known as something else: kin" in words(page)


def test_the_columns_of_a_wide_file_are_found_by_their_name(visit, cast):
    head = ",".join(["unit", *(f"q{number}" for number in range(1, 1942))])
    one, percy = upload(cast.percy, f"{head}\nIT{',1' * 1941}\n"), visit("percy")
    page = percy.get(url(one))
    assert "1,942 columns" in words(page)
    assert len(page.content) < 100_000
    found = words(percy.get(url(one), {"q": "Q194"}))
    assert ("q1941" in found, '<th scope="row">q1939' in found) == (True, False)
    assert "No column has this in its name" in words(percy.get(url(one), {"q": "\0"}))
    assert percy.get(url(one), {"after": "9" * 30}).status_code == 200


def test_a_file_of_another_kind_has_no_such_page(visit, cast):
    assert visit("percy").get(url(upload_people(cast.percy, "name\nKim\n"))).status_code == 404


def test_a_file_that_came_in_is_not_told_anew(visit, cast):
    one = bring(cast.percy, WIDE)
    page = visit("percy").post(url(one), WIDE_SAID)
    assert page.url == reverse("import_page", args=[one.pk])


def test_an_empty_file_to_fill_names_its_columns(visit):
    page = visit("percy").get(reverse("import_sample", args=["figures"]))
    content = b"".join(page.streaming_content).decode("utf-8-sig")
    assert content.strip() == "Unit,Period,What it is,Value,Of how many"


def test_the_empty_file_is_understood_once_it_is_filled(visit, cast):
    bring(cast.percy, "Unit,Period,What it is,Value,Of how many\nIT,2026-01,Calls,3,\n")
    assert values() == [("IT", "2026-01", "Calls", 3.0, None)]


def test_the_page_asks_as_little_of_the_database_for_many_columns(visit, cast, django_assert_max_num_queries):
    head = ",".join(["unit", *(f"q{number}" for number in range(500))])
    one, percy = upload(cast.percy, f"{head}\nIT{',1' * 500}\n"), visit("percy")
    percy.get(url(one))
    with django_assert_max_num_queries(15):
        percy.get(url(one))
