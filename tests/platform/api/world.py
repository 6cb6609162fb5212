"""One of everything that the API speaks of, beside the cast."""

from __future__ import annotations

from datetime import date

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
    Sensitivity,
    Service,
    ServiceLink,
    Stage,
    StageTouchpoint,
    Stakeholder,
    Tie,
    Touchpoint,
)
from kithkin.servicedesk.models import Queue, Request
from kithkin.surveys.services import add_wave
from tests.cast import LONG_AGO, Cast, make_kith, make_unit
from tests.surveys.programs import make_program

RULE = {"all": [{"field": "side", "operator": "is", "value": "kith"}]}


def make_world(cast: Cast) -> dict[str, int]:
    """Everything hangs on IT: its account with Kim, who buys; its relation to Logistics. Ids by the API's names."""
    bob = Person.objects.get(name="Bob")
    account = Account.objects.create(name="Engines", number="A-1", unit=cast.it)
    kim = make_kith("Kim", external_id="C-1")
    tie = Tie.objects.create(person=kim, kind="buyer", account=account)
    purchase = Purchase.objects.create(person=kim, account=account, what="Coat", at=timezone.now())
    purpose = Purpose.objects.create(name="Surveys")
    Consent.objects.create(person=kim, purpose=purpose, given=True, lawful_basis="consent")
    for key, sensitivity in (
        ("size", Sensitivity.OPEN),
        ("score", Sensitivity.RESTRICTED),
        ("creed", Sensitivity.SENSITIVE),
    ):
        AttributeDefinition.objects.create(key=key, label=key.title(), kind="text", sensitivity=sensitivity)
    kim.attributes = {"size": "44", "score": "high", "creed": "none"}
    kim.save()
    empty = make_unit("Empty", cast.it)
    service, place = Service.objects.create(name="Support"), Touchpoint.objects.create(name="Shop", unit=cast.it)
    partner = Partner.objects.create(name="Freight")
    link = ServiceLink.objects.create(
        provider_unit=cast.it, receiver_unit=cast.logistics, service=service, since=LONG_AGO
    )
    ServiceLink.objects.create(provider_unit=cast.it, receiver_person=kim, touchpoint=place, since=LONG_AGO)
    role = RelationRole.objects.create(link=link, person=bob, side="provider", role="owner")
    need = Need.objects.create(problem="Slow tills", link=link, owner=cast.percy)
    Evidence.objects.create(need=need, text="Ten said so")
    journey = Journey.objects.create(name="Buying")
    StageTouchpoint.objects.create(stage=Stage.objects.create(journey=journey, name="Looking"), touchpoint=place)
    stakeholder = Stakeholder.objects.create(name="Regulator", group="external", next_step_due=date(2030, 1, 1))
    segment = Segment.objects.create(name="Customers", rule=RULE, owner=cast.percy)
    audience = Audience.objects.create(name="Everybody", segment=segment)
    Membership.objects.create(person=kim, unit=cast.support, since=LONG_AGO, until=date(2021, 1, 1), manager=bob)
    stay = bob.memberships.get()
    program = make_program(unit=cast.it)
    add_wave(program=program, name="2026", starts=date(2026, 1, 1), ends=date(2027, 1, 1))
    queue = Queue.objects.create(name="Desk", unit=cast.it)
    request = Request.objects.create(
        number="R-1", link=link, unit=cast.logistics, queue=queue, opened_at=timezone.now()
    )
    return {
        "person_id": kim.pk,
        "account_id": account.pk,
        "tie_id": tie.pk,
        "purchase_id": purchase.pk,
        "purpose_id": purpose.pk,
        "unit_id": empty.pk,
        "service_id": service.pk,
        "touchpoint_id": place.pk,
        "audience_id": audience.pk,
        "partner_id": partner.pk,
        "relation_id": link.pk,
        "role_id": role.pk,
        "need_id": need.pk,
        "journey_id": journey.pk,
        "stakeholder_id": stakeholder.pk,
        "segment_id": segment.pk,
        "membership_id": stay.pk,
        "program_id": program.pk,
        "queue_id": queue.pk,
        "request_id": request.pk,
        "bob": bob.pk,
    }
