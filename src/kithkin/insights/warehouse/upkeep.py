"""Few files rather than many, none that nobody reads, and no byte of somebody who was erased."""

from __future__ import annotations

import time

import structlog

from kithkin.insights.models import Loaded
from kithkin.insights.warehouse.failures import Damaged, Overtaken
from kithkin.insights.warehouse.lease import held
from kithkin.insights.warehouse.loading import load_table
from kithkin.insights.warehouse.place import Place, place
from kithkin.insights.warehouse.shape import long_texts
from kithkin.insights.warehouse.starting import known_tables
from kithkin.insights.warehouse.store import Stored, drop_table, open_table
from kithkin.platform.models import FactChange
from kithkin.platform.registries.facts import FactTable

KEPT_HOURS = 24
"""How long files stay that were replaced: whoever reads them has ended by then."""
SECONDS = 20.0
PAUSE = 0.5
"""Before the next look at a table that somebody else is at."""
LOOSE = 16
"""So many files more than months are worth bringing together."""
log = structlog.get_logger(__name__)


def upkeep(after: str = "", seconds: float = SECONDS) -> str | None:
    """Bring small files together and delete old ones, table by table; after which to go on, None at the end.

    A table whose files are not as the log says is dropped, and loads itself again.
    """
    until, tables, where = time.monotonic() + seconds, known_tables(), place()
    for name in sorted(tables):
        if name > after:
            _tended(tables[name], where)
            if time.monotonic() > until:
                return name
    return None


def forget(after: str = "", seconds: float = SECONDS) -> str | None:
    """Load all that was noted, then delete every file that nobody reads, new or old; after which table to go on.

    So nothing is left of rows that are gone from the truth. Readers whose files vanish ask again.
    """
    until, tables, where = time.monotonic() + seconds, known_tables(), place()
    for name in sorted(tables):
        if name > after:
            while not _forgotten(tables[name], until, where):
                if time.monotonic() > until:
                    return after
                time.sleep(PAUSE)
            after = name
            if time.monotonic() > until:
                return after
    return None


def _tended(table: FactTable, where: Place) -> None:
    with held(table.name) as lease:
        stored = _sound(table.name, where) if lease is not None else None
        if stored is None:
            return
        try:
            if stored.loose > LOOSE:
                stored.compact(long_texts(table))
            stored.sweep(KEPT_HOURS)
        except Overtaken:
            return
        Loaded.objects.filter(table=table.name, table_version__gte=0).update(table_version=stored.version)


def _forgotten(table: FactTable, until: float, where: Place) -> bool:
    load_table(table, until)
    return not FactChange.objects.filter(table=table.name).exists() and _swept(table.name, where)


def _swept(name: str, where: Place) -> bool:
    with held(name) as lease:
        stored = open_table(name, where) if lease is not None else None
        if stored is None:
            return lease is not None
        try:
            stored.fence()
            stored.sweep(0)
        except Overtaken:
            return False
        Loaded.objects.filter(table=name, table_version__gte=0).update(table_version=stored.version)
        return True


def _sound(name: str, where: Place) -> Stored | None:
    """The table, if all its files are there and as long as they were written; otherwise it is dropped."""
    try:
        stored = open_table(name, where)
    except Damaged as error:
        log.warning("warehouse table is damaged and is loaded anew", table=name, because=str(error))
        drop_table(name, where)
        return None
    if stored is not None and where.folder is not None:
        broken = [path for path, size in stored.sizes if not path.is_file() or path.stat().st_size != size]
        if broken:
            log.warning("warehouse table lacks files and is loaded anew", table=name, files=len(broken))
            drop_table(name, where)
            return None
    return stored
