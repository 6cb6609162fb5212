"""What somebody answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Account, Person, ServiceLink, Touchpoint, Unit
from kithkin.platform.models import Import
from kithkin.surveys.models.programs import Program, Wave

REF_MARK = "·"
"""Between the wave and the source's own number in a `ref`: the next wave counts its respondents anew."""


class Response(models.Model):
    """One response to a program. Where it stands in the organisation was frozen when it was written."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="responses", verbose_name=_("program"))
    wave = models.ForeignKey(
        Wave, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name=_("wave")
    )
    at = models.DateTimeField(_("answered"))
    """Of an anonymous program only the day is kept."""
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    """Outside: the unit that was met. Inside: the respondent's."""
    link = models.ForeignKey(
        ServiceLink, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("relation")
    )
    """The relation that the response is about."""
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("touchpoint")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="responses", verbose_name=_("person")
    )
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="responses", verbose_name=_("account")
    )
    weight = models.FloatField(_("weight"), null=True, blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    """By the name of the field; what was not answered is not in it."""
    ref = models.CharField(_("number"), max_length=100, blank=True, default="")
    """The number that the source gave it, by which it is known again."""
    brought = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("response"), _("responses")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "ref"], condition=~Q(ref=""), name="one_response_per_number"),
            models.CheckConstraint(condition=Q(weight__isnull=True) | Q(weight__gte=0), name="weight_not_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "id"], name="responses_of_program")]

    def __str__(self) -> str:
        return f"{self.program}: {self.pk}"

    @property
    def source_number(self) -> str:
        """The number as the source wrote it, without the wave that keeps it apart from other rounds."""
        return self.ref.partition(REF_MARK)[2] or self.ref
