"""Who may change the organisation; whoever is logged in may look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.platform.access import Reach, holds, reach
from kithkin.platform.models import Role, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def reach_of_editing(user: User | AnonymousUser) -> Reach:
    """The units that the user may change: administrators and program managers, within their reach."""
    return reach(user, Role.PROGRAM_MANAGER)


def can_edit_organisation(user: User | AnonymousUser) -> bool:
    """Whether the user may change any unit at all."""
    return holds(user, Role.PROGRAM_MANAGER)


def can_edit_whole_organisation(user: User | AnonymousUser) -> bool:
    """Whether the user may change every unit, and what stands at the top."""
    return reach_of_editing(user).everywhere
