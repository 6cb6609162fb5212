"""What people do with segments: make and change them, write their members down, retire them."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import BigIntegerField, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.directory.events.segments import SegmentAdded, SegmentChanged, SegmentFrozen, SegmentRetired
from kithkin.directory.models import AttributeDefinition, Segment, SegmentMember, SegmentUse
from kithkin.directory.queries.segments import fitting, users_of
from kithkin.directory.segmentation.compiling import compiled
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.segmentation.tree import Rule
from kithkin.platform.events import publish
from kithkin.platform.models import User
from kithkin.platform.text import quoted


class SegmentNameTaken(Exception):
    """Another segment is called so, perhaps a retired one."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Another segment is called “%(name)s”. Choose another name.") % {"name": name})


class SegmentInUse(Exception):
    """Something is made of it."""

    def __init__(self, segment: Segment, users: list[str]) -> None:
        said = {"segment": segment.name, "users": ", ".join(quoted(user) for user in users)}
        super().__init__(_("“%(segment)s” is used by %(users)s. Change those first, then retire it.") % said)


@transaction.atomic
def add_segment(*, name: str, rule: Rule, owner: User | None, description: str = "", is_live: bool = True) -> Segment:
    """A new segment; a static one has its members at once."""
    _check_name(name, None)
    segment = Segment.objects.create(
        name=name, description=description, rule=rule.to_json(), owner=owner, is_live=is_live
    )
    _write_uses(segment, rule)
    publish(SegmentAdded(segment.pk))
    if not is_live:
        _freeze(segment, rule)
    return segment


@transaction.atomic
def change_segment(*, segment: Segment, name: str, rule: Rule, description: str = "", is_live: bool = True) -> Segment:
    """Another rule, name or way of keeping it. A static one has its members written down anew if its rule changed."""
    _check_name(name, segment)
    same_rule = segment.rule == rule.to_json()
    was_live = segment.is_live
    segment.name, segment.description, segment.rule, segment.is_live = name, description, rule.to_json(), is_live
    segment.frozen_at = None if is_live else segment.frozen_at
    segment.save()
    _write_uses(segment, rule)
    publish(SegmentChanged(segment.pk))
    if is_live:
        SegmentMember.objects.filter(segment=segment).delete()
    elif was_live or not same_rule:
        _freeze(segment, rule)
    return segment


@transaction.atomic
def freeze_segment(*, segment: Segment) -> int:
    """Keep the members as they are at this moment, whatever becomes of them; how many they are."""
    rule = parse(segment.rule)
    segment.is_live = False
    segment.save(update_fields=["is_live"])
    return _freeze(segment, rule)


@transaction.atomic
def retire_segment(*, segment: Segment) -> None:
    """Offer it no longer: refused while an audience or another segment is made of it. Twice is once."""
    _one_at_a_time()
    if segment.retired_at is not None:
        return
    if users := users_of(segment):
        raise SegmentInUse(segment, users)
    segment.retired_at = timezone.now()
    segment.save(update_fields=["retired_at"])
    publish(SegmentRetired(segment.pk))


def _check_name(name: str, segment: Segment | None) -> None:
    others = Segment.objects.exclude(pk=segment.pk) if segment else Segment.objects.all()
    if others.filter(name=name).exists():
        raise SegmentNameTaken(name)


def _write_uses(segment: Segment, rule: Rule) -> None:
    """What the rule speaks of. Raises `RuleInCircle` where the segment would be made of itself."""
    _one_at_a_time()
    keys, segments = set(), set()
    for condition in rule.conditions():
        if condition.field.key == "segment":
            segments.add(int(str(condition.value)))
        elif condition.field.key.startswith("attribute."):
            keys.add(condition.field.key.removeprefix("attribute."))
    SegmentUse.objects.filter(segment=segment).delete()
    attributes = AttributeDefinition.objects.filter(key__in=keys)
    SegmentUse.objects.bulk_create(
        [
            *(SegmentUse(segment=segment, attribute=attribute) for attribute in attributes),
            *(SegmentUse(segment=segment, used_id=pk) for pk in sorted(segments)),
        ]
    )
    compiled(parse({"all": [{"field": "segment", "operator": "is", "value": str(segment.pk)}]}))


def _one_at_a_time() -> None:
    """Two writers could make a circle, or retire what the other uses, that neither sees: they wait for one another."""
    list(Segment.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _freeze(segment: Segment, rule: Rule) -> int:
    """One statement, however many members there are."""
    SegmentMember.objects.filter(segment=segment).delete()
    people = fitting(rule).order_by().annotate(of=Value(segment.pk, BigIntegerField())).values_list("of", "pk")
    sql, parameters = people.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {SegmentMember._meta.db_table} (segment_id, person_id) {sql}", parameters)
        size = int(cursor.rowcount)
    Segment.objects.filter(pk=segment.pk).update(frozen_at=timezone.now())
    segment.refresh_from_db(fields=["frozen_at"])
    publish(SegmentFrozen(segment.pk, size))
    return size
