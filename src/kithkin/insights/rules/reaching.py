"""Who sees how much: a program manager's or an analyst's reach, a department head's own part."""

from __future__ import annotations

from kithkin.platform.access import Reach, reach
from kithkin.platform.models import Role, User

READERS = (Role.PROGRAM_MANAGER, Role.ANALYST, Role.DEPARTMENT_HEAD)


def reads(user: User) -> Reach:
    """Over which units the user reads scores."""
    return reach(user, *READERS)
