"""A program of listening, and its waves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Side, Unit
from kithkin.forms.models import Field, Questionnaire
from kithkin.platform.models import Versioned


class Identity(models.TextChoices):
    """What respondents are promised."""

    IDENTIFIED = "identified", _("identified")
    CONFIDENTIAL = "confidential", _("confidential")
    ANONYMOUS = "anonymous", _("anonymous")


class ProgramState(models.TextChoices):
    """Where a program stands."""

    DRAFT = "draft", _("draft")
    RUNNING = "running", _("running")
    CLOSED = "closed", _("closed")


class Program(Versioned):
    """Asking the same thing again and again: "customers of the company", "customers of the IT department"."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    side = models.CharField(_("side"), max_length=4, choices=Side.choices)
    identity = models.CharField(_("promise"), max_length=12, choices=Identity.choices, default=Identity.CONFIDENTIAL)
    floor = models.PositiveSmallIntegerField(_("smallest group shown"), null=True, blank=True)
    """None: every group is shown. Locked at launch, and may only rise."""
    dimensions = models.JSONField(_("reporting dimensions"), default=list)
    """By what a floored program is cut, locked at launch: "unit", "month", "wave", "touchpoint", "link", "f3"."""
    questionnaire = models.OneToOneField(
        Questionnaire, models.PROTECT, related_name="program", verbose_name=_("questionnaire")
    )
    headline = models.ForeignKey(
        Field, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("main score")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="programs", verbose_name=_("run by")
    )
    state = models.CharField(_("state"), max_length=8, choices=ProgramState.choices, default=ProgramState.DRAFT)
    launched_at = models.DateTimeField(_("launched"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("program"), _("programs")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(identity="identified") | Q(floor__gte=5), name="who_promises_has_a_floor"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def table(self) -> str:
        """Its table in the warehouse."""
        return f"responses_{self.pk}"


class Wave(Versioned):
    """One round of a program: answers from `starts` up to but not including `ends`."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="waves", verbose_name=_("program"))
    name = models.CharField(_("name"), max_length=80)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))

    class Meta:
        verbose_name, verbose_name_plural = _("wave"), _("waves")
        ordering = ("starts", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "name"], name="one_wave_per_name"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="wave_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.ends - timedelta(days=1)
