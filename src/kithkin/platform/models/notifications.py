"""What people are told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Notification(models.Model):
    """One event that one user is told of, under a topic: see `registries.notifications`.

    `facts` holds ids and plain values, never names and no sentence: what it says is worked out whenever it is read or
    mailed, in the language of who reads it and as far as they may see it then.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="told")
    topic = models.CharField(max_length=40)
    event_id = models.BigIntegerField()
    """Of one event a user is told once under a topic, however often it is handed out."""
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    """From when on it is to be mailed; None where it was, or is not to be. Whoever mails it puts this off first."""
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    """How often it did not go out, whatever was the reason: the pauses grow with it."""
    refused = models.PositiveSmallIntegerField(default=0)
    """How often the mail server answered, and would not take it."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "topic", "event_id"], name="told_once_of_an_event")
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="told_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["user", "-id"], name="told_read", condition=Q(read_at__isnull=False)),
            models.Index(fields=["mail_due_at"], name="told_due", condition=Q(mail_due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.event_id}"
