"""Who imports."""

from __future__ import annotations

from kithkin.platform.models import Import, User
from kithkin.platform.registries.imports import kind_of, kinds_for


def may_import(user: User) -> bool:
    """Whoever may import at least one kind of thing."""
    return bool(kinds_for(user))


def may_undo(user: User, one: Import) -> bool:
    """Whoever may import such files still, and reaches all that this one did: roles change, and people move."""
    kind = kind_of(one.kind)
    return kind is None or (kind.allowed(user) and (kind.covers is None or kind.covers(user, one)))
