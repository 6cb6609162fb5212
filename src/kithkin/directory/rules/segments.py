"""Who may look at groups of people and make them, and which attributes they may use for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.directory.models import Sensitivity
from kithkin.platform.access import holds, is_administrator
from kithkin.platform.models import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User

READERS = (Role.PROGRAM_MANAGER, Role.ANALYST)


def can_see_segments(user: User | AnonymousUser) -> bool:
    """Administrators, program managers and analysts, wherever their role reaches."""
    return holds(user, *READERS)


def may_use(user: User | AnonymousUser, sensitivity: str) -> bool:
    """Whether the user may ask for people by attributes of this sensitivity: as a count tells what a value is."""
    if sensitivity == Sensitivity.SENSITIVE:
        return is_administrator(user)
    return can_see_segments(user)
