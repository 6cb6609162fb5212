"""The worker's side: an import is carried on chunk by chunk, each a transaction that moves the cursor as well.

Killed at any moment, it goes on where the last chunk ended: the queue starts a lost job again, and a schedule picks up
what the queue forgot. A job works for some seconds and then enqueues the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kithkin.platform.acting import Path, acting
from kithkin.platform.events import publish
from kithkin.platform.imports.facts import ImportStopped
from kithkin.platform.imports.kept import KeptLines, NotImportable, gather, kept, prepare, ready
from kithkin.platform.imports.lines import Problem
from kithkin.platform.imports.tally import Tally
from kithkin.platform.jobs import enqueue
from kithkin.platform.models import WORKING, Import, ImportRow, ImportState
from kithkin.platform.registries.imports import BULK_LINES, WHOLE_LIMIT
from kithkin.platform.services.imports.bulk import BulkWork
from kithkin.platform.services.imports.lease import MOST_TRIES, LeaseLost, advance, hold, outside, release, take_lease
from kithkin.platform.services.imports.moving import move_on
from kithkin.platform.services.imports.planning import Plan, Plans, permitted_kind, with_problem
from kithkin.platform.services.imports.undoing import undo_chunk
from kithkin.platform.services.imports.writing import count, refused_rows, remember, write

BUDGET = 20.0
"""Seconds after which a job hands over to the next."""
FORGOTTEN = timedelta(minutes=3)
BREATH = 0.02
"""Seconds between chunks, in which others may write."""
log = structlog.get_logger(__name__)
Step = Callable[[], bool]


def work_on_import(import_id: int) -> None:
    """The job: carry the import on for a while. Does nothing where another worker is at it."""
    one = take_lease(import_id)
    if one is None:
        return
    language, zone = (one.by.language, one.by.time_zone) if one.by else ("en", "UTC")
    with acting(one.by, Path.IMPORT), translation.override(language), timezone.override(zone):
        if one.tries > MOST_TRIES:
            said = _(
                "It ended the worker %(tries)s times behind chunk %(cursor)s, which may hold more than the server has "
                "memory for. What was done is kept; tell your administrator, or cut the file in two."
            )
            _stop(one, said % {"tries": MOST_TRIES, "cursor": one.cursor})
            return
        try:
            _work(one)
        except LeaseLost:
            return
        except NotImportable as error:
            _stop(one, str(error))
        except FileNotFoundError:
            _stop(one, _("The file is no longer here. Upload it again."))
        except DatabaseError as error:
            log.exception("import stopped by the database", import_id=one.pk)
            said = _("The database could not write: %(error)s. What was done is kept; go on when that is mended.")
            _stop(one, said % {"error": error})
        except Exception:
            log.exception("import broke", import_id=one.pk)
            said = _(
                "Something broke after chunk %(cursor)s, and it is in the log. What was done is kept; try to go on."
            )
            _stop(one, said % {"cursor": one.cursor})


@transaction.atomic
def _stop(one: Import, failure: str) -> None:
    """Say why it does not go on, unless somebody else works on it by now."""
    if release(one, failure=failure):
        publish(ImportStopped(import_id=one.pk))


def resume_stalled_imports() -> None:
    """The schedule: whatever should be worked on and is held by nobody is enqueued again."""
    stalled = Import.objects.filter(outside(timezone.now(), FORGOTTEN), state__in=WORKING, failure="")
    for import_id in stalled.values_list("pk", flat=True):
        enqueue(work_on_import, import_id)


def _work(one: Import) -> None:
    until = time.monotonic() + BUDGET
    if one.state == ImportState.UNDOING:
        finished = _repeat(lambda: undo_chunk(one), until)
    else:
        gathered = _gathered(one)
        if one.total is None or not ready(one.path, gathered):
            _prepare(one, gathered)
        with kept(one.path, gathered) as lines:
            work = _begun(one, lines)
            work.count_steps()
            finished = _repeat(work.chunk, until)
    if not finished:
        with transaction.atomic():
            if release(one):
                enqueue(work_on_import, one.pk)


def _repeat(step: Step, until: float) -> bool:
    while not step():
        if time.monotonic() > until:
            return False
        time.sleep(BREATH)
    return True


def _gathered(one: Import) -> int | None:
    """The place of the column by which the lines of this kind belong together."""
    kind = permitted_kind(one)
    column = next((column for column, key in one.mapping.items() if kind.gathered and key == kind.gathered), None)
    return None if column is None else one.columns.index(column)


def _begun(one: Import, lines: KeptLines) -> BulkWork | _Checking:
    kind = permitted_kind(one)
    running = one.state == ImportState.RUNNING
    if kind.bulk:
        return BulkWork(one, lines, kind.bulk, running=running)
    return _Running(one, lines) if running else _Checking(one, lines)


def _prepare(one: Import, gathered: int | None) -> None:
    kind = permitted_kind(one)
    size = BULK_LINES if kind.bulk else settings.IMPORT_CHUNK_LINES
    total, chunks = prepare(one.path, one.name, size, WHOLE_LIMIT if kind.whole else None)
    if gathered is not None:
        chunks = gather(one.path, gathered, size)
    with transaction.atomic():
        hold(one)
        advance(one, total=total, chunks=chunks)
    one.total, one.chunks = total, chunks


class _Checking:
    """The dry run: plans only, and remembers what would be refused."""

    phase, running = "check", False

    def __init__(self, one: Import, lines: KeptLines) -> None:
        self.one = one
        self.plans = Plans(one, lines, running=self.running)

    def count_steps(self) -> None:
        """Which columns are matched says how often the file is read."""
        one, steps = self.one, self.plans.steps
        if one.chunks != steps:
            with transaction.atomic():
                hold(one)
                advance(one, chunks=steps)
            one.chunks = steps

    def chunk(self) -> bool:
        """One chunk; whether it was the last."""
        one = self.one
        plans = self.plans.chunk(one.cursor) if one.cursor < one.chunks else []
        with transaction.atomic():
            hold(one)
            remember(one, plans, refused_rows(one, plans))
            moved = self.move(plans)
        return self.moved(moved)

    def move(self, plans: list[Plan]) -> dict[str, Any]:
        """Count the lines and move the cursor, in the chunk's transaction; what was written."""
        tally = Tally.kept(self.one.counts.get(self.phase, {}))
        count(tally, self.one, self.plans.kind, plans)
        return move_on(self.one, tally, running=self.running)

    def moved(self, moved: dict[str, Any]) -> bool:
        """The chunk is written for good; whether it was the last."""
        self.one.cursor, self.one.counts = moved["cursor"], moved["counts"]
        return self.one.cursor >= self.one.chunks


