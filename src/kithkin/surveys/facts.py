"""The responses of each program as rows for the warehouse."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Max
from django.utils import timezone

from kithkin.analysis.drivers import buckets_of
from kithkin.forms.asked import answer_of, text_of
from kithkin.forms.models import Field, FieldKind
from kithkin.platform.registries.facts import FactColumn, FactKind, FactTable
from kithkin.surveys.models import Program, Response

OWN = (
    FactColumn("day", FactKind.DAY),
    FactColumn("wave", FactKind.ID),
    FactColumn("unit", FactKind.ID),
    FactColumn("link", FactKind.ID),
    FactColumn("touchpoint", FactKind.ID),
    FactColumn("bucket", FactKind.ID),
    FactColumn("weight", FactKind.NUMBER),
)
"""Of every program. `bucket` is a hash, 0 … 199, of who answered; of a program with a floor, of the response."""
KINDS = {
    FieldKind.SCORE: FactKind.SCORE,
    FieldKind.NUMBER: FactKind.NUMBER,
    FieldKind.CHOICE: FactKind.CATEGORY,
    FieldKind.CHOICES: FactKind.TEXT,
    FieldKind.TRUTH: FactKind.TRUTH,
    FieldKind.DAY: FactKind.DAY,
    FieldKind.TEXT: FactKind.TEXT,
}
_READ = ("pk", "at", "wave_id", "unit_id", "link_id", "touchpoint_id", "person_id", "weight", "answers")


def tables() -> list[FactTable]:
    """A table for each program."""
    fields: dict[int, list[Field]] = {}
    for field in Field.objects.filter(questionnaire__program__isnull=False).order_by("number"):
        fields.setdefault(field.questionnaire_id, []).append(field)
    return [_table(program, fields.get(program.questionnaire_id, [])) for program in Program.objects.order_by("pk")]


def table_of(program: Program) -> FactTable:
    """The table of one program."""
    return _table(program, list(Field.objects.filter(questionnaire=program.questionnaire_id).order_by("number")))


def _table(program: Program, fields: Sequence[Field]) -> FactTable:
    own = tuple(FactColumn(field.column, KINDS[FieldKind(field.kind)]) for field in fields)
    columns = (*OWN, *own)
    schema = FactTable(program.table, columns, lambda _first, _last: pa.table({}), lambda _after, _count: None).schema
    return FactTable(program.table, columns, partial(_rows, program, fields, schema), partial(_following, program.pk))


def _rows(program: Program, fields: Sequence[Field], schema: pa.Schema, first: int, last: int) -> pa.Table:
    found = Response.objects.filter(program=program.pk, pk__gte=first, pk__lte=last).order_by("pk")
    columns = list(zip(*found.values_list(*_READ), strict=True)) or [()] * len(_READ)
    keys, at, wave, unit, link, touchpoint, person, weight, answers = columns
    day = _days(at)
    if program.floor is not None:
        day, person = pc.floor_temporal(day, unit="month"), (None,) * len(keys)
    ids = [key if one is None else one for key, one in zip(keys, person, strict=True)]
    told = [_column(field, answers) for field in fields]
    own = [day, wave, unit, link, touchpoint, buckets_of(ids).astype(np.int32), weight]
    arrays = [keys, pc.strftime(day, format="%Y-%m"), *own, *told]
    return pa.Table.from_arrays(
        [
            one if isinstance(one, pa.Array) and one.type == field.type else pa.array(one, field.type)
            for one, field in zip(arrays, schema, strict=True)
        ],
        schema=schema,
    )


def _following(program_id: int, after: int, count: int) -> int | None:
    later = Response.objects.filter(program=program_id, pk__gt=after)
    key = later.order_by("pk").values_list("pk", flat=True)[count - 1 : count].first()
    last: int | None = later.aggregate(Max("pk"))["pk__max"] if key is None else key
    return last


def _days(at: Sequence[Any]) -> pa.Array:
    """The days on which moments fall, by the clock of the installation."""
    moments = pa.array(at, pa.timestamp("us", tz="UTC"))
    zone = timezone.get_default_timezone_name()
    return pc.local_timestamp(moments.cast(pa.timestamp("us", tz=zone))).cast(pa.date32(), safe=False)


def _column(field: Field, answers: Sequence[Mapping[str, Any]]) -> pa.Array:
    """The answers to one field. Quick where they are what they should be; else each alone, and what is none is null."""
    kind = FieldKind(field.kind)
    values = [answer_of(one, field.name) for one in answers]
    arrow = KINDS[kind].arrow
    if kind in (FieldKind.SCORE, FieldKind.NUMBER) and bool not in set(map(type, values)):
        try:
            return pa.array(values, arrow)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            pass
    read = _READERS[kind]
    return pa.array([None if value is None else read(value) for value in values], arrow)


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if np.isfinite(number) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _category(value: Any) -> str | None:
    return None if isinstance(value, list | dict) else text_of(value)


_READERS: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.SCORE: _number, FieldKind.NUMBER: _number, FieldKind.CHOICE: _category, FieldKind.CHOICES: _text,
    FieldKind.TRUTH: _truth, FieldKind.DAY: _day, FieldKind.TEXT: _text,
}  # fmt: skip
