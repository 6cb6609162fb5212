"""What the company wants to know about people beyond their names: declared, typed, with sensitivity and retention."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.people import Side
from kithkin.platform.models import Versioned


class AttributeKind(models.TextChoices):
    """What its values are. They are kept as text, number, ISO date, true or false, or one of the choices."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of a list")


class AttributeGroup(models.TextChoices):
    """Where it stands on a profile."""

    DEMOGRAPHICS = "demographics", _("Demographics")
    HABITS = "habits", _("Habits")
    PREFERENCES = "preferences", _("Preferences")
    EXPECTATIONS = "expectations", _("Expectations")


class Sensitivity(models.TextChoices):
    """Who sees it: anybody who sees the person, those who work with scores, or administrators alone."""

    OPEN = "open", _("Everybody who sees the person")
    RESTRICTED = "restricted", _("Program managers, analysts and administrators")
    SENSITIVE = "sensitive", _("Administrators only")


class AttributeDefinition(Versioned):
    """One attribute. Its values older than `retention_months` are cleared every night."""

    key = models.CharField(_("key"), max_length=40, unique=True, validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z")])
    label = models.CharField(_("label"), max_length=100)
    group = models.CharField(
        _("group"), max_length=14, choices=AttributeGroup.choices, default=AttributeGroup.DEMOGRAPHICS
    )
    kind = models.CharField(_("kind"), max_length=8, choices=AttributeKind.choices, default=AttributeKind.TEXT)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    side = models.CharField(_("about"), max_length=4, choices=Side.choices, blank=True, default="")
    """Of kith or of kin; of both where empty."""
    sensitivity = models.CharField(_("seen by"), max_length=10, choices=Sensitivity.choices, default=Sensitivity.OPEN)
    retention_months = models.PositiveSmallIntegerField(_("kept for months"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)
    """Since when it is shown and asked for no longer; its values go with a service of their own."""

    class Meta:
        verbose_name, verbose_name_plural = _("attribute"), _("attributes")
        ordering: ClassVar = ["group", "label"]

    def __str__(self) -> str:
        return self.label
