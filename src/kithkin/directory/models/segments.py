"""Groups of people by a rule: live, or as they were when the group was made."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.people import Person
from kithkin.platform.models import Versioned


class Segment(Versioned):
    """`rule` is a tree of conditions: see `kithkin.directory.segmentation`. A static segment keeps its members."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True, default="")
    rule = models.JSONField(_("rule"), default=dict)
    is_live = models.BooleanField(_("live: members change as people do"), default=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="segments")

    class Meta:
        verbose_name, verbose_name_plural = _("segment"), _("segments")

    def __str__(self) -> str:
        return self.name


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
