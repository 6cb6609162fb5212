"""What was released of a floored program: the only thing that its pages, files and programs read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kithkin.surveys.models import Program, Wave


class Release(models.Model):
    """One protected table, solved once over the whole lattice and the same for everybody.

    `score` is the field's column; `body` is what `ProtectedTable.to_dict()` gave: no hidden number is in it.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="releases")
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, related_name="releases")
    score = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    body = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "score", "number"], name="releases_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.program_id}, {self.score}: {self.number}"
