"""What the directory does after a backup was brought back."""

from __future__ import annotations

from kithkin.directory.services.erasure.replay import replay_erasures
from kithkin.platform.registries.restored import AfterRestore, after_restore


def erase_again() -> str:
    """Who was erased since the backup was written is erased in what it brought back, too."""
    again = replay_erasures()
    return f"Erased again, since they were erased after this backup: {again} people." if again else ""


after_restore.add(AfterRestore("directory.erasures", erase_again, position=10))
