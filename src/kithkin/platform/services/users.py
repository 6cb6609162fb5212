"""What administrators do with log-ins: change, switch off and on, give and take roles, help who lost a factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from kithkin.platform.accounts.facts import RolesChanged, SecondFactorReset, UserSwitched
from kithkin.platform.events import publish
from kithkin.platform.models import Role, RoleGrant, User
from kithkin.platform.rules.users import LastAdministrator, check_may_grant
from kithkin.platform.services.sessions import log_out_everywhere

_EVERYTHING = {"role": Role.ADMINISTRATOR, "scope_id": None}


@transaction.atomic
def switch_off(*, user: User) -> None:
    """Let the user log in no more, from this moment; everything they did stays."""
    _hold_administrators()
    user.is_active = False
    user.save(update_fields=["is_active"])
    _check_somebody_administers()
    log_out_everywhere(user=user)
    publish(UserSwitched(user_id=user.pk, on=False))


@transaction.atomic
def switch_on(*, user: User) -> None:
    """Let the user log in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    publish(UserSwitched(user_id=user.pk, on=True))


@transaction.atomic
def give_role(*, by: User, user: User, role: Role, scope_id: int | None) -> None:
    """Give the role over this unit (None: over everything); one that the user holds already stays as it is."""
    check_may_grant(by, scope_id)
    try:
        with transaction.atomic():
            RoleGrant.objects.create(user=user, role=role, scope_id=scope_id)
    except IntegrityError:
        return
    publish(RolesChanged(user_id=user.pk, role=role, scope_id=scope_id, given=True))


@transaction.atomic
def take_role(*, by: User, grant: RoleGrant) -> None:
    """Take the role; the last administrator of everything keeps it."""
    check_may_grant(by, grant.scope_id)
    _hold_administrators()
    user_id, role, scope_id = grant.user_id, grant.role, grant.scope_id
    grant.delete()
    _check_somebody_administers()
    publish(RolesChanged(user_id=user_id, role=role, scope_id=scope_id, given=False))


@transaction.atomic
def reset_second_factor(*, user: User) -> None:
    """Take every second factor and passkey from somebody who lost them, and end their sessions."""
    for authenticator in Authenticator.objects.filter(user=user):
        authenticator.delete()
    log_out_everywhere(user=user)
    publish(SecondFactorReset(user_id=user.pk))


def _hold_administrators() -> None:
    """Wait until nobody else is taking an administrator away: two who demote each other must not both succeed.

    On SQLite the transaction holds the only write lock already.
    """
    list(RoleGrant.objects.select_for_update().filter(**_EVERYTHING).order_by("pk"))


def _check_somebody_administers() -> None:
    if not RoleGrant.objects.filter(**_EVERYTHING, user__is_active=True).exists():
        raise LastAdministrator
