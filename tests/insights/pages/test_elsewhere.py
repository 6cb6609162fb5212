"""What other rooms' pages tell of scores: programs lead to theirs, relations say how they are found."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kithkin.directory.models import Service, ServiceLink, Side
from tests.cast import LONG_AGO
from tests.insights.listening import heard, outside, program, said


@pytest.fixture
def relation(cast):
    made = Service.objects.create(name="tills")
    return ServiceLink.objects.create(provider_unit=cast.it, receiver_unit=cast.logistics, service=made, since=LONG_AGO)


def colleagues():
    """Asked about who serves them, by name."""
    return program("Colleagues", Side.KIN, measures="", identity="identified")


def test_a_program_leads_to_its_scores(cast, visit):
    customers = outside()
    page = visit("anna").get(reverse("programs")).content.decode()
    assert f'<a href="{reverse("scores")}?program={customers.pk}">NPS</a>' in page


def test_a_relation_says_how_its_receiver_finds_it(cast, visit, relation):
    heard(colleagues(), [said("2026-05", 10, cast.logistics.pk, link=relation.pk) for _ in range(4)])
    page = visit("anna").get(reverse("relation", args=[relation.pk])).content.decode()
    assert "4 answers" in page
    assert f"in.link={relation.pk}" in page


def test_who_reads_no_scores_is_told_nothing_of_it(cast, visit, relation):
    heard(colleagues(), [said("2026-05", 10, cast.logistics.pk, link=relation.pk) for _ in range(4)])
    page = visit("bob").get(reverse("relation", args=[relation.pk])).content.decode()
    assert "How the receiver finds it will be read here." in page


def test_the_head_of_the_provider_is_told_who_reads_what_the_receiver_says(cast, visit, relation):
    heard(colleagues(), [said("2026-05", 10, cast.logistics.pk, link=relation.pk) for _ in range(4)])
    pages = {
        name: visit(name).get(reverse("relation", args=[relation.pk])).content.decode() for name in ("dora", "donald")
    }
    assert {name: "4 answers" in page for name, page in pages.items()} == {"dora": False, "donald": True}
    assert "What this receiver says is read by whoever looks after it" in pages["dora"]


def test_a_head_whose_units_have_no_answers_is_told_so(cast, visit):
    heard(outside(), [said("2026-05", 10, cast.logistics.pk) for _ in range(4)])
    page = visit("dora").get(reverse("scores")).content.decode()
    assert "<h1>There are no answers to show here</h1>" in page
    assert "choose another program or other months" in page
