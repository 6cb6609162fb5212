"""What was noted and not yet loaded: read in order, as few ranges, and crossed out as far as it was done.

The rows that were read are crossed out by their ids, never "all up to this one": on PostgreSQL a row with a smaller id
may become visible later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from django.db import transaction

from kithkin.platform.models import FactChange
from kithkin.platform.registries.facts import FactTable

FIRST, LAST = 1, 2**63 - 1
TAKEN = 5_000
NEAR = 200
"""Keys between two ranges that are read anew along with them, rather than asked for separately."""
READ = 20_000


@dataclass(frozen=True)
class Note:
    """One row of what was noted."""

    pk: int
    first: int
    last: int


@dataclass(frozen=True)
class Piece:
    """A range of keys, and the rows that the truth has there now."""

    first: int
    last: int
    rows: pa.Table


def take(table: str) -> list[Note]:
    """The oldest notes about the table."""
    rows = FactChange.objects.filter(table=table).order_by("pk").values_list("pk", "first", "last")
    return [Note(*row) for row in rows[:TAKEN]]


def coalesced(notes: Sequence[Note]) -> list[tuple[int, int]]:
    """Their keys as few ranges, in order.

    >>> coalesced([Note(1, 7, 9), Note(2, 1, 3), Note(3, 8, 12), Note(4, 900, 900)])
    [(1, 12), (900, 900)]
    """
    found: list[tuple[int, int]] = []
    for first, last in sorted((max(note.first, FIRST), note.last) for note in notes):
        if found and first - found[-1][1] <= NEAR:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif last >= first:
            found.append((first, last))
    return found


def pieces(table: FactTable, ranges: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The rows of these ranges as the truth has them at this moment, at most so many at once."""
    for first, last in ranges:
        after = first - 1
        while after < last:
            following = table.following(after, READ) if last - after > READ else last
            end = last if following is None else min(following, last)
            yield Piece(after + 1, end, _checked(table, after + 1, end))
            after = end


def settle(notes: Sequence[Note], upto: int) -> None:
    """Cross out what was done: all keys of these notes up to this one."""
    done = [note.pk for note in notes if note.last <= upto]
    begun = [note.pk for note in notes if note.first <= upto < note.last]
    with transaction.atomic():
        cross_out(done)
        for start in range(0, len(begun), 500):
            FactChange.objects.filter(pk__in=begun[start : start + 500]).update(first=upto + 1)


def cross_out(notes: Sequence[int]) -> None:
    """Delete these notes, by their ids."""
    for start in range(0, len(notes), 500):
        FactChange.objects.filter(pk__in=notes[start : start + 500]).delete()


def note_everything(table: str) -> None:
    """The whole table is to be loaded; what was noted before is part of it. In the caller's transaction."""
    FactChange.objects.filter(table=table).delete()
    FactChange.objects.create(table=table, first=FIRST, last=LAST)


def _checked(table: FactTable, first: int, last: int) -> pa.Table:
    """The rows; a room that hands over what it did not promise is told so, before anything is written."""
    rows = table.rows(first, last)
    if rows.schema != table.schema:
        raise TypeError(f"“{table.name}” hands over other columns than it says:\n{rows.schema}\nnot\n{table.schema}")
    keys = rows["key"].to_numpy()
    if len(keys) and (keys.min() < first or keys.max() > last or len(set(keys.tolist())) != len(keys)):
        raise ValueError(f"“{table.name}” hands over keys twice, or such as it was not asked for ({first} to {last})")
    if rows["month"].null_count:
        raise ValueError(f"“{table.name}” hands over rows without a month")
    return rows
