"""Who asks."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Schema

from kithkin.platform.api.access import access, asker
from kithkin.platform.models import Role, RoleGrant

router = Router(auth=access(), tags=["me"])


class GrantOut(Schema):
    """A role, and the unit below which it reaches; null: everywhere."""

    role: Role
    unit: int | None


class MeOut(Schema):
    """The user behind the token or the session."""

    id: int
    name: str = Field(examples=["Alice"])
    email: str
    language: str
    time_zone: str
    roles: list[GrantOut]


@router.get("/me", response=MeOut)
def get_me(request: HttpRequest) -> MeOut:
    """Who the token acts as, and which roles that user holds. Every valid token may ask, whatever its scopes."""
    user = asker(request)
    grants = RoleGrant.objects.filter(user=user).order_by("pk")
    return MeOut(
        id=user.pk,
        name=user.name,
        email=user.email,
        language=user.language,
        time_zone=user.time_zone,
        roles=[GrantOut(role=Role(grant.role), unit=grant.scope_id) for grant in grants],
    )
