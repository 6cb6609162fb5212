"""The words between an import and what is imported: a line, what is planned for it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Problem:
    """Why a line is refused: the field at fault ("" for the whole line), why, and what to do."""

    field: str
    reason: str
    remedy: str = ""
    value: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a file: its number in a spreadsheet, and what stands under the fields that were matched.

    `values` holds what was written and could be read, as the field reads it; a field is missing in it where its cell is
    empty. `cleared` names the fields whose empty cell means "take it away". `unread` names those whose cell could not
    be read: such a line is planned only so that all its problems are told. `texts` holds the cells as they stand.
    """

    number: int
    values: Mapping[str, Any]
    cleared: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Create:
    """A row to be made; it may point to others of the same chunk that are made before it.

    A `shared` one is not taken back with the line: others lean on it, and the kind itself sees when nobody does.
    """

    made: models.Model
    shared: bool = False


@dataclass(frozen=True)
class Change:
    """A row to be changed from `before` to `after` (a copy) in these fields; versions are counted by the import."""

    before: models.Model
    after: models.Model
    fields: frozenset[str]


Write = Create | Change


@dataclass(frozen=True)
class Planned:
    """What happens to one line: writes, nothing (it is as it should be), or refusal where there are problems.

    `subject` is the person whom the line is about, who may be one of those made; `target` the row that was found for
    the line: two lines of a chunk may not have the same. `stands_with` is another line of the file without which this
    one's rows cannot be: they are taken back with whichever comes later, and so before both.
    """

    writes: tuple[Write, ...] = ()
    problems: tuple[Problem, ...] = ()
    subject: models.Model | None = None
    target: models.Model | None = None
    stands_with: int = 0


def changed(before: models.Model, after: models.Model) -> frozenset[str]:
    """The fields of which `after` differs from `before`, those that count versions aside."""
    untold = {"version", "created_at", "changed_at"}
    fields = (field for field in before._meta.concrete_fields if field.name not in untold)
    return frozenset(field.name for field in fields if getattr(before, field.attname) != getattr(after, field.attname))
