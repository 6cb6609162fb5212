"""Accounts, as far as somebody may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kithkin.directory.models import Account
from kithkin.directory.rules.people import READERS
from kithkin.platform.access import reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User


def accounts_visible_to(user: User | AnonymousUser) -> QuerySet[Account]:
    """Those looked after within the reach of the user's roles; one that no unit looks after, from everywhere only."""
    return Account.objects.filter(reach(user, *READERS).limit("unit"))
