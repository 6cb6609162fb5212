"""Asking people to join, and joining."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.platform.accounts.facts import UserJoined
from kithkin.platform.events import publish
from kithkin.platform.models import Invitation, Role, RoleGrant, User
from kithkin.platform.queries.users import hash_of, open_invitations
from kithkin.platform.rules.users import BeyondReach, check_may_grant, may_grant
from kithkin.platform.services.users import give_role

GOOD_FOR = timedelta(days=7)
Grant = tuple[Role, int | None]


class InvitationGone(Exception):
    """The link was used, withdrawn, replaced by a newer one, or is too old."""

    def __init__(self) -> None:
        super().__init__(_("This invitation was used, withdrawn or replaced, or it is older than seven days."))


@dataclass
class Asked:
    """What became of each address: asked to join, asked already, or a user already (who got the roles at once)."""

    invited: list[Invitation] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    known: list[User] = field(default_factory=list)


@transaction.atomic
def invite(*, by: User, people: Sequence[tuple[str, str]], grants: Sequence[Grant], language: str) -> Asked:
    """Ask these (address, name) to join with these roles. The letters are still to be sent."""
    for _role, scope_id in grants:
        check_may_grant(by, scope_id)
    if not grants and not may_grant(by, None):
        raise BeyondReach
    named = {address.lower(): name for address, name in people}
    users = {user.email.lower(): user for user in User.objects.filter(email__in=named)}
    waiting = {one.email.lower() for one in open_invitations().filter(email__in=named)}
    asked = Asked()
    for address, name in named.items():
        if user := users.get(address):
            for role, scope_id in grants:
                give_role(by=by, user=user, role=role, scope_id=scope_id)
            asked.known.append(user)
        elif address in waiting:
            asked.waiting.append(address)
        else:
            pairs = [[str(role), scope_id] for role, scope_id in grants]
            made = Invitation.objects.create(email=address, name=name, grants=pairs, language=language, invited_by=by)
            asked.invited.append(made)
    return asked


@transaction.atomic
def write_link(*, invitation: Invitation) -> str:
    """A new token, good for seven days; an earlier one is good no longer."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_of(token)
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + GOOD_FOR
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    return token


@transaction.atomic
def withdraw(*, invitation: Invitation) -> None:
    """Make the link worthless."""
    invitation.withdrawn_at = timezone.now()
    invitation.token_hash = ""
    invitation.save(update_fields=["withdrawn_at", "token_hash"])


@transaction.atomic
def join(*, token: str, name: str, password: str) -> User:
    """Accept: from now on the invited may log in, with those of the roles that who invited them may still give."""
    invitation = open_invitations().select_for_update().filter(token_hash=hash_of(token)).first()
    if invitation is None or invitation.is_too_old or User.objects.filter(email__iexact=invitation.email).exists():
        raise InvitationGone
    user = User.objects.create_user(
        invitation.email, password, name=name, language=invitation.language, time_zone=settings.TIME_ZONE
    )
    by = invitation.invited_by
    for role, scope_id in invitation.grants:
        if by is not None and may_grant(by, scope_id):
            RoleGrant.objects.create(user=user, role=role, scope_id=scope_id)
    invitation.user, invitation.accepted_at, invitation.token_hash = user, timezone.now(), ""
    invitation.save(update_fields=["user", "accepted_at", "token_hash"])
    publish(UserJoined(user_id=user.pk))
    return user
