"""What happened, kept until everybody who wants to know has been told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Event(models.Model):
    """A fact in the past tense, written in the transaction that made it true. Its facts hold ids, never names."""

    kind = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    dispatched_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="event_waiting", condition=models.Q(dispatched_at__isnull=True)),
            models.Index(fields=["kind", "-id"], name="event_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class FailedDelivery(models.Model):
    """One subscriber could not take one event: it is tried again, later and later, until it can or is given up."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="failures")
    subscriber = models.CharField(max_length=200)
    error = models.TextField()
    attempts = models.PositiveIntegerField(default=1)
    next_try_at = models.DateTimeField(null=True)
    """None once it has been tried too often: an administrator decides."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="one_failure_per_subscriber")
        ]
        indexes: ClassVar = [models.Index(fields=["next_try_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.subscriber}: {self.event_id}"
