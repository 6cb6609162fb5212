"""DuckDB answers questions about what was loaded, as it is at this moment."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from ibis import _

from kithkin.insights.engines import Cancelled, engine, table_of
from kithkin.insights.warehouse import Damaged, load_pending, upkeep
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.registries.facts import FactKind
from tests.insights.warehouse.ledger import some


def counts(truth):
    cells = engine().cells(table_of(truth.table).group_by("unit").agg(n=_.count(), total=_.score.cast("float64").sum()))
    return sorted((row["unit"], row["n"], row["total"]) for row in cells.to_pylist())


def expected(truth):
    units = sorted({row["unit"] for row in truth.rows.values()})
    scores = {unit: [row["score"] for row in truth.rows.values() if row["unit"] == unit] for unit in units}
    return [(unit, len(found), sum(found)) for unit, found in scores.items()]


def test_groups_are_counted(truth):
    truth.put(some(range(1, 100)))
    load_pending()
    assert counts(truth) == expected(truth)


def test_an_answer_follows_the_table(truth):
    for keys in ([1, 2], [3], [2]):
        truth.put(some(keys))
        load_pending()
        assert counts(truth) == expected(truth)
    truth.remove([1])
    load_pending()
    assert counts(truth) == expected(truth)


def test_a_table_that_was_never_loaded_has_no_rows(truth):
    assert counts(truth) == []
    load_pending()
    assert counts(truth) == []


def test_a_column_that_no_row_has_yet_is_empty(truth):
    truth.put(some([1, 2]))
    load_pending()
    truth.grow("why", FactKind.CATEGORY)
    ask = table_of(truth.table).group_by("why").agg(n=_.count())
    assert engine().cells(ask).to_pylist() == [{"why": None, "n": 2}]
    truth.put(some([3], why="price"))
    load_pending()
    assert sorted(engine().cells(ask).to_pylist(), key=str) == [{"why": "price", "n": 1}, {"why": None, "n": 2}]


def test_the_version_is_another_after_a_change_and_after_beginning_anew(truth, warehouse):
    assert engine().version("notes") == ""
    versions = set()
    for keys in ([1], [2]):
        truth.put(some(keys))
        load_pending()
        versions.add(engine().version("notes"))
    shutil.rmtree(warehouse / "notes")
    load_pending()
    load_pending()
    versions.add(engine().version("notes"))
    assert len(versions) == 3


def test_files_that_were_swept_away_meanwhile_are_looked_for_again(truth):
    truth.put(some(range(1, 30)))
    load_pending()
    asked = engine()
    assert counts(truth) == expected(truth)
    truth.put(some([4], unit=9))
    load_pending()
    old = asked._catalogue._seen["notes"]
    open_table("notes", place()).sweep(0)
    sign = asked._catalogue._sign("notes")
    asked._catalogue._seen["notes"] = (sign, old[1])  # as if it had looked just before
    asked._kept.clear()
    assert counts(truth) == expected(truth)


def test_a_damaged_file_is_said_with_what_to_do(truth):
    truth.put(some(range(1, 30)))
    load_pending()
    for file in open_table("notes", place()).files:
        Path(file).write_bytes(b"PAR1 not")
    with pytest.raises(Damaged, match="kithkin warehouse rebuild"):
        counts(truth)


def test_a_missing_file_is_said_and_upkeep_mends_it(truth):
    truth.put(some(range(1, 30)))
    load_pending()
    Path(open_table("notes", place()).files[0]).unlink()
    with pytest.raises(Damaged, match="kithkin warehouse rebuild"):
        counts(truth)
    upkeep()
    load_pending()
    assert counts(truth) == expected(truth)


def test_a_long_question_can_be_cancelled(truth):
    truth.put(some(range(1, 200)))
    load_pending()
    one = table_of(truth.table)
    wide = one.cross_join(one.view()).cross_join(one.view()).cross_join(one.view()).cross_join(one.view())
    met = []

    def ask():
        try:
            engine().cells(wide.agg(n=_.score.sum() + _.key.nunique()), ticket="t1")
        except Cancelled:
            met.append("cancelled")

    thread = threading.Thread(target=ask)
    thread.start()
    while not engine()._asked_for and thread.is_alive():
        threading.Event().wait(0.01)
    engine().cancel("t1")
    thread.join(30)
    assert met == ["cancelled"]


def test_only_the_warehouse_can_be_read(truth):
    truth.put(some([1]))
    load_pending()
    with engine()._database.cursor() as cursor, pytest.raises(Exception, match="Cannot access"):
        cursor.execute("SELECT * FROM read_text('/etc/passwd')")


def test_the_same_question_is_answered_from_memory(truth):
    truth.put(some(range(1, 100)))
    load_pending()
    ask = table_of(truth.table).group_by("unit").agg(n=_.count())
    assert engine().cells(ask) is engine().cells(ask)


def test_an_address_of_an_object_store_is_read_through_deltalake(truth, settings, warehouse):
    settings.WAREHOUSE = f"file://{warehouse}"
    warehouse.mkdir()
    truth.put(some(range(1, 100)))
    load_pending()
    assert counts(truth) == expected(truth)
    truth.grow("why", FactKind.CATEGORY)
    ask = table_of(truth.table).agg(n=_.why.count(), all=_.count())
    assert engine().cells(ask).to_pylist() == [{"n": 0, "all": 99}]


def test_many_threads_may_ask_at_once(truth):
    truth.put(some(range(1, 500)))
    load_pending()
    asked, one, found = engine(), table_of(truth.table), []

    def ask(number):
        found.append((number, asked.cells(one.filter(_.key <= number).agg(n=_.count()))["n"][0].as_py()))

    threads = [threading.Thread(target=ask, args=[number]) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [(number, number) for number in range(40)]


def test_more_tables_and_versions_than_are_kept_are_no_hindrance(truth, monkeypatch):
    monkeypatch.setattr("kithkin.insights.engines.duck._VIEWS", 2)
    for key in range(1, 8):
        truth.put(some([key]))
        load_pending()
        assert counts(truth) == expected(truth)
    assert len(engine()._views) == 2
