"""Pictures and tables as files: the same answer as on the page, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from kithkin.directory.models import Touchpoint
from kithkin.insights.studies.chain import study_chain


def url_of(page, part, kind, asked=""):
    return reverse("understand_file", args=[page, part, kind]) + (f"?{asked}" if asked else "")


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.fixture
def asked(branches):
    return f"program={branches.program.pk}&by=touchpoint&from=2026-01&to=2026-08"


def test_a_table_holds_what_the_page_says(visit, branches, asked):
    browser = visit("anna")
    groups = browser.get(f"{reverse('scores')}?{asked}").context["answer"].groups
    rows = rows_of(browser.get(url_of("scores", "groups", "csv", asked)))
    assert [(row["touchpoint"], float(row["score"]), int(row["n"])) for row in rows] == [
        (group.label, pytest.approx(group.estimate.value), group.n) for group in groups
    ]


def test_a_file_says_program_score_and_months_in_its_name(visit, asked):
    response = visit("anna").get(url_of("scores", "groups", "csv", asked))
    assert response["Content-Disposition"] == 'attachment; filename="guests-nps-2026-01-2026-08-groups.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(visit, branches, asked):
    Touchpoint.objects.filter(pk=branches.touchpoints[0].pk).update(name='=HYPERLINK("http://evil.example")')
    rows = rows_of(visit("anna").get(url_of("scores", "groups", "csv", asked)))
    assert [row["touchpoint"] for row in rows] == ['\'=HYPERLINK("http://evil.example")', "Delivery"]


def test_a_reader_downloads_their_own_part(visit, asked):
    counts = {
        name: len(rows_of(visit(name).get(url_of("scores", "groups", "csv", asked)))) for name in ("anna", "donald")
    }
    assert counts == {"anna": 2, "donald": 2}
    assert visit("dora").get(url_of("scores", "groups", "csv", asked)).status_code == 404
    assert visit("bob").get(url_of("scores", "groups", "csv", asked)).status_code == 403


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_picture_is_a_file(visit, branches, asked, kind, begins):
    study_chain(branches.program)
    for page, part in (("scores", "groups"), ("scores", "trend"), ("chain", "ring")):
        assert visit("anna").get(url_of(page, part, kind, asked)).content.startswith(begins)


def test_the_chain_is_a_table_too(visit, branches):
    study_chain(branches.program)
    (row,) = rows_of(visit("anna").get(url_of("chain", "ring", "csv")))
    assert (row["from"], row["to"], row["verdict"], row["n"]) == ("outside", "revenue", "goes along with more", "63")


@pytest.mark.parametrize(
    ("page", "part", "kind"),
    [("users", "groups", "csv"), ("scores", "nothing", "csv"), ("scores", "trend", "exe"), ("scores", "groups", "csv")],
)
def test_what_is_not_there_is_not_found(visit, branches, page, part, kind):
    asked = f"program={branches.program.pk}"
    assert visit("anna").get(url_of(page, part, kind, asked)).status_code == 404


def test_what_cannot_be_answered_says_why(visit, branches):
    response = visit("anna").get(url_of("scores", "groups", "csv", f"program={branches.program.pk}&by=nothing"))
    assert (response.status_code, response.content.decode()) == (422, "This program cannot be cut by “nothing”.")
