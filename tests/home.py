"""Loaded before everything else (see pyproject.toml): tests keep their files in a home of their own.

Translations are compiled where somebody changed them since; `make` does it too, but tests are started without it.
"""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

gc.disable()  # until everything is collected: a quarter of that time would go on looking for garbage that is not there
os.environ.setdefault("KITHKIN_HOME", tempfile.mkdtemp(prefix="kithkin-tests-"))
os.environ.setdefault("KITHKIN_LOG_LEVEL", "ERROR")

LOCALE = Path(__file__).parents[1] / "src" / "kithkin" / "locale"


def compile_translations() -> None:
    """Beside each .po a .mo no older than it."""
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po, tempfile.NamedTemporaryFile(dir=source.parent, delete=False) as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))
        Path(mo.name).chmod(0o644)
        Path(mo.name).replace(compiled)


compile_translations()


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector walks no more through it, and a forked child copies none of it."""
    gc.collect()
    gc.freeze()
    gc.enable()
