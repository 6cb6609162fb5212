"""What the warehouse has yet to hear of."""

from __future__ import annotations

from django.db import models


class FactChange(models.Model):
    """Rows of one fact table with keys from `first` to `last` are new, changed or gone: written with the change itself.

    Whoever loads the warehouse reads these keys anew from the truth and then deletes this row. Keys in between that did
    not change are read anew too, which changes nothing.
    """

    table = models.CharField(max_length=80)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["table", "id"], name="fact_change_table"),)

    def __str__(self) -> str:
        return f"{self.table}: {self.first}–{self.last}"
