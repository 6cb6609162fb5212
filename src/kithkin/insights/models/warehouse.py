"""What the warehouse holds, as far as it was told."""

from __future__ import annotations

from django.db import models


class Loaded(models.Model):
    """One table of the warehouse: up to which version and when it was loaded, and whose turn it is to load it."""

    table = models.CharField(max_length=80, unique=True)
    table_version = models.BigIntegerField(default=-1)
    rows = models.BigIntegerField(default=0)
    loaded_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    """Until when one loader has it for itself; a killed one loses it by the clock."""
    leased_by = models.CharField(max_length=40, blank=True, default="")

    def __str__(self) -> str:
        return self.table
