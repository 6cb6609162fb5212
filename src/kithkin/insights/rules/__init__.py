"""Who may read what of this room."""

from __future__ import annotations

from kithkin.insights.rules.reaching import reads
from kithkin.platform.access import holds, reach
from kithkin.platform.models import Role, User


def can_read_scores(user: User) -> bool:
    """Program managers, analysts and heads of departments, each as far as they reach."""
    return bool(reads(user))


def can_study(user: User) -> bool:
    """Who works things out anew over the whole company."""
    return reach(user, Role.PROGRAM_MANAGER, Role.ANALYST).everywhere


def knows_the_links(user: User) -> bool:
    """Who is told the names of all relations that were studied: administrators, managers and analysts."""
    return holds(user, Role.PROGRAM_MANAGER, Role.ANALYST)
