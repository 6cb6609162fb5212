"""Where a table begins: new, gone, taken back to an earlier state, or of a shape that no file of it has."""

from __future__ import annotations

import structlog
from django.db import transaction

from kithkin.insights.models import Loaded
from kithkin.insights.warehouse.lease import Lease
from kithkin.insights.warehouse.pending import note_everything
from kithkin.insights.warehouse.place import Place, place
from kithkin.insights.warehouse.store import Stored, create_table, drop_table, is_lost, open_table
from kithkin.platform.models import FactChange
from kithkin.platform.registries.facts import FactTable, fact_tables

log = structlog.get_logger(__name__)


def opened(lease: Lease, table: FactTable, where: Place) -> Stored:
    """The table, ready to be written; where it cannot go on from what is there, it begins anew and says why."""
    told = lease.read().table_version
    found = open_table(table.name, where)
    if found is None or told < 0 or found.version < told or not found.fits(table):
        if told >= 0:
            log.warning("warehouse table is loaded anew", table=table.name, because=_reason(found, told))
        return _begun(table, where)
    found.grow(table)
    return found


def _reason(found: Stored | None, told: int) -> str:
    if found is None:
        return "it is gone"
    return "it is older than what was loaded" if found.version < told else "a column has another type"


def _begun(table: FactTable, where: Place) -> Stored:
    """Empty, with everything to load. Killed in between, it begins anew again: its version is told last."""
    Loaded.objects.filter(table=table.name).update(table_version=-1, rows=0)
    drop_table(table.name, where)
    made = create_table(table, where)
    with transaction.atomic():
        note_everything(table.name)
        Loaded.objects.filter(table=table.name).update(table_version=made.version, rows=0)
    return made


def known_tables() -> dict[str, FactTable]:
    """Those that the rooms have now; new ones and lost ones are noted, those whose program is gone are dropped."""
    tables, where = fact_tables(), place()
    known = dict(Loaded.objects.values_list("table", "table_version"))
    for name in sorted(tables):
        if name not in known or (known[name] >= 0 and is_lost(name, where)):
            with transaction.atomic():
                Loaded.objects.get_or_create(table=name)
                note_everything(name)
    noted = FactChange.objects.exclude(table__in=tables).order_by("table").values_list("table", flat=True).distinct()
    for name in sorted({*(known.keys() - tables.keys()), *noted}):
        _forget_table(name, where)
    return tables


def _forget_table(name: str, where: Place) -> None:
    drop_table(name, where)
    with transaction.atomic():
        FactChange.objects.filter(table=name).delete()
        Loaded.objects.filter(table=name).delete()


def start_afresh() -> int:
    """The truth is another one, as after a restore: every table is dropped, the next load begins anew; how many."""
    where = place()
    names = {*where.names(), *Loaded.objects.values_list("table", flat=True)}
    for name in sorted({*names, *fact_tables()}):
        _forget_table(name, where)
    return len(names)
