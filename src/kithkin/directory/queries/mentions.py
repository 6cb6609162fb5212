"""Where somebody is still spoken of in words that others wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from kithkin.directory.models import Person, Segment
from kithkin.platform.text import fold

SHORTEST = 4
"""Shorter words stand in nearly every text."""


def texts_of(person_id: int) -> list[str]:
    """By what a file, somebody else's trail, or a rule would speak of the person."""
    fields = ("name", "email", "phone", "external_id", "user__name", "user__email")
    rows = Person.objects.filter(pk=person_id).values_list(*fields)
    return [text for row in rows for text in row if text]


def segments_naming(texts: Collection[str], *, retired: bool = False) -> list[Segment]:
    """The segments in use, or the retired ones, whose rule, name or description holds one of these texts.

    A single word of a text that has several (a family name) counts as well: better one segment too many is looked at.
    """
    folded = [fold(text) for text in texts]
    words = {word for text in folded for word in text.split() if len(word) >= SHORTEST}
    segments = Segment.objects.filter(retired_at__isnull=not retired).order_by("name")
    return [one for one in segments if any(_names(text, folded, words) for text in _said(one))]


def _names(text: str, folded: Collection[str], words: Collection[str]) -> bool:
    long = any(len(wanted) >= SHORTEST and wanted in text for wanted in folded)
    return long or text in folded or not set(text.split()).isdisjoint(words)


def _said(segment: Segment) -> Iterator[str]:
    yield from (fold(segment.name), fold(segment.description), *map(fold, _texts_in(segment.rule)))


def _texts_in(rule: Any) -> Iterator[str]:
    if isinstance(rule, str):
        yield rule
    elif isinstance(rule, dict):
        for key, value in rule.items():
            if key not in {"field", "operator"}:
                yield from _texts_in(value)
    elif isinstance(rule, list):
        for one in rule:
            yield from _texts_in(one)
