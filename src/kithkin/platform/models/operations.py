"""What an installation knows about its own running."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """The last sign of life of one part: "jobs", "events", or "backup" for the last one that was written whole."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"


class JobStart(models.Model):
    """A job that was begun so many times since it last had a result; gone with its result."""

    job = models.CharField(max_length=32, primary_key=True)
    times = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.job} begun {self.times} times"


class FirstStart(models.Model):
    """The link with which the first administrator is made: once, and not for long. Only its hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(token_hash=""), name="first_start_hashed")]

    def __str__(self) -> str:
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"
