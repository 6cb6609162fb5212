"""How a field compares, whatever it is kept as: the meaning that the package's documentation states, in one place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils import timezone

from kithkin.directory.models.days import today
from kithkin.directory.registries.segment_fields import Operator
from kithkin.platform.text import fold

NEGATIVE = {Operator.IS_NOT: Operator.IS, Operator.CONTAINS_NOT: Operator.CONTAINS}
Fits = Callable[[Operator, Any], Q]
"""The condition that one known value fits; asked for the positive operators only."""


def in_columns(known: Q, fits: Fits) -> Callable[[Operator, Any], Q]:
    """A field that stands on the person itself: `known` says whether there is a value; columns must not be null."""

    def compare(operator: Operator, value: Any) -> Q:
        if operator is Operator.KNOWN:
            return known
        if operator is Operator.UNKNOWN:
            return ~known
        if operator in NEGATIVE:
            return known & ~fits(NEGATIVE[operator], value)
        return known & fits(operator, value)

    return compare


def in_values(known: Q, fits: Fits) -> Callable[[Operator, Any], Q]:
    """The same for a value that is null where it is unknown: a null fits nothing, so nobody looks at it twice."""
    guarded = in_columns(known, fits)
    positive = set(Operator) - {Operator.KNOWN, Operator.UNKNOWN, *NEGATIVE}
    return lambda operator, value: fits(operator, value) if operator in positive else guarded(operator, value)


def in_rows(rows: Callable[[], QuerySet[Any]], fits: Fits) -> Callable[[Operator, Any], Q]:
    """A field whose values are rows of another table with `person`; `rows()` are those that count, with a value.

    A hit is looked up by `IN`, which both databases turn round where it is rare; its opposite is tested by `EXISTS`,
    which knows no null and, unlike `NOT IN`, stays fast on PostgreSQL when there are many rows.
    """

    def compare(operator: Operator, value: Any) -> Q:
        if operator is Operator.KNOWN:
            return Q(pk__in=rows().values("person"))
        if operator is Operator.UNKNOWN:
            return ~Q(Exists(of_person(rows())))
        if operator in NEGATIVE:
            hit = rows().filter(fits(NEGATIVE[operator], value))
            return Q(pk__in=rows().values("person")) & ~Q(Exists(of_person(hit)))
        return Q(pk__in=rows().filter(fits(operator, value)).values("person"))

    return compare


def of_person(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those rows of the person that the outer query stands at."""
    return rows.filter(person=outer_person())


def outer_person() -> Any:
    """The person that the outer query stands at."""
    return OuterRef("pk")


def text_fits(folded: Any) -> Fits:
    """Of a text that the database has folded: an expression, or the name of a folded column."""
    expression = F(folded) if isinstance(folded, str) else folded

    def fits(operator: Operator, value: Any) -> Q:
        wanted = fold(str(value))
        if operator is Operator.IS:
            return Q(Exact(expression, Value(wanted)))
        return Q(GreaterThan(StrIndex(expression, Value(wanted)), 0))

    return fits


def code_fits(column: str) -> Fits:
    """Of a country or language, however it was written: "de", "DE", "de-AT"."""

    def fits(_operator: Operator, value: Any) -> Q:
        code = str(value)
        head, _, tail = code.partition("-")
        usual = f"{head.lower()}-{tail.upper()}" if tail else head.title()
        return Q(**{f"{column}__in": sorted({code.lower(), code.upper(), usual})})

    return fits


def number_fits(expression: Any) -> Fits:
    """Of a number."""

    def fits(operator: Operator, value: Any) -> Q:
        if operator is Operator.BETWEEN:
            low, high = value
            return Q(GreaterThanOrEqual(expression, low)) & Q(LessThanOrEqual(expression, high))
        lookup = {Operator.IS: Exact, Operator.MORE: GreaterThan, Operator.LESS: LessThan}[operator]
        return Q(lookup(expression, value))

    return fits


def span_of(operator: Operator, value: Any) -> tuple[date | None, date | None]:
    """The days that fit: from the first up to but not including the second; None is without end."""
    one = timedelta(days=1)
    if operator is Operator.BEFORE:
        return None, value
    if operator is Operator.AFTER:
        return value + one, None
    if operator is Operator.BETWEEN:
        return value[0], value[1] + one
    if operator is Operator.LAST_DAYS:
        return today() - timedelta(days=int(value) - 1), today() + one  # today is the last of them
    return value, value + one


def instants(span: tuple[date | None, date | None]) -> tuple[datetime | None, datetime | None]:
    """The same span in time, by the installation's zone."""
    zone = timezone.get_default_timezone()
    first, last = (datetime.combine(day, time.min, zone) if day else None for day in span)
    return first, last


def moment_fits(column: str) -> Fits:
    """Of a point in time, compared by its day."""

    def fits(operator: Operator, value: Any) -> Q:
        first, last = instants(span_of(operator, value))
        return (Q(**{f"{column}__gte": first}) if first else Q()) & (Q(**{f"{column}__lt": last}) if last else Q())

    return fits
