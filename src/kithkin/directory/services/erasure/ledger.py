"""The ledger of erasures: random ids in a file beside the database, which a restored backup is cleaned by."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from django.conf import settings


def ledger() -> Path:
    """Where it is."""
    return Path(settings.HOME) / "erasures.log"


def noted(key: uuid.UUID) -> None:
    """Add one id, and see it on the disk before anything goes on."""
    descriptor = os.open(ledger(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"{key}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keys_noted() -> frozenset[uuid.UUID]:
    """Every id in it; a line cut short by a crash is passed over, since its erasure never ended."""
    try:
        lines = ledger().read_text("ascii").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(uuid.UUID(line) for line in lines if len(line) == 36)
