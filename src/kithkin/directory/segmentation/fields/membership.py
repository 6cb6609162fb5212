"""Being in another segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import Segment, SegmentMember
from kithkin.directory.queries.segment_access import segments_visible_to
from kithkin.directory.registries.segment_fields import Kind, Operator, SegmentField
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.compiling import compiled, opposite
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.segmentation.refusals import RuleInCircle
from kithkin.platform.models import User


def fields() -> list[SegmentField]:
    """One field, whose choices are the segments."""
    return [_Members().field]


class _Members:
    """Compiles segments within segments, reading segments and fields once however many there are of them."""

    def __init__(self) -> None:
        self.field = SegmentField(
            "segment",
            gettext_lazy("Segment"),
            Kind.CHOICE,
            self.compare,
            gettext_lazy("Segments"),
            choices=self.choices,
            operators=(Operator.IS, Operator.IS_NOT),
        )
        self._inside: list[Segment] = []

    def choices(self, user: User | None) -> Sequence[tuple[str, str]]:
        """Those in use that the user may see."""
        if user is None:
            return [(str(segment.pk), segment.name) for segment in self._segments.values()]
        return [
            (str(pk), name) for pk, name in segments_visible_to(user).order_by("name", "pk").values_list("pk", "name")
        ]

    def compare(self, operator: Operator, value: Any) -> Q:
        """Its members, or everybody else."""
        segment = self._segments[int(value)]
        with self._entered(segment):
            condition = self._condition(segment)
        return opposite(condition) if operator is Operator.IS_NOT else condition

    def _condition(self, segment: Segment) -> Q:
        if segment.is_live:
            return compiled(parse(segment.rule, self._catalogue))
        return Q(pk__in=SegmentMember.objects.filter(segment=segment).values("person"))

    @contextmanager
    def _entered(self, segment: Segment) -> Iterator[None]:
        way = [one.pk for one in self._inside]
        if segment.pk in way:
            names = [one.name for one in self._inside[way.index(segment.pk) :]] + [segment.name]
            raise RuleInCircle(
                _("A segment cannot be made of itself: %(way)s.") % {"way": " → ".join(f"“{name}”" for name in names)}
            )
        self._inside.append(segment)
        try:
            yield
        finally:
            self._inside.pop()

    @cached_property
    def _segments(self) -> dict[int, Segment]:
        return {segment.pk: segment for segment in Segment.objects.order_by("name", "pk")}

    @cached_property
    def _catalogue(self) -> Catalogue:
        every = Catalogue()
        every.fields = {**every.fields, self.field.key: self.field}
        return every
