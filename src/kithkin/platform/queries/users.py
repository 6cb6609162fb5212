"""Users and invitations, as far as the reader administers them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from kithkin.platform.access import Reach, reach
from kithkin.platform.models import Invitation, Role, RoleGrant, User
from kithkin.platform.registries.scopes import scopes


def users_reached_by(user: User) -> QuerySet[User]:
    """The users whom this one may manage, each with `held`: those of their grants that the reader reaches.

    Who administers some units reaches those who hold a role there.
    """
    over = reach(user, Role.ADMINISTRATOR)
    reached = RoleGrant.objects.filter(over.limit("scope_id")) if over else RoleGrant.objects.none()
    held = Prefetch("grants", queryset=reached.order_by("role", "scope_id"), to_attr="held")
    rows = User.objects.prefetch_related(held)
    return rows if over.everywhere else rows.filter(Exists(reached.filter(user=OuterRef("pk"))))


def users_with_role(rows: QuerySet[User], role: str) -> QuerySet[User]:
    """Those of the users who hold the role, anywhere."""
    return rows.filter(Exists(RoleGrant.objects.filter(user=OuterRef("pk"), role=role)))


def open_invitations() -> QuerySet[Invitation]:
    """Those neither accepted nor withdrawn."""
    return Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


def invitations_reached_by(user: User) -> list[Invitation]:
    """The open invitations that this user may send again and withdraw, the newest first."""
    over = reach(user, Role.ADMINISTRATOR)
    rows = open_invitations().select_related("invited_by").order_by("-invited_at", "-pk")
    return [one for one in rows if over.everywhere or _within(over, one)]


def _within(over: Reach, invitation: Invitation) -> bool:
    return bool(invitation.grants) and all(over.covers(scope_id) for _role, scope_id in invitation.grants)


def invitation_with(token: str) -> Invitation | None:
    """The open invitation to which this link belongs, unless it is too old."""
    found = open_invitations().filter(token_hash=hash_of(token)).first()
    return None if found is None or found.is_too_old else found


def hash_of(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def scope_names() -> dict[int | None, str]:
    """Over what roles can be held, with names: every unit, and None for everywhere."""
    found: dict[int | None, str] = {None: _("everywhere")}
    found.update({unit: name for unit, name in scopes().names().items()})  # noqa: C416 (widens the key's type)
    return found


def in_words(role: str, scope_id: int | None, names: Mapping[int | None, str]) -> str:
    """A grant as people read it: "Analyst, IT"."""
    return f"{Role(role).label}, {names.get(scope_id, '?')}"
