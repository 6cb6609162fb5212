"""What was released of a floored program: the only thing that its pages, files and programs read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kithkin.surveys.models import Program


class Release(models.Model):
    """One protected table of one period, solved once over the whole lattice and the same for everybody.

    `score` is the field's column, `period` a month ("2026-03") or a wave ("wave-7"). `body` is what
    `ProtectedTable.to_dict()` gave: no hidden number is in it.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="releases")
    score = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    """1 for the first of this period; a later one knows what the earlier ones told."""
    answers = models.BigIntegerField()
    """How many answers the table was made from, rounded down to the floor: whether there is more to tell by now."""
    body = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "score", "period", "number"], name="releases_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.program_id}, {self.score}, {self.period}: {self.number}"
