"""What was worked out at leisure and is then only read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyKind(models.TextChoices):
    """What was worked out."""

    WEAK_LINK = "weak-link", _("weak link")
    CHAIN = "chain", _("service-profit chain")


class Study(models.Model):
    """The newest result of one kind about one outside score: `about` is "7 f1", a program and its column.

    `body` is plain JSON of protected figures only, so it may be kept and shown.
    """

    kind = models.CharField(max_length=12, choices=StudyKind.choices)
    about = models.CharField(max_length=60)
    body = models.JSONField()
    made_at = models.DateTimeField()
    seen = models.JSONField(default=dict)
    """Of each table the version it was made from."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "about"], name="newest_study")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
