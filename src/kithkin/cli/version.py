"""Which Kithkin this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def version_line() -> str:
    """`kithkin 0.1.0`, from the installed distribution."""
    try:
        return f"kithkin {version('kithkin')}"
    except PackageNotFoundError:
        return "kithkin (not installed: run `make` in its checkout, or `pip install kithkin`)"
