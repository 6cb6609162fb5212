"""Who changed what, from which value to which, when, and by which path."""

from __future__ import annotations

from typing import Any, ClassVar

from auditlog.models import AbstractLogEntry
from django.db import models

from kithkin.platform.acting import now_acting


class AuditEntry(AbstractLogEntry):
    """One change of one record, written in the transaction of the change itself.

    `changes` maps a field to [old, new], as text.
    """

    path: models.CharField[str, str] = models.CharField(max_length=10, default="", editable=False)
    request_id: models.CharField[str, str] = models.CharField(max_length=36, default="", editable=False)

    class Meta(AbstractLogEntry.Meta):
        abstract = False
        indexes: ClassVar = [models.Index(fields=["content_type", "object_id", "-id"], name="audit_of_record")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Sign with whoever is at work."""
        self.sign()
        super().save(*args, **kwargs)

    def sign(self) -> None:
        """Set who, by which path and in which request; bulk writers call this themselves."""
        acting = now_acting()
        if acting.user is not None:
            self.actor = acting.user
        self.path, self.request_id = acting.path.value, acting.request_id
