"""Who may see and change what is thought of those with a stake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.platform.access import holds
from kithkin.platform.models import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User


def can_see_stakeholders(user: User | AnonymousUser) -> bool:
    """Administrators, program managers and analysts: how much power somebody has is no talk for everybody."""
    return holds(user, Role.PROGRAM_MANAGER, Role.ANALYST)
