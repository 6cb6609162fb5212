"""The same person twice: pairs that were found to be different people, and merges that can be taken back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.people import Person


class DistinctPair(models.Model):
    """Somebody looked: these two are not the same person. The lower id stands first."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("first"))
    second = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("second"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(default=timezone.now, verbose_name=_("when"))

    class Meta:
        verbose_name, verbose_name_plural = _("two people"), _("pairs of two people")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="one_judgement_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Merge(models.Model):
    """`gone` became a part of `kept`: what was moved and what was overwritten, so that it can be undone without loss.

    `before` holds the fields of `kept` as they were, `after` as the merge left them; `moved` the rows that changed
    their person, model label → [[id, field], …]; `dropped` whole rows that would have been doubled, model label →
    [fields, …].
    """

    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges", verbose_name=_("stays"))
    gone = models.ForeignKey(Person, models.CASCADE, related_name="merged_by", verbose_name=_("taken in"))
    before = models.JSONField(default=dict, verbose_name=_("before"))
    after = models.JSONField(default=dict, verbose_name=_("after"))
    moved = models.JSONField(default=dict, verbose_name=_("what moved"))
    dropped = models.JSONField(default=dict, verbose_name=_("what was double"))
    at = models.DateTimeField(default=timezone.now, verbose_name=_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    undone_at = models.DateTimeField(null=True, verbose_name=_("undone"))

    class Meta:
        verbose_name, verbose_name_plural = _("merge"), _("merges")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="gone_only_once")
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
