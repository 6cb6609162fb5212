"""Who may manage whose log-in."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from kithkin.platform.access import reach
from kithkin.platform.models import Role, User
from kithkin.platform.registries.scopes import scopes


class BeyondReach(Exception):
    """Somebody wanted to give or take a role further than their own reaches."""

    def __init__(self) -> None:
        super().__init__(_("You can give and take roles only over what you administer yourself."))


class LastAdministrator(Exception):
    """Nobody would be left who administers everything."""

    def __init__(self) -> None:
        super().__init__(
            _("That would leave nobody who administers everything. Make somebody else an administrator first.")
        )


def may_manage_users(user: User) -> bool:
    """Whether the user administers anything: everything, or some units."""
    return bool(reach(user, Role.ADMINISTRATOR))


def may_grant(user: User, scope_id: int | None) -> bool:
    """Whether the user may give or take roles over this unit (None: over everything)."""
    return reach(user, Role.ADMINISTRATOR).covers(scope_id)


def check_may_grant(user: User, scope_id: int | None) -> None:
    """Raise `BeyondReach` unless they may."""
    if not may_grant(user, scope_id):
        raise BeyondReach


def grantable_scopes(user: User) -> Mapping[int | None, str]:
    """Over what this user may give roles, with names, in the order of the tree; everywhere is None and comes first."""
    over = reach(user, Role.ADMINISTRATOR)
    found: dict[int | None, str] = {None: _("everywhere")} if over.everywhere else {}
    found.update({unit: name for unit, name in scopes().names().items() if over.covers(unit)})
    return found
