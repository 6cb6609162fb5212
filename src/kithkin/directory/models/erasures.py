"""Who was erased, by random ids that tell nothing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Erasure(models.Model):
    """The person with this `Person.erasure_key` was erased; a restored backup is cleaned by it."""

    key = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.key)
