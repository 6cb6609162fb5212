"""Figures by file: a head works out the one unit beyond their part, and names and numbers of files break nothing."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from kithkin.directory.models import Unit
from kithkin.insights.models import Outcome, OutcomeMeasure, SavedView
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from tests.insights.pages.both_sides import figures_of_both_sides

pytestmark = pytest.mark.django_db
PAGE = reverse("figures")


def file_of(client, part, kind="csv", **asked):
    return client.get(reverse("understand_file", kwargs={"page": "figures", "part": part, "kind": kind}), asked)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def told(client):
    """All that the page and its files tell, without what is different each time."""
    page = re.sub(r'(value|content)="[A-Za-z0-9]{64}"|nonce="[^"]*"', "", client.get(PAGE).content.decode())
    page = re.sub(r"csrf\w*[^>]*", "", page)
    return page, file_of(client, "pairs").content, file_of(client, "against").content


def change(unit, value):
    Outcome.objects.filter(unit=unit).update(value=value, n=7_000)


def test_the_one_unit_that_a_head_does_not_reach_changes_nothing_that_they_are_told(visit, cast):
    """Dora knows 19 of 20 schools: from any figure over all of them she would work out the last."""
    figures_of_both_sides(cast)
    dora, anna = visit("dora"), visit("anna")
    before, everywhere = told(dora), told(anna)
    change(Unit.objects.get(name="School 0"), 1.5)
    assert told(dora) == before
    assert told(anna) != everywhere
    assert {row["n"] for row in rows_of(file_of(dora, "pairs"))} == {"19"}


def test_many_others_together_are_told(visit, cast):
    """Donald knows one of 20: what is said of 19 others says nothing of any of them."""
    figures_of_both_sides(cast)
    assert {row["n"] for row in rows_of(file_of(visit("donald"), "pairs"))} == {"20"}


@pytest.mark.parametrize("name", ["unit", "Safety, teachers (n)", "Safety, parents (n)"])
def test_a_figure_that_is_called_like_a_column_has_its_own(visit, cast, name):
    figures_of_both_sides(cast)
    OutcomeMeasure.objects.filter(name="Academics, parents").update(name=name)
    asked = {"inside": OutcomeMeasure.objects.get(name="Safety, teachers").pk}
    answer = file_of(visit("anna"), "against", outside=OutcomeMeasure.objects.get(name=name).pk, **asked)
    header, first = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[:2]
    assert len(set(header)) == 5
    assert first[0] == "School 0"
    assert float(first[3]) == Outcome.objects.get(measure__name=name, unit__name="School 0").value


def test_thousands_of_figures_stand_on_a_page_of_proper_size(visit, cast):
    figures_of_both_sides(cast)
    for number in range(600):
        measure = OutcomeMeasure.objects.create(name=f"{number} {'x' * 110}", side="kin" if number % 2 else "kith")
        record_outcomes(measure=measure, rows=[OutcomeRow(cast.it.pk, "2011-12", 1.0)])
    page = visit("anna").get(PAGE).content.decode()
    assert "404 more" in page
    assert len(page.encode()) < 100_000


def test_a_kept_view_shows_the_pair_that_was_looked_at(visit, cast):
    figures_of_both_sides(cast, months=("2011-12", "2012-12"))
    one, other = (OutcomeMeasure.objects.get(name=f"Academics, {who}").pk for who in ("teachers", "parents"))
    asked = f"inside={one}&outside={other}&month=2011-12"
    visit("anna").post(reverse("keep_view"), {"name": "Academics", "page": "figures", "asked": asked})
    assert SavedView.objects.get().asked == asked


def test_names_that_are_markup_or_formulas_do_nothing(visit, cast):
    figures_of_both_sides(cast)
    OutcomeMeasure.objects.filter(name="Safety, teachers").update(name="</script><img src=x onerror=alert(1)>")
    Unit.objects.filter(name="School 3").update(name="=HYPERLINK(1)")
    client = visit("anna")
    page = client.get(PAGE).content.decode()
    assert "<img src=x" not in page
    assert "'=HYPERLINK(1)" in file_of(client, "against").content.decode()
    assert b"<img src=x" not in file_of(client, "against", "svg").content


@pytest.mark.parametrize("value", [9.99e28, -9.99e28, 1e-28])
def test_numbers_at_the_ends_of_what_is_kept_break_no_page(visit, cast, value):
    figures_of_both_sides(cast)
    Outcome.objects.filter(measure__name__in=["Safety, teachers", "Academics, parents"], unit__name="School 4").update(
        value=value, n=2**31 - 1
    )
    client = visit("anna")
    assert client.get(PAGE).status_code == 200
    assert {file_of(client, part, kind).status_code for part, kind in (("pairs", "csv"), ("against", "png"))} == {200}
