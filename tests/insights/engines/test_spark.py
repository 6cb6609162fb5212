"""Spark gives what DuckDB gives, cell by cell, and works in other processes than its driver."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator

import ibis
import pytest
from ibis import _

from kithkin.insights.engines import Cancelled, engine, table_of
from kithkin.insights.engines.chosen import duck
from kithkin.insights.warehouse import Unreachable, load_pending
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.registries.facts import FactKind
from tests.insights.engines.questions import question, survey
from tests.insights.engines.spark_cluster import Cluster, cluster
from tests.insights.warehouse.ledger import brought, some
from tests.with_postgres import free_port

QUESTIONS = 50
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def spark(tmp_path_factory) -> Iterator[Cluster]:
    base = tmp_path_factory.getbasetemp()
    with cluster(base.parent if base.name.startswith("popen-") else base) as one:
        yield one


@pytest.fixture
def on_spark(spark, settings):
    settings.SPARK = spark.address
    return engine()


def cells(table):
    """Rows in an order that does not depend on the engine."""
    return sorted((list(row.values()) for row in table.to_pylist()), key=lambda row: [_sortable(one) for one in row])


def _sortable(value):
    return (value is not None, round(value, 6) if isinstance(value, float) else str(value))


def alike(expected, found):
    rows = zip(expected, found, strict=False)
    return len(expected) == len(found) and all(all(map(same, *pair)) for pair in rows)


def same(ours, theirs):
    if isinstance(ours, float) and isinstance(theirs, float):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs and type(ours) is type(theirs)


def test_every_question_has_the_same_cells_on_both_engines(on_spark):
    truth = survey()
    with brought(truth):
        load_pending()
        truth.grow("why", FactKind.CATEGORY)
        truth.put(some(range(2_600, 2_650), why="price"))
        load_pending()
        here, differing, filled = duck(place()), {}, 0
        for seed in range(QUESTIONS):
            asked = question(table_of(truth.table), seed)
            expected, found = cells(here.cells(asked)), cells(on_spark.cells(asked))
            filled += len(expected)
            if not alike(expected, found):
                differing[seed] = (ibis.to_sql(asked, dialect="duckdb"), expected[:3], found[:3])
        assert differing == {}
        assert filled > 20 * QUESTIONS
        by_new = table_of(truth.table).group_by("why").agg(n=_.count())
        assert cells(on_spark.cells(by_new)) == [[None, 2_500], ["price", 50]]


def test_the_work_is_done_in_other_processes(on_spark, spark, truth):
    truth.put(some(range(1, 50)))
    load_pending()
    on_spark.cells(table_of(truth.table).agg(n=_.count()))
    (view,) = on_spark._views
    sql = f"SELECT DISTINCT reflect('java.lang.ProcessHandle', 'current') AS pid FROM {view}"
    pids = {int(row["pid"]) for row in on_spark._session.sql(sql).toArrow().to_pylist()}
    assert pids != set()
    assert spark.driver not in pids


def test_an_answer_follows_the_table(on_spark, truth):
    asked = table_of(truth.table).agg(n=_.count(), total=_.score.cast("float64").sum())
    assert cells(on_spark.cells(asked)) == [[0, None]]
    truth.put(some([1, 2]))
    load_pending()
    assert cells(on_spark.cells(asked)) == [[2, 3.0]]
    truth.put(some([2], score=5.0))
    truth.remove([1])
    load_pending()
    assert cells(on_spark.cells(asked)) == [[1, 5.0]]


def test_files_that_were_swept_away_meanwhile_are_looked_for_again(on_spark, truth):
    truth.put(some(range(1, 30)))
    load_pending()
    asked = table_of(truth.table).agg(n=_.count())
    on_spark.cells(asked)
    old = on_spark._catalogue._seen["notes"]
    truth.put(some(range(20, 40)))
    load_pending()
    open_table("notes", place()).sweep(0)
    on_spark._catalogue._seen["notes"] = (on_spark._catalogue._sign("notes"), old[1])
    on_spark._kept.clear()
    assert cells(on_spark.cells(asked)) == [[39]]


def test_a_long_question_can_be_cancelled(on_spark, truth):
    truth.put(some(range(1, 400)))
    load_pending()
    one, met = table_of(truth.table), []
    wide = one.cross_join(one.view()).cross_join(one.view()).cross_join(one.view())

    def ask():
        try:
            on_spark.cells(wide.agg(n=_.score.sum()), ticket="t1")
        except Cancelled:
            met.append("cancelled")

    thread = threading.Thread(target=ask)
    thread.start()
    while thread.is_alive():
        on_spark.cancel("t1")
        thread.join(0.5)
    assert met == ["cancelled"]


def test_a_server_that_is_not_there_is_said_so(settings, truth):
    settings.SPARK = f"sc://127.0.0.1:{free_port()}"
    with pytest.raises(Unreachable, match="Is its Connect server there"):
        engine().cells(table_of(truth.table).agg(n=_.count()))
