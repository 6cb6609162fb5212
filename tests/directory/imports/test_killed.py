"""A worker is killed at every statement in turn: when another goes on, every table is as if nothing had happened."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from kithkin.directory.models import Account
from kithkin.platform.models import Import, ImportState
from kithkin.platform.services.imports import check_import, run_import, undo_import, work_on_import, working
from tests.cast import Cast, make_cast, make_kith
from tests.directory.imports.files import upload
from tests.directory.imports.kept_tables import Tables, differences, highest, told

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = ("number", "name", "email", "phone", "side", "account", "unit", "tied_to", "tied_as")
MAPPING = {column: column for column in COLUMNS}
FILE = """number,name,email,phone,side,account,unit,tied_to,tied_as
{0}-1,Kim B,{0}kim@x.example,,kith,,,{0}-9,family
{0}-2,Lee,{0}lee@x.example,,kith,Acme,,,
{0}-3,Max,not an address,,kith,,,{0}-1,family
{0}-4,Ada,,+49 30 1234567,kin,,IT,,
{0}-5,Bo,{0}bo@x.example,,kith,,,{0}-3,payer
{0}-5,Bo again,,,kith,,,,
{0}-7,Cy
{0}-8,Dot,,,kin,,IT,,
{0}-9,Eve,{0}eve@x.example,,both,Acme,IT,{0}-1;{0}-2,family;user
,Fay,fay.{0}@customer.example,,kith,,,{0}eve@x.example,payer
,Gil {0},,,kith,Acme,,,
{0}-12,Hal,,,kith,Nobody,,{0}-99,payer
"""
Journey = Callable[[Import], None]


@pytest.fixture
def cast(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Cast:
    settings.IMPORT_CHUNK_LINES = 4
    monkeypatch.setattr(working, "BREATH", 0)
    monkeypatch.setattr("kithkin.platform.services.imports.undoing.LINES", 4)
    found = make_cast()
    Account.objects.create(name="Acme", number="C-1")
    return found


def prepared(cast: Cast, prefix: str) -> Import:
    """People who are there already, and a file about them and others."""
    make_kith("Kim", external_id=f"{prefix}-1", language="de")
    make_kith(f"Fay {prefix}")
    make_kith("Bo", external_id=f"{prefix}-5")
    return upload(cast.alice, FILE.format(prefix), name="people.csv")


def forwards(one: Import) -> None:
    """From the upload to the end of the run, whatever was done already."""
    check_import(one=one, mapping=MAPPING, options={"empty": "keep"}) if one.state == ImportState.MATCHING else None
    _carry_on(one)
    run_import(one=one)
    _carry_on(one)


def backwards(one: Import) -> None:
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


def killed(journey: Journey, one: Import, statement: int, *, after: bool) -> bool:
    """Go on the journey in a child that dies before, or right after, that statement."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        _live_until(journey, one, statement, after=after)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"it lived, and ended with {os.waitstatus_to_exitcode(status)}"
    return os.WTERMSIG(status) == signal.SIGKILL


def _live_until(journey: Journey, one: Import, statement: int, *, after: bool) -> None:
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
            journey(one)
    except BaseException:  # noqa: BLE001 (a child says what is wrong, and never comes back)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def undisturbed(cast: Cast, prefix: str, journey: Journey, before: Journey | None) -> tuple[Tables, list[str]]:
    """What the tables hold after a journey in peace, and its statements."""
    since, statements = highest(), []

    def watch(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    one = prepared(cast, prefix)
    if before:
        before(one)
    with connection.execute_wrapper(watch):
        journey(one)
    return told(since, prefix), statements


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


@pytest.mark.parametrize(("journey", "before", "least"), [(forwards, None, 100), (backwards, forwards, 40)])
def test_killed_at_any_statement_and_resumed_it_ends_as_if_undisturbed(cast, journey, before, least):
    undisturbed(cast, "k998", journey, before)  # the first time, Django looks more up
    expected, statements = undisturbed(cast, "k999", journey, before)
    places = moments(statements, writes=journey is backwards)
    assert len(places) > least
    for place, (statement, after) in enumerate(places, 1):
        prefix = f"k{place:03d}"
        since = highest()
        one = prepared(cast, prefix)
        if before:
            before(one)
        assert killed(journey, one, statement, after=after)
        one.refresh_from_db()
        journey(one)
        assert differences(told(since, prefix), expected) == [], statements[statement - 1]
