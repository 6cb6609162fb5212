"""What a fresh connection needs beyond its settings."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver


@receiver(connection_created)
def fold_case_of_every_script(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """SQLite's `lower` and `upper` know only A–Z; give it those of Python, as PostgreSQL has them."""
    if connection.vendor == "sqlite":
        for name, function in (("lower", str.lower), ("upper", str.upper)):
            connection.connection.create_function(
                name, 1, lambda text, fold=function: None if text is None else fold(str(text)), deterministic=True
            )
