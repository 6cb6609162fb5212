"""The weak link's name is for analysts, administrators and its two ends; others read "another relation"."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from kithkin.insights.studies.reports import report_of

TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


def title(page):
    return TITLE.search(page.content.decode()).group(1).strip()


def test_the_kept_report_is_the_one_that_was_made(weak):
    assert report_of(weak.body["report"]).to_dict() == weak.body["report"]


@pytest.mark.parametrize("name", ["alice", "percy", "anna", "dora", "gus", "bob"])
def test_whoever_may_know_reads_the_name_at_home(weak, visit, name):
    assert title(visit(name).get("/")).startswith("IT’s service ")


@pytest.mark.parametrize("name", ["alice", "percy", "anna", "dora"])
def test_whoever_may_know_reads_the_name_on_its_page(weak, visit, name):
    page = visit(name).get(reverse("weak_link")).content.decode()
    assert "IT → Sales: service" in page


def test_the_head_of_another_department_does_not(weak, visit):
    page = visit("donald").get(reverse("weak_link")).content.decode()
    assert "IT → Sales" not in page
    assert "another relation (1)" in page


@pytest.mark.parametrize(("name", "told"), [("anna", False), ("donald", True), ("dora", True)])
def test_a_head_reads_why_other_relations_have_no_name(weak, visit, name, told):
    pages = [visit(name).get(address).content.decode() for address in ("/", reverse("weak_link"))]
    assert ["Relations between other departments are not named to you." in page for page in pages] == [told, told]


@pytest.mark.parametrize("name", ["gus", "bob"])
def test_an_end_of_the_weak_link_reads_at_home_how_sure_it_is(weak, visit, name):
    page = visit(name).get("/").content.decode()
    assert "and is the worst of all with a probability of" in page
    assert reverse("weak_link") not in page


def test_the_title_of_somebody_elses_weak_link_names_nobody(weak, visit):
    assert title(visit("donald").get("/")) == "What lets your customers down most lies between two other departments"


def test_on_a_phone_the_picture_begins_with_whom_the_weak_link_serves(weak, visit):
    page = visit("anna").get("/").content.decode()
    assert "Around Sales" in page
    assert page.count('<span class="badge kin near-cost">') == 1


def test_home_needs_few_statements(weak, visit, django_assert_max_num_queries):
    client = visit("anna")
    client.get("/")
    with django_assert_max_num_queries(30):
        client.get("/")


def test_what_if_adds_nothing_where_nobody_is_below(weak, visit):
    weak.body["recent"] = {str(pk): {"1": ["IT", 90.0, 12]} for pk in weak.body["links"].values()}
    weak.save()
    page = visit("anna").get(reverse("weak_link"), {"target": "80"}).content.decode()
    assert "0.0 points of NPS (0.0 to 0.0), if 0 of 1 units came up to 80.0." in page
    assert "The interval is that of the effect alone: where the units stand now is taken as measured." in page


def test_a_head_is_told_where_their_own_part_stands_and_no_other(weak, visit, cast):
    recent = {str(cast.it.pk): ["IT", 61.5, 12], str(cast.logistics.pk): ["Logistics", 43.5, 17]}
    weak.body["recent"] = {str(pk): recent for pk in weak.body["links"].values()}
    weak.save()
    pages = {name: visit(name).get(reverse("weak_link"), {"unit": cast.logistics.pk}) for name in ("anna", "dora")}
    told = {
        name: re.findall(r"(IT|Logistics): ([\d.]+) \(n = (\d+)\)", page.content.decode())
        for name, page in pages.items()
    }
    assert told == {"anna": [("Logistics", "43.5", "17"), ("IT", "61.5", "12")], "dora": [("IT", "61.5", "12")]}
    assert "if 1 of 2 units" in visit("dora").get(reverse("weak_link"), {"target": "62"}).content.decode()
