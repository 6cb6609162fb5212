"""What was noted gets into the warehouse: read from the truth, written in single commits, then crossed out.

Killed at any moment it loses nothing and does nothing twice. A table is opened before its truth is read, and a commit
that was overtaken since is refused: so the last word about a key is always the newest. No database transaction is open
while files are written.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pyarrow as pa
import structlog
from django.db.models import Min
from django.utils import timezone

from kithkin.insights.models import Loaded
from kithkin.insights.warehouse.failures import Overtaken
from kithkin.insights.warehouse.lease import Lease, LeaseLost, held
from kithkin.insights.warehouse.pending import LAST, Note, Piece, coalesced, pieces, settle, take
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.shape import long_texts
from kithkin.insights.warehouse.starting import known_tables, opened
from kithkin.insights.warehouse.store import Stored
from kithkin.platform.models import FactChange
from kithkin.platform.registries.facts import FactTable

SECONDS = 20.0
"""After which the rest is left to the next job."""
COMMIT_BYTES, COMMIT_SECONDS, COMMIT_RANGES = 64 * 2**20, 8.0, 200
log = structlog.get_logger(__name__)


def load_pending(seconds: float = SECONDS) -> bool:
    """Load what was noted, the longest waiting table first; whether time ran out before all was done.

    One table that cannot be loaded keeps none of the others from it; the first failure is raised at the end.
    """
    until, failure = time.monotonic() + seconds, None
    tables = known_tables()
    for name in _waiting():
        if name in tables and time.monotonic() < until:
            try:
                load_table(tables[name], until)
            except Exception as error:  # raised below
                log.exception("warehouse table could not be loaded", table=name)
                failure = failure or error
    if failure is not None:
        raise failure
    return time.monotonic() >= until and FactChange.objects.exists()


def load_table(table: FactTable, until: float = float("inf")) -> None:
    """Load what was noted about one table, as far as time allows; nothing where somebody else is at it."""
    with held(table.name) as lease:
        if lease is None:
            return
        try:
            _load(lease, table, until)
        except (LeaseLost, Overtaken):
            log.warning("warehouse table was loaded by somebody else meanwhile", table=table.name)


def _load(lease: Lease, table: FactTable, until: float) -> None:
    stored = opened(lease, table, place())
    while notes := take(table.name):
        for group in _groups(pieces(table, coalesced(notes))):
            lease.renew()
            rows = pa.concat_tables([piece.rows for piece in group])
            stored.replace(_joined(group), rows, long_texts(table))
            _done(stored, notes, group[-1].last)
            if time.monotonic() > until:
                return
        settle(notes, LAST)


def _done(stored: Stored, notes: Sequence[Note], upto: int) -> None:
    settle(notes, upto)
    known = {"table_version": stored.version, "rows": stored.rows, "loaded_at": timezone.now()}
    Loaded.objects.filter(table=stored.name).update(**known)


def _groups(found: Iterator[Piece]) -> Iterator[list[Piece]]:
    """As many pieces as one commit takes."""
    group: list[Piece] = []
    size, ends = 0, time.monotonic() + COMMIT_SECONDS
    for piece in found:
        group.append(piece)
        size += piece.rows.nbytes
        if size > COMMIT_BYTES or time.monotonic() > ends or len(group) >= COMMIT_RANGES:
            yield group
            group, size, ends = [], 0, time.monotonic() + COMMIT_SECONDS
    if group:
        yield group


def _joined(group: Sequence[Piece]) -> list[tuple[int, int]]:
    """The pieces' ranges, those that meet as one."""
    found: list[tuple[int, int]] = []
    for piece in group:
        if found and piece.first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], piece.last)
        else:
            found.append((piece.first, piece.last))
    return found


def _waiting() -> list[str]:
    rows = FactChange.objects.values("table").annotate(oldest=Min("pk")).order_by("oldest")
    return [row["table"] for row in rows]
