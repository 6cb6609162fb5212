"""What customers of either side need, met or not, with the evidence, and who answers it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.people import Side
from kithkin.directory.models.relations import Audience, ServiceLink
from kithkin.platform.models import Versioned


class NeedState(models.TextChoices):
    """What came of it. All but the first two are answers."""

    OPEN = "open", _("open")
    PLANNED = "planned", _("planned")
    PARTLY = "partly", _("partly met")
    MET = "met", _("met")
    CANNOT = "cannot", _("cannot be met")


class Need(Versioned):
    """A need. The problem is kept apart from the solution that was wished for; "cannot" has its reason."""

    problem = models.CharField(_("the problem"), max_length=300)
    wished_for = models.TextField(_("the solution that was wished for"), blank=True, default="")
    side = models.CharField(_("of"), max_length=4, choices=Side.choices, default=Side.KITH)
    audience = models.ForeignKey(
        Audience, models.SET_NULL, null=True, blank=True, related_name="needs", verbose_name=_("audience")
    )
    link = models.ForeignKey(
        ServiceLink, models.SET_NULL, null=True, blank=True, related_name="needs", verbose_name=_("relation")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("answered by"),
    )
    state = models.CharField(_("state"), max_length=8, choices=NeedState.choices, default=NeedState.OPEN)
    answer = models.TextField(_("answer"), blank=True, default="")

    class Meta:
        verbose_name, verbose_name_plural = _("need"), _("needs")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="cannot") | (~Q(answer="") & Q(owner__isnull=False)), name="cannot_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.problem


class Evidence(models.Model):
    """Something that shows a need: who said or counted what, where."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="evidence", verbose_name=_("need"))
    text = models.TextField(_("what was said or counted"))
    source = models.CharField(_("source"), max_length=200, blank=True, default="")
    n = models.PositiveIntegerField(_("from how many"), null=True, blank=True)
    at = models.DateField(_("when"), default=timezone.localdate)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written down by")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("evidence"), _("evidence")
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.text[:80]
