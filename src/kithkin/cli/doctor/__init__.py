"""`kithkin doctor`: is this installation whole, and if not, what to do."""

from __future__ import annotations

import importlib
import locale
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from ctypes.util import find_library
from importlib import metadata
from importlib.util import find_spec

import typer

from kithkin.cli.doctor.findings import Finding, Health
from kithkin.cli.failures import answering
from kithkin.cli.text import can_write, spelled

OLDEST_PYTHON = (3, 11)
MODULES = {
    "django-allauth": "allauth",
    "django-auditlog": "auditlog",
    "django-csp": "csp",
    "django-environ": "environ",
    "django-ninja": "ninja",
    "django-q2": "django_q",
    "django-template-partials": "template_partials",
    "ibis-framework": "ibis",
    "vl-convert-python": "vl_convert",
}
"""What to import of the packages whose modules are named otherwise than themselves."""


@answering
def doctor() -> None:
    """Say what is wrong with this installation, a line for each part, and what to do about it."""
    from kithkin.cli.doctor.installation import installation

    findings = [
        python(),
        *dependencies(),
        terminal(),
        temporary_files(),
        *installation(),
        *of_the_system(),
        *for_tests(),
    ]
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
        _load(MODULES.get(package, package.replace("-", "_")), within_django=package.startswith("django-"))
    except metadata.PackageNotFoundError:
        return Finding(Health.BROKEN, f"{package} is missing.", advice)
    except Exception as error:  # noqa: BLE001 (whatever a broken package raises is what the doctor came to see)
        return Finding(Health.BROKEN, f"{package} cannot be loaded: {error}.", advice)
    return Finding(Health.GOOD, f"{package} {version}")


def _load(module: str, *, within_django: bool) -> None:
    """Import a module; one that needs Django's settings is only looked for: looking must make no installation."""
    if not within_django:
        importlib.import_module(module)
    elif find_spec(module) is None:
        raise ModuleNotFoundError(f"No module named {module!r}")


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


SYSTEM = {
    "pg_dump": ("PostgreSQL's programs (backups of a PostgreSQL database)", "postgresql-client"),
    "java": ("a Java runtime (analyses on Spark)", "default-jre-headless"),
    "pango": ("Pango (reports as PDF)", "libpango-1.0-0 libpangoft2-1.0-0"),
}
"""What only the system's own packages can bring, and only some need."""


def of_the_system() -> Iterator[Finding]:
    """What some need of the system's packages, with the one line that installs all that is missing."""
    missing = []
    for name, (what, packages) in SYSTEM.items():
        if shutil.which(name) or (name == "pango" and find_library("pango-1.0")):
            yield Finding(Health.GOOD, what)
        else:
            yield Finding(Health.LACKING, f"{what} not found; most need none.")
            missing.append(packages)
    if missing:
        yield Finding(Health.LACKING, "should you want all of these:", f"apt-get install {' '.join(missing)}")


def for_tests() -> Iterator[Finding]:
    """Programs that only the tests of a developer need."""
    wanted = {
        "chromium": (("chromium", "chromium-browser", "google-chrome"), "apt-get install chromium"),
        "node": (("node",), "apt-get install nodejs npm"),
        "npm": (("npm",), "apt-get install nodejs npm"),
    }
    for name, (programs, remedy) in wanted.items():
        path = next(filter(None, map(shutil.which, programs)), None)
        if path:
            yield Finding(Health.GOOD, f"{name} (for tests only)")
        else:
            yield Finding(Health.LACKING, f"{name} not found; only tests need it.", f"Should you want them: {remedy}")
