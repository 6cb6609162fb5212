"""Who sees accounts, and who may write them down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.directory.models import Account
from kithkin.directory.rules.people import READERS, WRITERS
from kithkin.platform.access import holds, reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User


def can_see_accounts(user: User | AnonymousUser) -> bool:
    """Everybody who sees kith beyond themselves; which accounts, `accounts_visible_to` says."""
    return holds(user, *READERS)


def can_add_account(user: User | AnonymousUser) -> bool:
    """Administrators and program managers; over a part of the organisation, only accounts that it looks after."""
    return holds(user, *WRITERS)


def can_edit_account(user: User | AnonymousUser, account: Account) -> bool:
    """Administrators and program managers within whose reach the account is looked after."""
    return reach(user, *WRITERS).covers(account.unit_id)
