"""Groups of people by a rule: live, or as they were when the group was made."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.attributes import AttributeDefinition
from kithkin.directory.models.people import Person
from kithkin.platform.models import Versioned


class Segment(Versioned):
    """`rule` is a tree of conditions: see `kithkin.directory.segmentation`. A static segment keeps its members."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True, default="")
    rule = models.JSONField(_("rule"), default=dict)
    is_live = models.BooleanField(_("live: members change as people do"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="segments", verbose_name=_("owner")
    )
    frozen_at = models.DateTimeField(_("members as of"), null=True, editable=False)
    """When the members of a static segment were written down."""
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("segment"), _("segments")

    def __str__(self) -> str:
        return self.name


class SegmentUse(models.Model):
    """What a segment's rule speaks of: an attribute, or another segment. Written with the rule."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="uses")
    attribute = models.ForeignKey(AttributeDefinition, models.CASCADE, null=True, related_name="segments_using")
    used = models.ForeignKey(Segment, models.CASCADE, null=True, related_name="used_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["segment", "attribute"], name="attribute_once_a_segment"),
            models.UniqueConstraint(fields=["segment", "used"], name="segment_once_a_segment"),
        ]

    def __str__(self) -> str:
        return f"{self.segment_id} uses {self.attribute_id or self.used_id}"


class SegmentMember(models.Model):
    """A member of a static segment."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="static_segments")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["segment", "person"], name="member_only_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.segment_id}"
