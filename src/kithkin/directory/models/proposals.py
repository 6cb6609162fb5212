"""What people answer to "on whom do you depend?": a relation is proposed, and the head of the unit decides."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.organisation import Unit
from kithkin.directory.models.relations import ServiceLink
from kithkin.platform.models import Versioned


class ProposalState(models.TextChoices):
    """What became of it."""

    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Proposal(Versioned):
    """ "We of `receiver` depend on `provider` for `what`". Once accepted, `link` is the relation that it became."""

    receiver = models.ForeignKey(
        Unit, models.CASCADE, related_name="proposals_to_be_served", verbose_name=_("receiver")
    )
    provider = models.ForeignKey(
        Unit, models.CASCADE, related_name="proposals_to_serve", verbose_name=_("on whom do you depend?")
    )
    what = models.CharField(_("for what?"), max_length=120)
    reason = models.TextField(_("why it matters"), blank=True, default="")
    state = models.CharField(_("state"), max_length=8, choices=ProposalState.choices, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals", verbose_name=_("named by")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="decided_proposals",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    link = models.ForeignKey(
        ServiceLink, models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("relation")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("proposal"), _("proposals")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(provider=F("receiver")), name="nobody_depends_on_themselves"),
            models.UniqueConstraint(
                fields=["provider", "receiver", "what"], condition=Q(state="waiting"), name="one_waiting_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} → {self.receiver}: {self.what}"
