"""The chain: worked out from what came in, and read by whoever reads scores."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kithkin.analysis.linkage.chain import Told
from kithkin.insights.models import Study, StudyKind
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from kithkin.insights.studies.chain import arrows_of, study_chain
from kithkin.insights.tasks.studies import work_out_chain_of
from kithkin.insights.warehouse import load_pending

CHAIN = reverse("chain")


def test_before_it_was_worked_out_the_page_teaches_what_it_takes(visit, cast):
    page = visit("dora").get(CHAIN).content.decode()
    assert "What satisfied customers bring cannot be told yet" in page
    assert "It links what employees say to what customers do" in page


def test_revenue_that_follows_the_score_is_found(branches):
    work_out_chain_of(branches.program.pk)
    found = arrows_of(Study.objects.get(kind=StudyKind.CHAIN))
    assert {ends: one.told for ends, one in found.items()} == {("outside", "revenue"): Told.UP}
    assert found["outside", "revenue"].lag == 1


def test_the_page_says_it_with_interval_and_names_what_is_not_measured(visit, branches):
    study_chain(branches.program)
    response = visit("anna").get(CHAIN)
    (row,) = response.context["rows"]
    assert (row.first, row.second, row.later, row.n) == ("Customers’ score (NPS)", "Revenue", "1 month later", 63)
    assert row.effect.endswith(" % for each point")
    assert response.context["finding"].startswith("A point more of NPS goes along with 0.")
    assert response.context["missing"] == [
        "Engagement", "Internal service", "Productivity", "Loyalty", "Profit", "Employees who stay",
    ]  # fmt: skip


def test_a_figure_without_its_place_in_the_chain_is_left_out(branches):
    branches.revenue.stage = ""
    branches.revenue.save()
    assert study_chain(branches.program).body["arrows"] == []


def test_money_moves_by_per_cent_unless_it_was_ever_lost(branches):
    assert study_chain(branches.program).body["stages"]["revenue"]["scale"] == "relative"
    row = branches.revenue.values.first()
    record_outcomes(measure=branches.revenue, rows=[OutcomeRow(row.unit_id, row.month, -5.0)])
    load_pending()
    assert study_chain(branches.program).body["stages"]["revenue"]["scale"] == "plain"


def test_it_is_worked_out_once_however_often_it_is_asked(branches):
    first, again = study_chain(branches.program), study_chain(branches.program)
    assert (first.pk, first.body) == (again.pk, again.body)


def test_working_it_out_anew_is_left_to_a_job(visit, branches):
    response = visit("percy").post(reverse("study_chain"))
    assert (response.status_code, response.url) == (302, CHAIN)


@pytest.mark.parametrize("name", ["dora", "anna"])
def test_the_page_asks_the_database_a_constant_number_of_times(visit, branches, name, django_assert_max_num_queries):
    study_chain(branches.program)
    browser = visit(name)
    browser.get(CHAIN)
    with django_assert_max_num_queries(20):
        browser.get(CHAIN)
