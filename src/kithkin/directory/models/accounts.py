"""Organisations outside: those who buy, and those who work with the company."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.organisation import Unit
from kithkin.platform.models import Versioned
from kithkin.platform.text import fold


class Account(Versioned):
    """A customer organisation; `unit` looks after it and gives the scope in which it is seen."""

    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False, db_index=True)
    number = models.CharField(_("customer number"), max_length=60, blank=True, default="")
    industry = models.CharField(_("industry"), max_length=100, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="accounts", verbose_name=_("looked after by")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("account"), _("accounts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_account_per_number")
        ]
        indexes: ClassVar = [models.Index(fields=["name_folded", "id"], name="account_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is searched in step with what is shown."""
        self.name_folded = fold(self.name)
        super().save(*args, **kwargs)


class PartnerKind(models.TextChoices):
    """Why a partner is near the company."""

    PARTNER = "partner", _("Partner")
    SUPPLIER = "supplier", _("Supplier")
    DISTRIBUTOR = "distributor", _("Distributor")


class Partner(Versioned):
    """An organisation that serves the company or its customers, or is served, without being a part of it."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=PartnerKind.choices, default=PartnerKind.PARTNER)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("partner"), _("partners")

    def __str__(self) -> str:
        return self.name
