"""Who imports."""

from __future__ import annotations

from kithkin.platform.models import User
from kithkin.platform.registries.imports import kinds_for


def may_import(user: User) -> bool:
    """Whoever may import at least one kind of thing."""
    return bool(kinds_for(user))
