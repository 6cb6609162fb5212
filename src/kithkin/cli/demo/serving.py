"""`kithkin demo DIR --serve`: the product, with the simulated company in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kithkin.cli.failures import CommandError
from kithkin.cli.up.running import Place
from kithkin.cli.up.running import run as run_installation
from kithkin.demo.roster.organisation import COMPANY, TIME_ZONE


def run(directory: Path, *, seed: int, port: int) -> None:
    """Load the company, unless it is there already, and serve it on this machine alone."""
    if directory.exists() and not directory.is_dir():
        raise CommandError(f"{directory}: this is a file. Name a directory, or one that can be made.")
    os.environ["KITHKIN_HOME"] = str(directory / "home")
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("KITHKIN_TIME_ZONE", TIME_ZONE)
    os.environ.update(KITHKIN_DEMO="1", KITHKIN_ORGANISATION=COMPANY)
    run_installation(Place("127.0.0.1", port, workers=2), prepare=lambda: loaded(seed))


def loaded(seed: int) -> Sequence[str]:
    """The company, loaded where it is not there yet; its log-ins in lines."""
    from kithkin.demo.loading import load_company, log_ins
    from kithkin.directory.models import Unit

    found = log_ins() if Unit.objects.exists() else load_company(seed=seed)
    if not found:
        return []
    widest = max(len(one.role) for one in found)
    return ["Log in as", *(f"  {one.role:<{widest}}  {one.email}" for one in found), f"with “{found[0].password}”."]
