"""Segments for tests."""

from __future__ import annotations

from typing import Any

from kithkin.directory.models import Segment
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.services.segments import add_segment
from kithkin.platform.models import User

KITH = {"field": "side", "operator": "is", "value": "kith"}


def make_segment(name: str, *conditions: Any, owner: User | None = None, is_live: bool = True) -> Segment:
    """Of all who fit these conditions; of kith where there are none."""
    return add_segment(name=name, rule=parse({"all": list(conditions) or [KITH]}), owner=owner, is_live=is_live)


def of(segment: Segment, operator: str = "is") -> dict[str, str]:
    """The condition of being in it, or not."""
    return {"field": "segment", "operator": operator, "value": str(segment.pk)}
