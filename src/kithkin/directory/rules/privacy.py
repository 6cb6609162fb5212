"""Who may join records, write down consent, hand data over and erase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.directory.rules.people import WRITERS
from kithkin.platform.access import holds, is_administrator, reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User


def can_join_records(user: User | AnonymousUser) -> bool:
    """Administrators and program managers; each pair is limited to the people whom they see whole and may change."""
    return holds(user, *WRITERS)


def can_define_purposes(user: User | AnonymousUser) -> bool:
    """Administrators and program managers of the whole organisation: a lawful basis is everybody's."""
    return reach(user, *WRITERS).everywhere


def can_erase(user: User | AnonymousUser) -> bool:
    """Administrators of the whole installation: it cannot be undone."""
    return is_administrator(user)
