"""A company in which IT's service to Sales lets customers down most, found and kept."""

from __future__ import annotations

from functools import cache

import pytest
from django.utils import timezone

from kithkin.analysis.linkage import weak_links
from kithkin.demo.company import simulate
from kithkin.directory.models import Service, ServiceLink
from kithkin.insights.models import Study, StudyKind
from tests.cast import LONG_AGO, make_unit
from tests.insights.listening import outside


@cache
def report() -> dict:
    company = simulate(seed=1)
    return weak_links(company.links, company.outcomes, company.service_map, draws=200).to_dict()


def relation(provider, receiver, service):
    made = Service.objects.get_or_create(name=service)[0]
    return ServiceLink.objects.create(provider_unit=provider, receiver_unit=receiver, service=made, since=LONG_AGO)


@pytest.fixture
def weak(cast):
    """The kept study; its weak link runs from IT to Sales, all others from Logistics to Sales."""
    program, sales = outside(), make_unit("Sales", cast.company)
    column = program.headline.column
    names, body = {}, report()
    for number, ranked in enumerate(body["ranked"]):
        is_weak = ranked["verdict"] == "weakest link"
        link = relation(cast.it if is_weak else cast.logistics, sales, f"service {number}")
        names[ranked["link"]] = link
    text = {name: str(link) for name, link in names.items()}
    told = [{**one, "link": text[one["link"]]} for one in body["ranked"]]
    return Study.objects.create(
        kind=StudyKind.WEAK_LINK,
        about=f"{program.pk} {column}",
        made_at=timezone.now(),
        body={
            "program": program.pk, "level": "unit", "lag": 1, "score": "NPS", "column": column, "why_not": "",
            "satisfaction": [], "touchpoints": {}, "recent": {},
            "links": {str(link): link.pk for link in names.values()},
            "report": {**body, "ranked": told},
        },
    )  # fmt: skip
