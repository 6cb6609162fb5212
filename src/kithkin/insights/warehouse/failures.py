"""What may be wrong with the warehouse, each with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

REBUILD = "Everything in it can be made anew: kithkin warehouse rebuild"
_FULL = re.compile(r"no space left|disk quota exceeded|file too large|os error (28|122|27)\b", re.IGNORECASE)
_NEWER = re.compile(
    r"unsupported.{0,80}(version|feature)|(reader|writer) (version|feature).{0,80}(not supported|unsupported|higher)",
    re.IGNORECASE | re.DOTALL,
)
_GONE = re.compile(r"not found|no such file|no files found|os error 2\b", re.IGNORECASE)
_APART = re.compile(
    r"timed? ?out|connect|dns|permission|denied|forbidden|unauthorized|credential|error sending request", re.IGNORECASE
)


class WarehouseError(Exception):
    """The warehouse cannot be read or written; the message says why, and what to do."""


class Full(WarehouseError):
    """There is no room for it."""


class Newer(WarehouseError):
    """A later release wrote it."""


class Damaged(WarehouseError):
    """A file of it is not as it was written."""


class Unreachable(WarehouseError):
    """The place cannot be reached or may not be read."""


class Overtaken(Exception):
    """Somebody else wrote to the table since it was opened: nothing of ours was kept."""


class Gone(Exception):
    """There is no such table, or a file of it was swept away meanwhile."""


@contextmanager
def explained(name: str, where: str) -> Iterator[None]:
    """Whatever deltalake says, as one of the above."""
    try:
        yield
    except CommitFailedError as error:
        raise Overtaken(name) from error
    except TableNotFoundError as error:
        raise Gone(name) from error
    except (DeltaError, OSError, ValueError) as error:
        raise cause(str(error), name, where) from error


def cause(said: str, name: str, where: str) -> Exception:
    """What an engine's words mean."""
    short = said.strip().splitlines()[0][:200] if said.strip() else "no reason given"
    if _FULL.search(said):
        return Full(f"{where} is full: “{name}” could not be written. Make room; loading then goes on by itself.")
    if _NEWER.search(said):
        return Newer(f"{where}: a later release wrote “{name}” ({short}). Install that one. {REBUILD} --table {name}")
    if _APART.search(said):
        return Unreachable(f"{where} cannot be reached: {short}. Check KITHKIN_WAREHOUSE and the rights on it.")
    if _GONE.search(said):
        return Gone(name)
    return Damaged(f"{where}: “{name}” is damaged ({short}). {REBUILD} --table {name}")
