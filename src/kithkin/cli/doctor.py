"""`kithkin doctor`: is this installation whole, and if not, what to do."""

from __future__ import annotations

import importlib
import locale
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib import metadata

import typer

from kithkin.cli.failures import answering
from kithkin.cli.text import can_write, spelled

OLDEST_PYTHON = (3, 11)
MODULES = {"pyarrow": "pyarrow", "vl-convert-python": "vl_convert"}


class Health(Enum):
    """`BROKEN` stops Kithkin from working; `LACKING` makes something poorer, or only the tests."""

    GOOD = "ok"
    LACKING = "note"
    BROKEN = "BROKEN"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it is, and what to do where it is not well."""

    health: Health
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.health.value:<7} {self.what}" + (f" {self.remedy}" if self.remedy else "")


@answering
def doctor() -> None:
    """Say what is wrong with this installation, a line for each part, and what to do about it."""
    findings = [python(), *dependencies(), terminal(), temporary_files(), *for_tests()]
    encoding = sys.stdout.encoding or "ascii"
    for finding in findings:
        typer.echo(spelled(str(finding), encoding))
    broken = sum(finding.health is Health.BROKEN for finding in findings)
    typer.echo(f"{broken} thing(s) to mend." if broken else "Kithkin can work here.")
    raise typer.Exit(1 if broken else 0)


def python() -> Finding:
    """Whether this Python is new enough."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Finding(Health.BROKEN, f"Python {found} is too old.", "Install Python 3.11 or newer.")
    return Finding(Health.GOOD, f"Python {found}")


def dependencies() -> Iterator[Finding]:
    """Every package that the installed distribution asks for: present, new enough by name, and loadable."""
    try:
        required = metadata.requires("kithkin") or []
    except metadata.PackageNotFoundError:
        yield Finding(Health.BROKEN, "kithkin is not installed here.", "Run `make`, or `pip install kithkin`.")
        return
    for requirement in required:
        if "extra ==" not in requirement:
            yield dependency(requirement)


def dependency(requirement: str) -> Finding:
    """Whether one required package can be loaded, and which version it is."""
    package = requirement.replace(";", " ").split()[0]
    for sign in "<>=!~[":
        package = package.partition(sign)[0]
    advice = f"Install it: pip install '{requirement}'."
    try:
        version = metadata.version(package)
        importlib.import_module(MODULES.get(package, package.replace("-", "_")))
    except metadata.PackageNotFoundError:
        return Finding(Health.BROKEN, f"{package} is missing.", advice)
    except Exception as error:  # noqa: BLE001 (whatever a broken package raises is what the doctor came to see)
        return Finding(Health.BROKEN, f"{package} cannot be loaded: {error}.", advice)
    return Finding(Health.GOOD, f"{package} {version}")


def terminal() -> Finding:
    """Whether the terminal's encoding can write bars and arrows."""
    encoding = sys.stdout.encoding or locale.getpreferredencoding(False)
    if can_write("█▒┃–→", encoding):
        return Finding(Health.GOOD, f"terminal writes {encoding}")
    return Finding(
        Health.LACKING, f"terminal writes {encoding}: bars are drawn in ASCII.", "Set LANG=C.UTF-8 for finer ones."
    )


def temporary_files() -> Finding:
    """Whether there is a place for temporary files."""
    try:
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"kithkin")
            file.flush()
            return Finding(Health.GOOD, f"temporary files in {os.path.dirname(file.name)}")  # noqa: PTH120 (text only)
    except OSError as error:
        return Finding(Health.BROKEN, f"no temporary files: {error}.", "Set TMPDIR to a directory you may write to.")


def for_tests() -> Iterator[Finding]:
    """Programs that only the tests of a developer need."""
    wanted = {
        "chromium": (("chromium", "chromium-browser", "google-chrome"), "apt-get install chromium"),
    }
    for name, (programs, remedy) in wanted.items():
        path = next(filter(None, map(shutil.which, programs)), None)
        if path:
            yield Finding(Health.GOOD, f"{name} (for tests only)")
        else:
            yield Finding(Health.LACKING, f"{name} not found; only tests need it.", f"Should you want them: {remedy}")
