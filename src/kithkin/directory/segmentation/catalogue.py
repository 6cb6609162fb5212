"""The fields that there are at this moment, and those of them that a user may use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from kithkin.directory.registries.segment_fields import SegmentField, segment_fields
from kithkin.platform.models import User


class Catalogue:
    """Every field that the rooms bring, read once; for `user`, or for the product itself where there is none."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user

    @cached_property
    def fields(self) -> Mapping[str, SegmentField]:
        """By key, in the order in which they are offered."""
        found = (field for source in segment_fields for field in source.fields())
        return {field.key: field for field in found if self.user is None or field.seen_by(self.user)}
