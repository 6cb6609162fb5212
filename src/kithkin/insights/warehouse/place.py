"""Where the tables are: a directory, or a place in an object store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LOG = "_delta_log"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")


@dataclass(frozen=True)
class Place:
    """The root of the warehouse, and what an object store has to be told."""

    root: str
    given: tuple[tuple[str, str], ...] = ()

    @property
    def options(self) -> dict[str, str] | None:
        """As deltalake takes them."""
        return dict(self.given) or None

    @property
    def folder(self) -> Path | None:
        """The directory, None where it is an object store."""
        return None if "://" in self.root else Path(self.root)

    def table(self, name: str) -> str:
        """Where one table is."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a fact table: small letters, digits and _ only")
        return f"{self.root.rstrip('/')}/{name}"

    def names(self) -> Iterator[str]:
        """The tables whose directories are there; of an object store, none is known by this."""
        if self.folder is not None and self.folder.is_dir():
            for one in sorted(self.folder.iterdir()):
                if _NAME.fullmatch(one.name) and (one / LOG).is_dir():
                    yield one.name


def place() -> Place:
    """This installation's."""
    return Place(str(settings.WAREHOUSE), tuple(sorted(settings.WAREHOUSE_OPTIONS.items())))
