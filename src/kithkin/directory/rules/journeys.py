"""Who may draw journeys; everybody logged in may look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.platform.access import reach
from kithkin.platform.models import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User


def can_edit_journeys(user: User | AnonymousUser) -> bool:
    """Administrators and program managers of the whole organisation: a journey crosses departments."""
    return reach(user, Role.PROGRAM_MANAGER).everywhere
