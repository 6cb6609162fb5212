"""What comes in bulk: a loader reads and writes whole chunks; lease, cursor, report and way back are the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithkin.platform.events import publish
from kithkin.platform.imports.facts import ImportUndone
from kithkin.platform.imports.kept import Cells, KeptLines
from kithkin.platform.imports.tally import Tally
from kithkin.platform.models import Import, ImportRow, ImportState, RowAction
from kithkin.platform.registries.imports import BULK_LINES, InBulk, Loaded, RefusedLine
from kithkin.platform.services.imports.lease import advance, hold
from kithkin.platform.services.imports.moving import move_on
from kithkin.platform.services.imports.planning import fault_of

BATCH = 500


class BulkWork:
    """The dry run or the run."""

    def __init__(self, one: Import, lines: KeptLines, bulk: InBulk, *, running: bool) -> None:
        self.one, self._lines, self._running = one, lines, running
        self._loader = bulk.loader(one, lines, running)

    def count_steps(self) -> None:
        """Each chunk is read once."""
        if self.one.chunks != self._lines.chunks:
            with transaction.atomic():
                hold(self.one)
                advance(self.one, chunks=self._lines.chunks)
            self.one.chunks = self._lines.chunks

    def chunk(self) -> bool:
        """One chunk; whether it was the last."""
        one = self.one
        lines = self._lines.chunk(one.cursor) if one.cursor < one.chunks else []
        with transaction.atomic():
            hold(one)
            loaded = self._loaded(lines)
            self._remember(lines, loaded)
            moved = move_on(one, self._counted(loaded), running=self._running)
        one.cursor, one.counts = moved["cursor"], moved["counts"]
        return one.cursor >= one.chunks

    def _loaded(self, lines: Sequence[Cells]) -> Loaded:
        """What the loader made of the whole lines, and the broken ones refused."""
        broken = [RefusedLine(cells.number, [fault_of(cells)]) for cells in lines if cells.fault]
        found = self._loader.load([cells for cells in lines if not cells.fault])
        return Loaded(found.created, found.unchanged, [*broken, *found.refused])

    def _remember(self, lines: Sequence[Cells], loaded: Loaded) -> None:
        numbers = [cells.number for cells in lines]
        ImportRow.objects.filter(of=self.one, action=RowAction.REFUSED, number__in=numbers).delete()
        refused = [
            ImportRow(
                of=self.one, number=line.number, action=RowAction.REFUSED, problems=[list(p) for p in line.problems]
            )
            for line in loaded.refused
        ]
        ImportRow.objects.bulk_create(refused, batch_size=BATCH)

    def _counted(self, loaded: Loaded) -> Tally:
        tally = Tally.kept(self.one.counts.get("run" if self._running else "check", {}))
        tally.created += loaded.created
        tally.unchanged += loaded.unchanged
        tally.refused += len(loaded.refused)
        for line in loaded.refused:
            for column, _value, reason, _remedy in line.problems:
                tally.reasons[f"{column}: {reason}" if column else reason] += 1
        return tally


def undo_bulk_chunk(one: Import, bulk: InBulk) -> bool:
    """Take some rows out again; whether there are no more."""
    with transaction.atomic():
        hold(one)
        gone = bulk.remove(one, BULK_LINES)
        known = one.counts.get("undo", {})
        undo = {"undone": known.get("undone", 0) + gone, "kept": 0}
        counts = {**one.counts, "undo": undo}
        ending: dict[str, Any] = {}
        if not gone:
            ending = {"state": ImportState.UNDONE, "lease": None, "lease_until": None, "finished_at": timezone.now()}
            publish(ImportUndone(import_id=one.pk, import_kind=one.kind, count=undo["undone"]))
        cursor = one.cursor + 1
        advance(one, cursor=cursor, counts=counts, **ending)
    one.cursor, one.counts = cursor, counts
    return not gone
