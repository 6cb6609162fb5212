"""The engine of this process: one, made when it is first asked."""

from __future__ import annotations

import importlib
import os
import threading

from django.conf import settings

from kithkin.insights.engines.catalogue import Catalogue
from kithkin.insights.engines.duck import DuckDB
from kithkin.insights.engines.kept import Kept
from kithkin.insights.engines.protocol import Engine
from kithkin.insights.warehouse.failures import WarehouseError
from kithkin.insights.warehouse.place import Place, place

_Chosen = tuple[int, Place, str]
_made: dict[_Chosen, Engine] = {}
_lock = threading.Lock()


def engine() -> Engine:
    """DuckDB, or Spark where KITHKIN_SPARK names one. A process that was forked makes its own."""
    where, spark = place(), str(settings.SPARK)
    wanted = (os.getpid(), where, spark)
    with _lock:
        if wanted not in _made:
            _made.clear()
            _made[wanted] = _spark(where, spark) if spark else duck(where)
        return _made[wanted]


def duck(where: Place) -> DuckDB:
    """DuckDB as the settings want it."""
    threads = settings.QUERY_THREADS or os.cpu_count() or 1
    return DuckDB(Catalogue(where), Kept(), memory_mb=settings.QUERY_MEMORY_MB, threads=threads)


def _spark(where: Place, address: str) -> Engine:
    try:
        module = importlib.import_module("kithkin.insights.engines.spark")
    except ImportError as error:
        raise WarehouseError(
            f"KITHKIN_SPARK is set, and Spark's client is not installed ({error.name}): pip install 'kithkin[spark]'"
        ) from error
    made: Engine = module.Spark(Catalogue(where), Kept(), address=address)
    return made
