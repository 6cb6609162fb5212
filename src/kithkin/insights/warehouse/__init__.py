"""What is counted, as Delta tables: derived from the truth, loaded piece by piece, and made anew by one command.

`load_pending` takes what the rooms noted (`FactChange`) and replaces those keys; `rebuild` writes whole tables;
`upkeep` keeps files few and deletes the old; `forget` leaves no byte of what the truth no longer holds.

No table is touched when a module is imported: deltalake panics in a process that used it and then forked.
"""

from kithkin.insights.warehouse.failures import Damaged, Full, Newer, Unreachable, WarehouseError
from kithkin.insights.warehouse.loading import load_pending
from kithkin.insights.warehouse.rebuilding import Busy, rebuild
from kithkin.insights.warehouse.standing import Standing, standings
from kithkin.insights.warehouse.starting import start_afresh
from kithkin.insights.warehouse.upkeep import forget, upkeep

__all__ = [
    "Busy",
    "Damaged",
    "Full",
    "Newer",
    "Standing",
    "Unreachable",
    "WarehouseError",
    "forget",
    "load_pending",
    "rebuild",
    "standings",
    "start_afresh",
    "upkeep",
]
