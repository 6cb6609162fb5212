"""How each table is, looked at in its files."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.insights.warehouse.failures import WarehouseError
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.registries.facts import fact_tables


@dataclass(frozen=True)
class Standing:
    """One table; `trouble` says what is wrong with it, or "" where nothing is."""

    name: str
    rows: int = 0
    files: int = 0
    bytes: int = 0
    trouble: str = ""


def standings() -> tuple[str, list[Standing]]:
    """Where the warehouse is, and every table that the rooms have."""
    where = place()
    found = []
    for name in sorted(fact_tables()):
        try:
            stored = open_table(name, where)
        except WarehouseError as error:
            found.append(Standing(name, trouble=str(error)))
            continue
        if stored is None:
            found.append(Standing(name, trouble="not loaded yet"))
        else:
            found.append(Standing(name, stored.rows, len(stored.files), stored.bytes))
    return where.root, found
