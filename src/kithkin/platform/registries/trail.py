"""What the audit trail keeps as data and people read in words: each room says how its own records are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kithkin.platform.registries import Registry


@dataclass(frozen=True)
class ToldField:
    """A field of a model ("directory.segment"), whose kept text is put into words.

    `teller()` is asked once for each page that shows such a value, so that what all of them need is read once.
    """

    model: str
    field: str
    teller: Callable[[], Callable[[str], str]]


told_fields: Registry[ToldField] = Registry(lambda told: (told.model, told.field))


@dataclass(frozen=True)
class ToldRecord:
    """A model ("directory.tie") whose name alone says too little, or was kept in the language of who wrote it.

    `title(record)` is asked while the record is there, with what it points to by `related` read along.
    """

    model: str
    related: tuple[str, ...]
    title: Callable[[Any], str]


told_records: Registry[ToldRecord] = Registry(lambda told: told.model)
