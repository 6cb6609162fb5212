"""Journeys of both sides: the stages from the first need to leaving, and the touchpoints on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.people import Side
from kithkin.directory.models.relations import Touchpoint
from kithkin.platform.models import Versioned


class Journey(Versioned):
    """A way that kith, or kin, go; `outcome` is the same question asked at every stage."""

    name = models.CharField(_("journey"), max_length=120, unique=True)
    side = models.CharField(_("of"), max_length=4, choices=Side.choices, default=Side.KITH)
    outcome = models.CharField(_("asked at every stage"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name, verbose_name_plural = _("journey"), _("journeys")

    def __str__(self) -> str:
        return self.name


class Stage(Versioned):
    """One stage of a journey; "lost" is one, too. `expectation` is what people expect here, in their words."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="stages", verbose_name=_("journey"))
    name = models.CharField(_("stage"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0, verbose_name=_("place in the order"))
    expectation = models.TextField(_("what they expect"), blank=True, default="")
    is_lost = models.BooleanField(_("lost: people leave here"), default=False)
    touchpoints: models.ManyToManyField[Touchpoint, StageTouchpoint] = models.ManyToManyField(
        Touchpoint, through="StageTouchpoint", related_name="stages"
    )

    class Meta:
        verbose_name, verbose_name_plural = _("stage"), _("stages")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["journey", "name"], name="one_stage_per_name")]

    def __str__(self) -> str:
        return self.name


class StageTouchpoint(models.Model):
    """A touchpoint on a stage, in its order."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="places", verbose_name=_("stage"))
    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="places", verbose_name=_("touchpoint"))
    position = models.PositiveSmallIntegerField(default=0, verbose_name=_("place in the order"))

    class Meta:
        verbose_name, verbose_name_plural = _("touchpoint of a stage"), _("touchpoints of stages")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "touchpoint"], name="touchpoint_once_a_stage")
        ]

    def __str__(self) -> str:
        return f"{self.stage_id}: {self.touchpoint_id}"
