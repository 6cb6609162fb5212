"""What one person decided about each purpose."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from kithkin.directory.api.finding import Ref, person_whole
from kithkin.directory.models import Consent, LawfulBasis, Purpose
from kithkin.directory.services.consent import record_consent as write_consent
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import Flag, Id, InPath, Sent, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, each, page_of
from kithkin.platform.api.references import named

router = Router()


class ConsentOut(Schema):
    """One decision about one purpose. The present one of each purpose is what holds."""

    id: int
    purpose: Ref
    given: bool = Field(description="On a basis other than consent, false is an objection.")
    lawful_basis: LawfulBasis
    source: str
    at: datetime
    is_present: bool


class ConsentIn(Sent):
    """A decision, from now on."""

    purpose: Id
    given: Flag
    source: Annotated[str, text(200, says="How it was told.", example="Form in the shop")] = ""


ConsentsPage = Page[ConsentOut]


@router.get("/people/{person_id}/consents", response=ConsentsPage)
def list_consents(request: HttpRequest, person_id: InPath, asked: Query[Asked]) -> ConsentsPage:
    """Everything that the person decided, the first decision first."""
    person, _seen = person_whole(request, person_id)
    rows = Consent.objects.filter(person=person).select_related("purpose")
    return page_of(rows, asked, each(_shown), ConsentsPage)


@router.post("/people/{person_id}/consents", response={201: ConsentOut})
@once
def record_consent(request: HttpRequest, person_id: InPath, sent: ConsentIn) -> Status[ConsentOut]:
    """The person gave consent, withdrew it or objected: it holds from this moment. Everybody may decide for themselves.

    The same decision again changes nothing, and the earlier one is answered.
    """
    person, seen = person_whole(request, person_id)
    if person.user_id != asker(request).pk and not seen.edit:
        raise PermissionDenied(_("For others, administrators and program managers write it down."))
    purpose = named(Purpose.objects.all(), sent.purpose, "purpose")
    return Status(201, _shown(write_consent(person=person, purpose=purpose, given=sent.given, source=sent.source)))


def _shown(consent: Consent) -> ConsentOut:
    return ConsentOut(
        id=consent.pk,
        purpose=Ref(id=consent.purpose_id, name=consent.purpose.name),
        given=consent.given,
        lawful_basis=LawfulBasis(consent.lawful_basis),
        source=consent.source,
        at=consent.at,
        is_present=consent.is_current,
    )
