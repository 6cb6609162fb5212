"""Any figure per unit and month: revenue, retention, calls."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Side, Unit
from kithkin.platform.models import Import, Versioned


class OutcomeStage(models.TextChoices):
    """Where a figure stands in the chain from engagement to profit."""

    PRODUCTIVITY = "productivity", _("productivity")
    LOYALTY = "loyalty", _("loyalty of customers")
    REVENUE = "revenue", _("revenue")
    PROFIT = "profit", _("profit")
    STAYING = "staying", _("employees who stay")


class OutcomeMeasure(Versioned):
    """What is measured: its name, in what unit of measure, whether more of it is better, and by whom it was said.

    `side` is empty where nobody was asked: a sum of money is of neither side.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    measured_in = models.CharField(_("measured in"), max_length=40, blank=True, default="")
    more_is_better = models.BooleanField(_("more is better"), default=True)
    stage = models.CharField(
        _("place in the chain"), max_length=12, choices=OutcomeStage.choices, blank=True, default=""
    )

    side = models.CharField(_("said by"), max_length=4, choices=Side.choices, blank=True, default="")
    brought = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    """The import that named it first: it goes with that one, where nobody needs it."""

    class Meta:
        verbose_name, verbose_name_plural = _("figure"), _("figures")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Outcome(models.Model):
    """The measure's value of one unit in one month ("2026-03"), and of how many it is where that is known."""

    measure = models.ForeignKey(OutcomeMeasure, models.CASCADE, related_name="values", verbose_name=_("figure"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    month = models.CharField(_("month"), max_length=7, validators=[RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$")])
    value = models.FloatField(_("value"))
    n = models.PositiveIntegerField(_("of how many"), null=True, blank=True)
    brought = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("value of a figure"), _("values of figures")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "unit", "month"], name="one_value_per_unit_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.month}: {self.value}"
