"""What a room noted is in the warehouse after the next load: once, and as the truth has it now."""

from __future__ import annotations

import pytest

from kithkin.insights.models import Loaded
from kithkin.insights.warehouse import load_pending
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.models import FactChange
from kithkin.platform.registries.facts import FactColumn, FactKind
from tests.insights.warehouse.ledger import COLUMNS, Truth, brought, some, stored


def test_new_rows_arrive(truth):
    truth.put(some(range(1, 50)))
    assert load_pending() is False
    assert stored(truth) == truth.as_rows()
    assert not FactChange.objects.exists()
    assert Loaded.objects.get().rows == 49


def test_changed_rows_take_the_place_of_the_old(truth):
    truth.put(some(range(1, 50)))
    load_pending()
    truth.put(some([3, 48], words="other", month="2027-01"))
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_rows_that_are_gone_go(truth):
    truth.put(some(range(1, 50)))
    load_pending()
    truth.remove([*range(1, 20), 49])
    load_pending()
    assert [row["key"] for row in stored(truth)] == list(range(20, 49))
    truth.remove(range(1, 100))
    load_pending()
    assert stored(truth) == []
    truth.put(some([7]))
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_loading_again_changes_nothing(truth):
    truth.put(some(range(1, 50)))
    load_pending()
    version = Loaded.objects.get().table_version
    assert load_pending() is False
    assert Loaded.objects.get().table_version == version


def test_a_table_without_rows_is_there_and_empty(truth):
    load_pending()
    assert stored(truth) == []


def test_what_was_there_before_the_warehouse_is_loaded_without_a_note(truth):
    truth.rows.update(some(range(1, 30)))
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_new_columns_are_added_and_empty_for_older_rows(truth):
    truth.put(some(range(1, 5)))
    load_pending()
    truth.grow("why", FactKind.CATEGORY)
    truth.put(some([9], why="price"))
    load_pending()
    assert [(row["key"], row["why"]) for row in stored(truth)] == [
        (1, None),
        (2, None),
        (3, None),
        (4, None),
        (9, "price"),
    ]


def test_a_column_that_no_room_brings_any_more_is_no_hindrance(truth):
    truth.put(some(range(1, 5)))
    load_pending()
    truth.columns = COLUMNS[:2]
    truth.put(some([9]))
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_a_column_of_another_type_has_the_table_loaded_anew(truth):
    truth.put(some(range(1, 5)))
    load_pending()
    truth.columns = (FactColumn("score", FactKind.CATEGORY), *COLUMNS[1:])
    truth.rows = some(range(1, 5), score="many")
    truth.put(some([7], score="few"))
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_a_table_whose_program_is_gone_is_dropped(truth, warehouse):
    truth.put(some(range(1, 5)))
    load_pending()
    assert (warehouse / "notes").is_dir()
    truth.there = False
    truth.put(some([6]))
    load_pending()
    assert list(warehouse.iterdir()) == []
    assert (Loaded.objects.count(), FactChange.objects.count()) == (0, 0)


def test_much_is_loaded_in_several_turns_and_the_rest_is_told(truth, monkeypatch):
    monkeypatch.setattr("kithkin.insights.warehouse.pending.READ", 40)
    monkeypatch.setattr("kithkin.insights.warehouse.loading.COMMIT_BYTES", 1)
    truth.put(some(range(1, 200)))
    assert load_pending(seconds=0.0) is True
    turns = 0
    while load_pending(seconds=0.001):
        turns += 1
    assert turns > 2
    assert stored(truth) == truth.as_rows()


def test_a_room_that_hands_over_other_columns_than_it_says_is_told_so(truth, monkeypatch):
    truth.put(some([1]))
    rows = truth._rows
    monkeypatch.setattr(truth, "_rows", lambda first, last: rows(first, last).drop_columns(["unit"]))
    with pytest.raises(TypeError, match="other columns than it says"):
        load_pending()
    assert FactChange.objects.exists()


@pytest.mark.django_db
def test_one_table_that_cannot_be_loaded_keeps_none_of_the_others_from_it(monkeypatch):
    bad, good = Truth("a_bad_one"), Truth("good")
    with brought(bad, good):
        bad.put(some([1]))
        good.put(some([1]))
        monkeypatch.setattr(bad, "_rows", lambda _first, _last: pytest.fail("broken"))
        with pytest.raises(BaseException, match="broken"):
            load_pending()
        monkeypatch.undo()
        load_pending()
        assert stored(good) == good.as_rows()


def test_the_log_holds_no_text_of_anybody(truth, warehouse):
    truth.put(some(range(1, 50), words="Quellmalz was here"))
    load_pending()
    truth.put(some([3], words="Quellmalz was there"))
    load_pending()
    logs = list((warehouse / "notes" / "_delta_log").glob("*"))
    assert logs != []
    assert [log.name for log in logs if b"Quellmalz" in log.read_bytes()] == []


def test_the_largest_key_and_the_rows_are_known_from_the_log(truth):
    truth.put(some([5, 2**40]))
    load_pending()
    found = open_table("notes", place())
    assert (found.largest, found.rows) == (2**40, 2)
