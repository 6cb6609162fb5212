"""The directory that holds all that an installation keeps: database, uploads, secrets, mail that could not leave."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def place() -> Path:
    """`KITHKIN_HOME`, else `kithkin` in the user's data directory; whether it is there or not."""
    named = os.environ.get("KITHKIN_HOME")
    base = os.environ.get("XDG_DATA_HOME")
    path = Path(named).expanduser() if named else (Path(base) if base else Path.home() / ".local" / "share") / "kithkin"
    return path.resolve()


def home() -> Path:
    """That place; made (mode 700) where it is not there."""
    path = place()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret(path: Path) -> str:
    """The secret in this file (mode 600), made up once; two processes that start together agree on one."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(48)
        file.write(made)
    return made


def _written(path: Path) -> str:
    found = path.read_text("ascii").strip()
    if len(found) < 32:
        raise RuntimeError(
            f"{path}: the secret in this file is cut short. Restore it from a backup, or delete the file."
        )
    return found
