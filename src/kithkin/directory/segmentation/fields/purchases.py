"""What people bought: how often, for how much in each currency, when last, and what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, F, FloatField, Max, Q, QuerySet, Sum
from django.db.models.functions import Cast, Round
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Purchase
from kithkin.directory.registries.segment_fields import Kind, Operator, SegmentField
from kithkin.directory.segmentation.fields.sets import (
    NEGATIVE,
    in_rows,
    moment_fits,
    number_fits,
    of_person,
    text_fits,
)
from kithkin.platform.folded import Fold

_PURCHASES = _("Purchases")
_FIGURES = (Operator.IS, Operator.IS_NOT, Operator.MORE, Operator.LESS, Operator.BETWEEN)


def fields() -> list[SegmentField]:
    """Number, sum per currency that occurs, the last one, and what was bought."""
    return [
        SegmentField(
            "purchases.number",
            _("Number of purchases"),
            Kind.NUMBER,
            _figure(_of_people, Count("pk")),
            _PURCHASES,
            operators=_FIGURES,
        ),
        *(_spent(currency) for currency in _currencies()),
        SegmentField("purchases.last", _("Last purchase"), Kind.DAY, _last, _PURCHASES),
        SegmentField(
            "purchases.what", _("Something bought"), Kind.TEXT, in_rows(_of_people, text_fits(Fold("what"))), _PURCHASES
        ),
    ]


def _of_people() -> QuerySet[Purchase]:
    return Purchase.objects.filter(person__isnull=False).order_by()


def _currencies() -> list[str]:
    paid = _of_people().filter(amount__isnull=False)
    return sorted(paid.values_list("currency", flat=True).distinct())


def _spent(currency: str) -> SegmentField:
    """Sums of different currencies are never added. Rounded to cents, which SQLite's sums of fractions need."""
    return SegmentField(
        f"purchases.sum.{currency or 'none'}",
        _("Bought for, in %(currency)s") % {"currency": currency} if currency else _("Bought for, without currency"),
        Kind.NUMBER,
        _figure(
            lambda: _of_people().filter(currency=currency, amount__isnull=False), Round(Sum("amount"), precision=2)
        ),
        _PURCHASES,
        operators=_FIGURES,
    )


def _figure(rows: Callable[[], QuerySet[Purchase]], figure: Any) -> Callable[[Operator, Any], Q]:
    """A figure over the rows of each person. Who has none is at 0, and is in where 0 fits."""
    fits = number_fits(F("figure"))

    def compare(operator: Operator, value: Any) -> Q:
        positive = NEGATIVE.get(operator, operator)
        per_person = rows().values("person").annotate(figure=Cast(figure, FloatField()))
        fitting = per_person.filter(fits(positive, value))
        if not _zero_fits(positive, value):
            return ~Q(Exists(of_person(fitting))) if operator in NEGATIVE else Q(pk__in=fitting.values("person"))
        without = ~Q(Exists(of_person(rows())))
        condition = Q(Exists(of_person(fitting))) | without
        return ~condition if operator in NEGATIVE else condition

    return compare


def _zero_fits(operator: Operator, value: Any) -> bool:
    if operator is Operator.BETWEEN:
        return bool(value[0] <= 0 <= value[1])
    return {Operator.IS: value == 0, Operator.MORE: value < 0, Operator.LESS: value > 0}[operator]


def _last(operator: Operator, value: Any) -> Q:
    """The day of the latest."""
    if operator in {Operator.KNOWN, Operator.UNKNOWN}:
        return in_rows(_of_people, moment_fits("at"))(operator, value)
    latest = _of_people().values("person").annotate(latest=Max("at"))
    return Q(pk__in=latest.filter(moment_fits("latest")(operator, value)).values("person"))
