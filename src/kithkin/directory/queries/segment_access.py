"""Which segments somebody may see: all, but those whose rule speaks of what is not shown to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kithkin.directory.models import Segment, SegmentUse, Sensitivity
from kithkin.directory.rules.segments import can_see_segments, may_use

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User


def segments_visible_to(user: User | AnonymousUser) -> QuerySet[Segment]:
    """The segments in use that the user may see."""
    if not can_see_segments(user):
        return Segment.objects.none()
    segments = Segment.objects.filter(retired_at__isnull=True)
    return segments if may_use(user, Sensitivity.SENSITIVE) else segments.exclude(pk__in=_sensitive_ids())


def _sensitive_ids() -> set[int]:
    """Those that use a sensitive attribute, and those made of them, however far."""
    found = set(
        SegmentUse.objects.filter(attribute__sensitivity=Sensitivity.SENSITIVE).values_list("segment_id", flat=True)
    )
    if found:
        pairs = list(SegmentUse.objects.filter(used__isnull=False).values_list("segment_id", "used_id"))
        while more := {segment for segment, used in pairs if used in found} - found:
            found |= more
    return found
