"""Why a backup was not written, or not brought back."""

from __future__ import annotations

import errno
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Refused(Exception):
    """What was asked cannot be done; the message says why, what was left untouched, and what to do."""


class NoSpace(Refused):
    """The disk is full."""

    def __init__(self, where: Path, untouched: str) -> None:
        super().__init__(f"{where}: there is no space left for it. Free some, or name another place. {untouched}")


def is_full(error: OSError) -> bool:
    """Whether the error says that there is no room."""
    return error.errno in _FULL
