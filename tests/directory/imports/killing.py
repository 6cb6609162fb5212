"""Kill a worker at a statement of an import, let another go on, and compare every table with an undisturbed run."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, connections

from kithkin.platform.models import Import, ImportState
from kithkin.platform.services.imports import run_import, undo_import, work_on_import
from tests.cast import Cast
from tests.directory.imports.kept_tables import Tables, differences, highest, told


@dataclass(frozen=True)
class Trial:
    """One kind of file: what is there before it comes, how its columns are matched, and what is compared."""

    prepared: Callable[[Cast, str], Import]
    matched: Callable[[Import], None] = lambda _one: None
    told: Callable[[dict[str, int], str], Tables] = told


Journey = Callable[[Trial, Import], None]


def forwards(trial: Trial, one: Import) -> None:
    """From the upload to the end of the run, whatever was done already."""
    if one.state == ImportState.MATCHING:
        trial.matched(one)
    _carry_on(one)
    run_import(one=one)
    _carry_on(one)


def backwards(_trial: Trial, one: Import) -> None:
    """From the end of the run to the end of the undoing."""
    undo_import(one=one)
    _carry_on(one)


def _carry_on(one: Import) -> None:
    """What the queue does: start the job again, also where a dead worker's lease has run out."""
    for _ in range(100):
        one.refresh_from_db()
        assert one.failure == ""
        if not one.is_working:
            return
        Import.objects.filter(pk=one.pk).update(lease_until=None)
        work_on_import(one.pk)
    raise AssertionError("it does not end")


def killed(trial: Trial, journey: Journey, one: Import, statement: int, *, after: bool) -> bool:
    """Go on the journey in a child that dies before, or right after, that statement."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        _live_until(partial(journey, trial, one), statement, after=after)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"it lived, and ended with {os.waitstatus_to_exitcode(status)}"
    return os.WTERMSIG(status) == signal.SIGKILL


def _live_until(go: Callable[[], None], statement: int, *, after: bool) -> None:
    seen = 0

    def watch(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == statement and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    try:
        with connection.execute_wrapper(watch):
            go()
    except BaseException:  # noqa: BLE001 (a child says what is wrong, and never comes back)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def undisturbed(
    cast: Cast, trial: Trial, prefix: str, journey: Journey, before: Journey | None
) -> tuple[Tables, list[str]]:
    """What the tables hold after a journey in peace, and its statements."""
    since, statements = highest(), []

    def watch(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    one = trial.prepared(cast, prefix)
    if before:
        before(trial, one)
    with connection.execute_wrapper(watch):
        journey(trial, one)
    return trial.told(since, prefix), statements


def moments(statements: list[str], *, writes: bool) -> list[tuple[int, bool]]:
    """When to kill: before each statement, or each that writes, and behind each that ends a chunk's transaction.

    Behind any other statement nothing is committed that was not before it.
    """
    found = []
    for place, sql in enumerate(statements, 1):
        if not (writes and sql.startswith("SELECT")):
            found.append((place, False))
        if sql.startswith('UPDATE "platform_import" SET'):
            found.append((place, True))
    return found


def differ(
    cast: Cast, trial: Trial, journey: Journey, before: Journey | None, *, writes: bool
) -> tuple[int, dict[str, list[tuple[Any, ...]]]]:
    """How many moments were tried, and of each that left something else behind its statement and what differs."""
    undisturbed(cast, trial, "k998", journey, before)  # the first time, Django looks more up
    expected, statements = undisturbed(cast, trial, "k999", journey, before)
    places = moments(statements, writes=writes)
    found = {}
    for place, (statement, after) in enumerate(places, 1):
        prefix = f"k{place:03d}"
        since = highest()
        one = trial.prepared(cast, prefix)
        if before:
            before(trial, one)
        assert killed(trial, journey, one, statement, after=after)
        one.refresh_from_db()
        journey(trial, one)
        if different := differences(trial.told(since, prefix), expected):
            found[statements[statement - 1]] = different
    return len(places), found
