"""For what somebody may be written to or asked, since when, on which lawful basis."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.people import Person
from kithkin.platform.models import Versioned


class LawfulBasis(models.TextChoices):
    """The six of the General Data Protection Regulation, article 6 (1)."""

    CONSENT = "consent", _("Consent")
    CONTRACT = "contract", _("Contract")
    LEGAL = "legal_obligation", _("Legal obligation")
    VITAL = "vital_interests", _("Vital interests")
    PUBLIC = "public_task", _("Public task")
    LEGITIMATE = "legitimate_interests", _("Legitimate interests")


class Purpose(Versioned):
    """One thing that personal data is used for, as it is told to people."""

    name = models.CharField(_("purpose"), max_length=100, unique=True)
    description = models.TextField(_("as people read it"), blank=True, default="")
    lawful_basis = models.CharField(
        _("lawful basis"), max_length=20, choices=LawfulBasis.choices, default=LawfulBasis.CONSENT
    )

    class Meta:
        verbose_name, verbose_name_plural = _("purpose"), _("purposes")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """What somebody decided about one purpose at one time; the rows of a person are the history, one is the present.

    Rows are never changed but for `is_current`. For a basis other than consent `given` False is an objection.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents", verbose_name=_("person"))
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="consents", verbose_name=_("purpose"))
    given = models.BooleanField(_("given"))
    lawful_basis = models.CharField(_("lawful basis"), max_length=20, choices=LawfulBasis.choices)
    source = models.CharField(_("how it was told"), max_length=200, blank=True, default="")
    at = models.DateTimeField(_("when"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written down by")
    )
    is_current = models.BooleanField(default=True, verbose_name=_("the latest"))

    class Meta:
        verbose_name, verbose_name_plural = _("consent"), _("consents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(is_current=True), name="one_present_consent"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["purpose", "given"], condition=Q(is_current=True), name="consenting")]

    def __str__(self) -> str:
        return f"{self.purpose_id}: {self.given}"
