"""From a rule to a condition of the database, with the same meaning on SQLite and on PostgreSQL."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from django.db.models import BooleanField, Case, Q, Value, When

from kithkin.directory.segmentation.tree import Condition, Group, Mode, Rule


def compiled(rule: Rule) -> Q:
    """The condition on `Person` that the rule states."""
    return _part(rule)


def opposite(condition: Q) -> Q:
    """True wherever the condition is not true: where SQL says "null", too, which a bare NOT would leave null."""
    return ~Q(Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()))


def _part(part: Condition | Group) -> Q:
    if isinstance(part, Condition):
        return part.field.compile(part.operator, part.value)
    parts = [_part(one) for one in part.parts]
    if part.mode is Mode.ALL:
        return reduce(and_, parts)
    return opposite(reduce(or_, parts)) if part.mode is Mode.NONE else reduce(or_, parts)
