"""What personal data is used for."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Schema

from kithkin.directory.models import LawfulBasis, Purpose
from kithkin.platform.api.pages import Asked, Page, each, page_of

router = Router()


class PurposeOut(Schema):
    """One thing that personal data is used for, as it is told to people."""

    id: int
    version: int
    name: str
    description: str
    lawful_basis: LawfulBasis


PurposesPage = Page[PurposeOut]


@router.get("/purposes", response=PurposesPage)
def list_purposes(request: HttpRequest, asked: Query[Asked]) -> PurposesPage:  # noqa: ARG001 (everybody sees them)
    """Every purpose."""
    return page_of(Purpose.objects.all(), asked, each(_shown), PurposesPage)


def _shown(purpose: Purpose) -> PurposeOut:
    return PurposeOut(
        id=purpose.pk,
        version=purpose.version,
        name=purpose.name,
        description=purpose.description,
        lawful_basis=LawfulBasis(purpose.lawful_basis),
    )
