"""Which files make up a table now. Looked at before every question, and read anew only where it changed."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from kithkin.insights.warehouse.place import LOG, Place
from kithkin.insights.warehouse.store import Stored, open_table

REMOTE_SECONDS = 2.0
"""For so long an object store is not asked again."""
_Sign = tuple[object, ...]


@dataclass(frozen=True)
class Snapshot:
    """A table at one version."""

    name: str
    version: str
    files: tuple[str, ...]
    schema: pa.Schema
    stored: Stored = field(compare=False, repr=False)


class Catalogue:
    """The tables of one place, each as it was last seen."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._seen: dict[str, tuple[_Sign, Snapshot | None]] = {}
        self._lock = threading.Lock()

    def snapshot(self, name: str) -> Snapshot | None:
        """The table as it is now; None where there is none."""
        sign = self._sign(name)
        with self._lock:
            known = self._seen.get(name)
        if known is not None and known[0] == sign:
            return known[1]
        found = open_table(name, self.place)
        made = None
        if found is not None:
            made = Snapshot(name, found.identity, tuple(found.files), found.schema, found)
        with self._lock:
            self._seen[name] = (sign, made)
        return made

    def look_again(self, name: str) -> None:
        """Whatever was seen of it holds no longer."""
        with self._lock:
            self._seen.pop(name, None)

    def _sign(self, name: str) -> _Sign:
        """What is different as soon as the table is: the newest entry of its log, and which file that is."""
        if self.place.folder is None:
            return (int(time.monotonic() / REMOTE_SECONDS),)
        try:
            with os.scandir(Path(self.place.table(name)) / LOG) as entries:
                newest = max((one.name for one in entries if one.name.endswith(".json")), default="")
            seen = (Path(self.place.table(name)) / LOG / newest).stat()
        except OSError:
            return ("",)
        return (newest, seen.st_ino, seen.st_mtime_ns, seen.st_size)
