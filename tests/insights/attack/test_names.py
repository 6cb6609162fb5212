"""A relation that serves one person bears their name: who may not see them reads it nowhere, and nothing keeps it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from kithkin.directory.models import Side, Unit
from kithkin.directory.services.erasure import erase_person
from kithkin.insights.models import Study
from kithkin.insights.studies.links import study_links
from tests.cast import make_kith, make_unit
from tests.directory.relations.making import serves
from tests.insights.listening import heard, outside, program, said

NAME = "Xaverius Quellmalz"


@pytest.fixture
def served(cast):
    """IT serves one customer by name; colleagues judge that."""
    link = serves(cast.it, make_kith(NAME), "tills")
    made = program("Colleagues", Side.KIN, measures="service", high=5, identity="identified")
    heard(made, [said("2026-05", 3 + n % 3, cast.logistics.pk, link=link.pk) for n in range(12)])
    return made, link


def test_scores_by_relation_name_nobody_to_a_head_who_may_not_see_them(visit, served):
    made, _link = served
    for asked in ({"by": "link"}, {"by": ["link", "month"]}):
        page = visit("donald").get(reverse("scores"), {"program": made.pk, **asked}).content.decode()
        assert "Quellmalz" not in page
        assert "IT → a customer: tills" in page
    file = reverse("understand_file", kwargs={"page": "scores", "part": "groups", "kind": "csv"})
    told = visit("donald").get(file, {"program": made.pk, "by": "link"}).content.decode()
    assert "Quellmalz" not in told
    assert "IT → a customer: tills" in told


def test_what_was_worked_out_keeps_no_name_that_an_erasure_would_have_to_find(cast, served):
    _made, link = served
    study = study_links(outside())
    assert study.body["links"] == {"IT → a customer: tills": link.pk}
    erase_person(person=link.receiver_person)
    assert "Quellmalz" not in json.dumps(list(Study.objects.values("about", "body")))


def test_relations_of_one_name_are_told_to_their_own_ends_only(cast):
    desks = [make_unit(f"Desk {number}", parent) for number, parent in enumerate((cast.it, cast.logistics))]
    Unit.objects.filter(pk__in=[desk.pk for desk in desks]).update(name="Desk")
    links = [serves(desk, cast.support, "tills") for desk in desks]
    body = study_links(outside()).body
    assert body["links"] == {"Desk → Support: tills": links[0].pk, "Desk → Support: tills (2)": links[1].pk}