class _Running(_Checking):
    """The run: plans anew on what the tables hold now, and writes, all in one transaction a chunk."""

    phase, running = "run", True

    def chunk(self) -> bool:
        """One chunk; whether it was the last. A row made by somebody else meanwhile is planned for once more."""
        if self.one.cursor >= self.one.chunks:
            return super().chunk()
        for _attempt in range(2):
            try:
                return self._chunk(each=False)
            except (IntegrityError, DataError):
                self.plans.again()
        return self._chunk(each=True)

    def _chunk(self, *, each: bool) -> bool:
        one, kind = self.one, self.plans.kind
        with transaction.atomic():
            hold(one)
            plans = self.plans.chunk(one.cursor)
            if each:
                plans, rows = self._written_singly(plans)
            else:
                rows = write(one, kind, plans)
            remember(one, plans, [*refused_rows(one, plans), *rows])
            doing = sum(bool(plan.planned.writes) for plan in plans)
            if kind.imported and doing:
                publish(kind.imported(one.pk, doing))
            moved = self.move(plans)
        return self.moved(moved)

    def _written_singly(self, plans: list[Plan]) -> tuple[list[Plan], list[ImportRow]]:
        """Line by line, each in a savepoint: the line that the database does not take is refused, and no other."""
        found: list[Plan] = []
        rows: list[ImportRow] = []
        for plan in plans:
            try:
                with transaction.atomic():
                    rows += write(self.one, self.plans.kind, [plan])
                found.append(plan)
            except (IntegrityError, DataError) as error:
                reason = _("The database does not take it: %(error)s") % {"error": str(error).splitlines()[0][:200]}
                found.append(with_problem(plan, Problem("", reason, _("Compare it with what is there already."))))
        return found, rows
