"""Who was asked to join."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """One address that was asked to join, with the roles that wait for it. The link's token is kept hashed.

    It is open until it is accepted or withdrawn; a link that is too old is made good by sending another.
    """

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, default="en")
    grants = models.JSONField(_("roles"), default=list)
    """Pairs of a role and the unit it reaches over, None for everywhere."""
    token_hash = models.CharField(max_length=64, blank=True, default="", db_index=True, editable=False)
    """Empty until the letter is written: the link exists only in the letter."""
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    expires_at = models.DateTimeField(_("good until"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("user")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_too_old(self) -> bool:
        """Whether the link in the letter no longer works."""
        return self.expires_at is not None and self.expires_at <= timezone.now()
