"""What the company declared: a field for each attribute, of its kind, for those who may see it.

The values stand in one JSON column. A database does not compare them by itself as people mean it: SQLite finds every
text greater than every number, PostgreSQL every truth. So a value that is not of the declared kind is null here.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Field, FloatField, Func, Q, TextField, Value
from django.db.models.lookups import Exact, GreaterThanOrEqual, IsNull, LessThan
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import AttributeDefinition, AttributeKind
from kithkin.directory.registries.segment_fields import Kind, Operator, SegmentField
from kithkin.directory.rules.segments import may_use
from kithkin.directory.segmentation.fields.sets import Fits, in_values, number_fits, span_of, text_fits
from kithkin.platform.folded import Fold

_DECLARED = _("Attributes")
_KINDS = {
    AttributeKind.TEXT.value: Kind.TEXT,
    AttributeKind.NUMBER.value: Kind.NUMBER,
    AttributeKind.DATE.value: Kind.DAY,
    AttributeKind.YES_NO.value: Kind.YES_NO,
    AttributeKind.CHOICE.value: Kind.CHOICE,
}


Sql = tuple[str, list[Any]]


class Held(Func):
    """The value of one key of `attributes`, null unless it is of this type; `key` is plain, by its own rule."""

    sqlite_types: str
    postgres_type: str
    postgres_cast = "text"

    def __init__(self, key: str, *_expressions: Any) -> None:
        super().__init__(F("attributes"))
        self.key = key

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> Sql:  # noqa: ARG002
        """JSON_EXTRACT behind JSON_TYPE."""
        column, parameters = compiler.compile(self.source_expressions[0])
        path = f'$."{self.key}"'
        return (
            f"CASE WHEN JSON_TYPE({column}, %s) IN ({self.sqlite_types}) THEN JSON_EXTRACT({column}, %s) END",
            [*parameters, path, *parameters, path],
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra_context: Any) -> Sql:  # noqa: ARG002
        """`->>` behind jsonb_typeof."""
        column, parameters = compiler.compile(self.source_expressions[0])
        value = f"({column} ->> %s)::{self.postgres_cast}"
        sql = f"(CASE WHEN jsonb_typeof({column} -> %s) = '{self.postgres_type}' THEN {value} END)"
        return sql, [*parameters, self.key, *parameters, self.key]


class HeldText(Held):
    """A text."""

    sqlite_types, postgres_type = "'text'", "string"
    output_field: Field = TextField()


class HeldNumber(Held):
    """A number, whole or not."""

    sqlite_types, postgres_type, postgres_cast = "'integer', 'real'", "number", "double precision"
    output_field: Field = FloatField()


class HeldTruth(Held):
    """Yes or no."""

    sqlite_types, postgres_type, postgres_cast = "'true', 'false'", "boolean", "boolean"
    output_field: Field = BooleanField()


class HeldDay(HeldText):
    """A day, as ISO writes it: in that form the order of the texts is the order of the days."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> Sql:
        """What is written like a day."""
        text, parameters = super().as_sqlite(compiler, connection, **extra_context)
        digits = "-".join(("[0-9]" * 4, "[0-9]" * 2, "[0-9]" * 2))
        return f"CASE WHEN ({text}) GLOB '{digits}' THEN ({text}) END", [*parameters, *parameters]

    def as_postgresql(self, compiler: Any, connection: Any, **extra_context: Any) -> Sql:
        """The same, in the order of its bytes."""
        text, parameters = super().as_postgresql(compiler, connection, **extra_context)
        return f"substring({text} from '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$') COLLATE \"C\"", parameters


def fields() -> list[SegmentField]:
    """One for each attribute that is declared."""
    return [_field(definition) for definition in AttributeDefinition.objects.all()]


def _field(definition: AttributeDefinition) -> SegmentField:
    kind = _KINDS[definition.kind]
    held: Held
    fits: Fits
    if kind is Kind.NUMBER:
        held = HeldNumber(definition.key)
        fits = number_fits(held)
    elif kind is Kind.YES_NO:
        held = HeldTruth(definition.key)
        fits = _exactly(held)
    elif kind is Kind.DAY:
        held = HeldDay(definition.key)
        fits = _day_fits(held)
    else:
        held = HeldText(definition.key)
        fits = text_fits(Fold(held)) if kind is Kind.TEXT else _exactly(held)
    return SegmentField(
        key=f"attribute.{definition.key}",
        label=definition.label,
        kind=kind,
        compile=in_values(Q(IsNull(held, False)), fits),
        group=_DECLARED,
        choices=lambda _user: [(str(one), str(one)) for one in definition.choices],
        seen_by=lambda user: may_use(user, definition.sensitivity),
    )


def _exactly(held: Held) -> Fits:
    return lambda _operator, value: Q(Exact(held, Value(value, output_field=held.output_field)))


def _day_fits(held: Held) -> Fits:
    def fits(operator: Operator, value: Any) -> Q:
        first, last = span_of(operator, value)
        after = Q(GreaterThanOrEqual(held, Value(first.isoformat()))) if first else Q()
        return after & (Q(LessThan(held, Value(last.isoformat()))) if last else Q())

    return fits
