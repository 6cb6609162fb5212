"""Whatever goes wrong while loading, nothing is lost, nothing is there twice, and what is wrong is said."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kithkin.insights.models import Loaded
from kithkin.insights.warehouse import Full, Newer, load_pending, rebuild, upkeep
from kithkin.insights.warehouse.failures import Overtaken
from kithkin.insights.warehouse.lease import LEASE, LeaseLost, held
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.models import FactChange
from tests.insights.warehouse.killed import STEPS
from tests.insights.warehouse.ledger import some, stored
from tests.installations import CAST

OURS = "from tests.insights.warehouse import killed"


def test_a_full_folder_is_said_and_loading_goes_on_once_there_is_room(truth):
    truth.put(some(range(1, 50)))
    load_pending()
    truth.put(some(range(50, 3_000), words="long " * 200))
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limit[1]))
    try:
        with pytest.raises(Full, match="Make room"):
            load_pending()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert len(stored(truth)) == 49
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_a_folder_that_was_deleted_is_loaded_anew(truth, warehouse):
    truth.put(some(range(1, 50)))
    load_pending()
    shutil.rmtree(warehouse)
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_a_folder_that_was_put_back_to_an_earlier_state_is_loaded_anew(truth, warehouse, tmp_path):
    truth.put(some(range(1, 50)))
    load_pending()
    shutil.copytree(warehouse, tmp_path / "kept")
    truth.put(some([60]))
    load_pending()
    shutil.rmtree(warehouse)
    shutil.copytree(tmp_path / "kept", warehouse)
    truth.put(some([70]))
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_half_written_files_are_no_part_of_the_table_and_are_swept_away(truth, warehouse):
    truth.put(some(range(1, 50)))
    load_pending()
    half = warehouse / "notes" / "month=2026-02" / "part-half.parquet"
    half.write_bytes(b"PAR1 half")
    long_ago = (timezone.now() - timedelta(days=3)).timestamp()
    os.utime(half, (long_ago, long_ago))
    assert stored(truth) == truth.as_rows()
    upkeep()
    assert not half.exists()
    assert stored(truth) == truth.as_rows()


def test_files_that_are_cut_short_are_found_and_the_table_is_loaded_anew(truth):
    truth.put(some(range(1, 50)))
    load_pending()
    one = Path(open_table("notes", place()).files[0])
    one.write_bytes(one.read_bytes()[:100])
    upkeep()
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_a_log_that_cannot_be_read_is_made_anew_by_upkeep(truth, warehouse):
    truth.put(some(range(1, 50)))
    load_pending()
    for entry in (warehouse / "notes" / "_delta_log").glob("*.json"):
        entry.write_text('{"half')
    upkeep()
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_a_table_of_a_later_release_is_left_alone_until_somebody_says_so(truth, warehouse):
    truth.put(some(range(1, 50)))
    load_pending()
    log = warehouse / "notes" / "_delta_log"
    newest = max(log.glob("*.json"))
    protocol = {"protocol": {"minReaderVersion": 99, "minWriterVersion": 99}}
    (log / f"{int(newest.stem) + 1:020d}.json").write_text(json.dumps(protocol) + "\n")
    truth.put(some([60]))
    with pytest.raises(Newer, match="a later release wrote"):
        load_pending()
    assert FactChange.objects.exists()
    rebuild()
    assert stored(truth) == truth.as_rows()


def test_a_lease_keeps_others_away_until_it_is_given_back(truth):
    load_pending()
    truth.put(some([1]))
    with held("notes") as lease:
        assert lease is not None
        load_pending()
        assert stored(truth) == []
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_the_lease_of_a_killed_loader_ends_by_itself(truth):
    load_pending()
    truth.put(some([1]))
    Loaded.objects.update(leased_until=timezone.now() - timedelta(seconds=1), leased_by="killed")
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_a_lease_from_before_the_clock_was_set_back_holds_no_longer(truth):
    load_pending()
    truth.put(some([1]))
    Loaded.objects.update(leased_until=timezone.now() + LEASE + timedelta(hours=1), leased_by="killed")
    load_pending()
    assert stored(truth) == truth.as_rows()


def test_who_lost_the_lease_stops(truth):
    load_pending()
    with held("notes") as lease:
        Loaded.objects.update(leased_by="another")
        with pytest.raises(LeaseLost):
            lease.renew()


def test_of_two_loaders_that_began_from_one_state_the_slower_is_refused(truth):
    """Even where both only add rows, which a Delta table by itself would let pass."""
    truth.put(some(range(1, 10)))
    load_pending()
    slow, quick = open_table("notes", place()), open_table("notes", place())
    rows = truth.table.rows(1, 9)
    later = rows.set_column(0, rows.schema.field(0), [[key + 100 for key in range(1, 10)]])
    quick.replace([(101, 109)], later)
    with pytest.raises(Overtaken):
        slow.replace([(101, 109)], later)
    assert open_table("notes", place()).rows == 18


def test_a_loader_that_is_killed_at_any_step_loses_nothing_and_does_nothing_twice(fresh):
    """Each is started after the one before it was killed, looks at what came of that, and is killed itself."""
    said = []
    with fresh().migrate().forking(OURS) as loaders:
        loaders.python(CAST)
        for number, (step, after) in enumerate(STEPS):
            status, last = loaders.ended(f"{OURS}; killed.finish({number}); killed.end_at({step!r}, {after}, {number})")
            assert (step, after, status) == (step, after, -signal.SIGKILL)
            said.append(last)
        said.append(loaders.python(f"{OURS}; killed.finish({len(STEPS)})"))
    assert said == ["the same\n"] * (len(STEPS) + 1)
