"""A rebuild gives what loading piece by piece gave, whatever happened before."""

from __future__ import annotations

import threading
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithkin.insights.models import Loaded
from kithkin.insights.warehouse import Busy, load_pending, rebuild
from kithkin.insights.warehouse.lease import held
from kithkin.platform.models import FactChange
from kithkin.platform.registries.facts import FactKind
from tests.insights.warehouse.ledger import Truth, brought, some, stored

KEYS = st.lists(st.integers(1, 400), min_size=1, max_size=30)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), KEYS, st.sampled_from(["a", "b", None])),
        st.tuples(st.just("remove"), KEYS),
        st.tuples(st.just("grow"), st.sampled_from(list(FactKind))),
        st.tuples(st.just("load")),
    ),
    min_size=3,
    max_size=12,
)
VALUES = {FactKind.CATEGORY: "x", FactKind.TEXT: "y", FactKind.TRUTH: True, FactKind.ID: 7}


def live(truth, step):
    if step[0] == "put":
        grown = {column.name: VALUES.get(column.kind) for column in truth.columns if column.name.startswith("g")}
        truth.put(some(step[1], words=step[2], **grown))
    elif step[0] == "remove":
        truth.remove(step[1])
    elif step[0] == "grow":
        truth.grow(f"g{len(truth.columns)}", step[1])
    else:
        load_pending()


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_both_ways_give_the_truth(tmp_path, steps):
    number = uuid.uuid4()  # an example may be tried twice
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.WAREHOUSE", str(tmp_path / number.hex))
        patch.setattr("kithkin.insights.warehouse.pending.READ", 50)
        patch.setattr("kithkin.insights.warehouse.loading.COMMIT_RANGES", 3)
        truth = Truth(f"t{number.hex}")
        with brought(truth):
            for step in steps:
                live(truth, step)
            load_pending()
            piece_by_piece = stored(truth)
            rebuild()
            assert piece_by_piece == truth.as_rows()
            assert stored(truth) == truth.as_rows()
            live(truth, ("put", [3, 401], "c"))
            load_pending()
            assert stored(truth) == truth.as_rows()


def test_a_rebuild_is_one_commit_and_leaves_nothing_to_load(truth):
    truth.put(some(range(1, 300)))
    load_pending()
    truth.put(some(range(250, 350)))
    version = Loaded.objects.get().table_version
    assert rebuild() == 349
    assert stored(truth) == truth.as_rows()
    assert Loaded.objects.get().table_version == version + 1
    assert not FactChange.objects.exists()


def test_columns_that_no_room_brings_any_more_go(truth):
    truth.grow("gone", FactKind.NUMBER)
    truth.put(some([1], gone=1.0))
    load_pending()
    truth.columns = truth.columns[:-1]
    rebuild()
    assert stored(truth) == truth.as_rows()


def test_a_rebuild_of_nothing_is_an_empty_table(truth):
    assert rebuild("notes") == 0
    assert stored(truth) == []


def test_another_name_than_a_table_has_is_refused(truth):
    with pytest.raises(LookupError, match="There are: notes"):
        rebuild("nothing")


def test_where_the_truth_cannot_be_read_the_table_stays_as_it_was(truth, monkeypatch):
    truth.put(some(range(1, 50)))
    load_pending()
    was = stored(truth)
    rows, asked = truth._rows, []

    def breaks(first, last):
        asked.append(first)
        if len(asked) > 1:
            raise OSError("the database went away")
        return rows(first, last)

    monkeypatch.setattr("kithkin.insights.warehouse.pending.READ", 20)
    monkeypatch.setattr(truth, "_rows", breaks)
    with pytest.raises(OSError, match="went away"):
        rebuild()
    monkeypatch.undo()
    assert stored(truth) == was
    assert threading.active_count() == 1


def test_a_table_that_somebody_loads_is_left_alone(truth):
    load_pending()
    with held("notes"), pytest.raises(Busy, match="Try again"):
        rebuild()
