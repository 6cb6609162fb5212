"""The organisation, with its history: a unit is an identity, what it was called and where it stood are its periods."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kithkin.platform.models import Versioned


class UnitKind(models.TextChoices):
    """What a unit is called by those who work there."""

    DIVISION = "division", _("Division")
    DEPARTMENT = "department", _("Department")
    TEAM = "team", _("Team")
    SITE = "site", _("Site")


class Unit(Versioned):
    """A part of the organisation that stays itself through renaming and moving."""

    code = models.CharField(_("code"), max_length=60, blank=True, default="")
    """The company's own number for it, unique where there is one."""
    name = models.CharField(_("name"), max_length=200)
    """As it is called by its latest period: for lists; a picture of a date reads the periods."""

    class Meta:
        verbose_name, verbose_name_plural = _("unit"), _("units")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_unit_per_code")
        ]

    def __str__(self) -> str:
        return self.name


class UnitPeriod(models.Model):
    """From `since` up to but not including `until` (None: for good) the unit had this name, kind and place.

    Periods of one unit never overlap; a day without one is a day on which the unit was not open.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="periods", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind.choices, default=UnitKind.DEPARTMENT)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="child_periods", verbose_name=_("stands below")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("state of a unit"), _("states of units")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="period_not_empty"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="not_its_own_parent"),
            models.UniqueConstraint(fields=["unit", "since"], name="one_period_per_start"),
            models.UniqueConstraint(fields=["unit"], condition=Q(until__isnull=True), name="one_open_period"),
        ]
        indexes: ClassVar = [models.Index(fields=["since", "until"], name="period_on_date")]

    def __str__(self) -> str:
        return f"{self.name}: {self.since} – {self.until or '…'}"


class SuccessionKind(models.TextChoices):
    """How one unit went into another."""

    MERGE = "merge", _("merged into")
    SPLIT = "split", _("split into")


class Succession(models.Model):
    """On this day the one unit went, wholly or in part, into the other."""

    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="successions", verbose_name=_("predecessor"))
    successor = models.ForeignKey(Unit, models.CASCADE, related_name="origins", verbose_name=_("successor"))
    kind = models.CharField(max_length=8, choices=SuccessionKind.choices, verbose_name=_("kind"))
    on = models.DateField(verbose_name=_("day"))

    class Meta:
        verbose_name, verbose_name_plural = _("succession"), _("successions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="one_succession_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} {self.kind} {self.successor_id}"


class UnitChangeKind(models.TextChoices):
    """What was done to the organisation."""

    OPEN = "open", _("opened")
    RENAME = "rename", _("renamed")
    MOVE = "move", _("moved")
    KIND = "kind", _("changed in kind")
    MERGE = "merge", _("merged")
    SPLIT = "split", _("split")
    CLOSE = "close", _("closed")
    IMPORT = "import", _("imported")


class UnitChange(models.Model):
    """One thing done to the organisation for a day, with the steps by which it is taken back while that day is ahead.

    `edits` are the steps on the periods of `units` (see `kithkin.directory.organisation.draft`), `members` those on
    memberships.
    """

    kind = models.CharField(max_length=8, choices=UnitChangeKind.choices)
    on = models.DateField()
    units = models.ManyToManyField(Unit, related_name="changes")
    edits = models.JSONField(default=list)
    members = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["on"], name="unit_change_on")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"
