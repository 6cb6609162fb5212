"""Who may import."""

from __future__ import annotations

from kithkin.platform.access import holds, reach
from kithkin.platform.models import Role, User


def may_import(user: User) -> bool:
    """Administrators and program managers of the whole organisation: a file does not stop at a department's door."""
    return reach(user, Role.PROGRAM_MANAGER).everywhere


def may_import_people(user: User) -> bool:
    """Those, and program managers over a part of the organisation: of their file only what is within it comes in."""
    return holds(user, Role.PROGRAM_MANAGER)
