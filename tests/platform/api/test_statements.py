"""A list asks the database as often for fifty rows as for one, and for ten times at most."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kithkin.directory.models import (
    Account,
    AttributeDefinition,
    Audience,
    Consent,
    Evidence,
    Journey,
    Membership,
    Need,
    Partner,
    Person,
    Purchase,
    Purpose,
    RelationRole,
    Segment,
    Service,
    ServiceLink,
    Stage,
    StageTouchpoint,
    Stakeholder,
    Tie,
    Touchpoint,
)
from kithkin.surveys.models import Program
from kithkin.surveys.services import add_wave
from tests.cast import LONG_AGO, Cast, make_kith, make_unit
from tests.platform.api.asking import Asker
from tests.platform.api.world import RULE, make_world
from tests.surveys.programs import make_program

MOST = 10
LISTS = (
    "/people",
    "/people/{person_id}/ties",
    "/people/{person_id}/memberships",
    "/people/{person_id}/purchases",
    "/people/{person_id}/consents",
    "/accounts",
    "/accounts/{account_id}/purchases",
    "/units",
    "/services",
    "/touchpoints",
    "/audiences",
    "/partners",
    "/relations",
    "/relations/{relation_id}/roles",
    "/needs",
    "/needs/{need_id}/evidence",
    "/journeys",
    "/stakeholders",
    "/segments",
    "/segments/{segment_id}/members",
    "/attributes",
    "/purposes",
    "/programs",
    "/programs/{program_id}/waves",
    "/programs/{program_id}/fields",
)


def fill(cast: Cast, ids: dict[str, int]) -> None:
    """Forty-nine more of everything, each with something of its own."""
    kim, need, link = (
        Person.objects.get(pk=ids["person_id"]),
        Need.objects.get(pk=ids["need_id"]),
        ServiceLink.objects.get(pk=ids["relation_id"]),
    )
    program = Program.objects.get(pk=ids["program_id"])
    for n in range(49):
        make_program(f"Program {n}", unit=cast.it)
        add_wave(program=program, name=str(n), starts=date(2027 + n, 1, 1), ends=date(2028 + n, 1, 1))
        program.questionnaire.fields.create(number=10 + n, name=f"q{n}", title="Q", kind="text")
        unit, other = make_unit(f"U{n}", cast.it), make_kith(f"P{n}")
        account = Account.objects.create(name=f"A{n}", unit=unit)
        Tie.objects.create(person=other, kind="buyer", account=account)
        Tie.objects.create(person=kim, kind="user", account=account)
        Membership.objects.create(person=kim, unit=unit, since=LONG_AGO, manager=other)
        for buyer, of in ((kim, account), (other, Account.objects.get(pk=ids["account_id"]))):
            Purchase.objects.create(person=buyer, account=of, what=f"W{n}", at=timezone.now())
        purpose = Purpose.objects.create(name=f"Purpose {n}")
        Consent.objects.create(person=kim, purpose=purpose, given=True, lawful_basis="consent")
        key = f"key{n}"
        AttributeDefinition.objects.create(key=key, label=key, kind="text")
        kim.attributes[key] = "x"
        segment = Segment.objects.create(name=f"G{n}", rule=RULE, owner=cast.anna)
        Audience.objects.create(name=f"G{n}", segment=segment)
        Partner.objects.create(name=f"T{n}")
        service, place = Service.objects.create(name=f"S{n}"), Touchpoint.objects.create(name=f"S{n}", unit=unit)
        ServiceLink.objects.create(
            provider_unit=unit, receiver_person=other, service=service, touchpoint=place, since=LONG_AGO
        )
        RelationRole.objects.create(link=link, person=other, side="receiver", role="voice")
        Need.objects.create(problem=f"N{n}", owner=cast.anna)
        Evidence.objects.create(need=need, text=f"E{n}")
        journey = Journey.objects.create(name=f"J{n}")
        StageTouchpoint.objects.create(stage=Stage.objects.create(journey=journey, name="One"), touchpoint=place)
        Stakeholder.objects.create(name=f"H{n}", group="internal", owner=cast.anna)
    kim.save()


def counted(asker: Asker, path: str) -> tuple[int, int]:
    """Statements, and rows."""
    with CaptureQueriesContext(connection) as statements:
        response = asker.get(path)
    return len(statements), len(response.json()["items"])


@pytest.mark.parametrize("who", ["alice", "dora"])
def test_lists_ask_as_often_for_fifty_rows_as_for_one(cast: Cast, who: str):
    ids, asker = make_world(cast), Asker.of(cast.users[who])
    paths = [path.format(**ids) for path in LISTS if who == "alice" or not path.startswith(("/segm", "/stake"))]
    asker.get("/me")  # the first use of a token on a day is noted
    few = {path: counted(asker, path) for path in paths}
    fill(cast, ids)
    many = {path: counted(asker, path) for path in paths}
    assert {path: many[path][0] for path in paths} == {path: few[path][0] for path in paths}
    assert {path: count for path, (count, _rows) in many.items() if count > MOST} == {}
    assert {path for path in paths if many[path][1] < 50 and path not in HELD_BACK[who]} == set()


HELD_BACK = {"alice": frozenset(), "dora": frozenset({"/people", "/accounts", "/needs"})}
