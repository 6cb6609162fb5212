"""The members of segments: one query for every room that surveys, writes to or counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from kithkin.directory.models import Audience, Person, Segment, SegmentMember
from kithkin.directory.rules.segments import READERS, can_see_segments
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.compiling import compiled
from kithkin.directory.segmentation.fields.ties import present_memberships, present_ties
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.segmentation.refusals import RuleRefused
from kithkin.directory.segmentation.tree import Rule
from kithkin.platform.access import Reach, reach
from kithkin.platform.models import Role

if TYPE_CHECKING:
    from kithkin.platform.models import User


def members_of(segment: Segment, user: User | None = None) -> QuerySet[Person]:
    """The members as they are now (of a static segment: as they were), none of them merged into somebody else.

    With `user` only those whom their role reaches. Where the rule has lost its meaning (`why_empty` says how) nobody is
    a member: what is sent to a segment must not reach more people because an attribute is gone.
    """
    return people_for(user).filter(_membership(segment, Catalogue()))


def size_of(segment: Segment, user: User | None = None) -> int:
    """How many members there are."""
    return members_of(segment, user).count()


def sizes_of(segments: Sequence[Segment], user: User | None = None) -> Mapping[int, int]:
    """How many members each of these has, by id: in one statement, however many there are."""
    if not segments:
        return {}
    catalogue = Catalogue()
    counts = {f"of_{one.pk}": Count("pk", filter=_membership(one, catalogue)) for one in segments}
    found = people_for(user).order_by().aggregate(**counts)
    return {one.pk: found[f"of_{one.pk}"] for one in segments}


def fitting(rule: Rule, user: User | None = None) -> QuerySet[Person]:
    """Those who fit a rule, saved or not."""
    return people_for(user).filter(compiled(rule))


def why_empty(segment: Segment) -> str:
    """Why the rule of a live segment cannot be followed any more; "" where it can."""
    if not segment.is_live:
        return ""
    try:
        compiled(parse(segment.rule))
    except RuleRefused as refused:
        return str(refused)
    return ""


def can_change_segment(user: User, segment: Segment) -> bool:
    """Whoever made it, and program managers; over a part of the organisation, only those that lie in it wholly.

    One without any members lies nowhere, and waits for its owner or for somebody who reaches everywhere.
    """
    if not can_see_segments(user):
        return False
    within = reach(user, Role.PROGRAM_MANAGER)
    if segment.owner_id == user.pk or within.everywhere:
        return True
    if not within:
        return False
    members = members_of(segment)
    return members.exists() and not members.exclude(pk__in=_people_within(within).values("pk")).exists()


def people_for(user: User | None) -> QuerySet[Person]:
    """Everybody whom the user may put into segments: those within reach of the roles that let them see segments.

    Not all whom they see: a colleague's name is no licence to ask for people by their attributes.
    """
    people = Person.objects.filter(merged_into__isnull=True)
    if user is None:
        return people
    within = reach(user, *READERS)
    if within.everywhere:
        return people
    return _people_within(within) if within else people.none()


def _people_within(within: Reach) -> QuerySet[Person]:
    """Kin who work in these units today, and kith whose account one of them looks after."""
    kin = present_memberships().filter(within.limit("unit")).values_list("person_id")
    kith = present_ties().filter(within.limit("account__unit")).values_list("person_id")
    return Person.objects.filter(merged_into__isnull=True, pk__in=kin.union(kith))


def _membership(segment: Segment, catalogue: Catalogue) -> Q:
    if not segment.is_live:
        return Q(pk__in=SegmentMember.objects.filter(segment=segment).values("person"))
    try:
        return compiled(parse(segment.rule, catalogue))
    except RuleRefused:
        return Q(pk__in=())


def users_of(segment: Segment) -> list[str]:
    """The names of what is made of this segment: audiences, and other segments in use."""
    audiences = Audience.objects.filter(segment=segment).values_list("name", flat=True)
    segments = Segment.objects.filter(uses__used=segment, retired_at__isnull=True).values_list("name", flat=True)
    return sorted({*audiences, *segments} - {segment.name})
