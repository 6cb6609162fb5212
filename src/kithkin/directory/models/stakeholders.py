"""Everybody with a stake: inside, connected, outside; how strong the connection, how great the power and interest."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kithkin.platform.models import Versioned


class StakeholderGroup(models.TextChoices):
    """How near they stand."""

    INTERNAL = "internal", _("Internal")
    CONNECTED = "connected", _("Connected")
    EXTERNAL = "external", _("External")


_ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class Stakeholder(Versioned):
    """One of them: figures from 1 (little) to 5 (much), who looks after the tie, and what comes next."""

    name = models.CharField(_("stakeholder"), max_length=120, unique=True)
    group = models.CharField(_("group"), max_length=10, choices=StakeholderGroup.choices)
    kind = models.CharField(_("kind"), max_length=60, blank=True, default="")
    """Supplier, shareholder, lender, community, regulator, …"""
    strength = models.PositiveSmallIntegerField(_("strength of the connection"), default=3, validators=_ONE_TO_FIVE)
    power = models.PositiveSmallIntegerField(_("power"), default=3, validators=_ONE_TO_FIVE)
    interest = models.PositiveSmallIntegerField(_("interest"), default=3, validators=_ONE_TO_FIVE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="stakeholders",
        verbose_name=_("looked after by"),
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True, default="")
    next_step_due = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("stakeholder"), _("stakeholders")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(strength__range=(1, 5)) & Q(power__range=(1, 5)) & Q(interest__range=(1, 5)),
                name="stakeholder_figures_one_to_five",
            )
        ]

    def __str__(self) -> str:
        return self.name
