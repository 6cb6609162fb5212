"""Keys for programs, and what was answered to a request that may come twice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """A program's key: it acts as its user, within its scopes, until it ends. Only a digest is kept.

    A personal token is its owner's; a service token's user is nobody's log-in and was made for it (`is_service`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=100)
    is_service = models.BooleanField(default=False)
    start = models.CharField(max_length=12)
    """Its first letters, by which people tell it from others."""
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("what it may"), default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(_("valid until"))
    last_used_on = models.DateField(_("last used"), null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("token"), _("tokens")

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def is_valid(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and self.ends_at > timezone.now() and self.user.is_active


class IdempotentAnswer(models.Model):
    """What a request with this key was answered, written in its transaction; kept for a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    """Digest of method, address and body: the same key with another request is a mistake."""
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key
