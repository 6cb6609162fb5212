"""`kithkin demo DIR --serve`: the product, with the simulated company in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kithkin.cli.demo.progress import bars
from kithkin.cli.demo.truths import truth
from kithkin.cli.failures import CommandError
from kithkin.cli.up.running import Place
from kithkin.cli.up.running import run as run_installation
from kithkin.demo.roster.organisation import COMPANY, TIME_ZONE

if TYPE_CHECKING:
    from kithkin.demo.loading import LogIn
    from kithkin.demo.loading.mark import Mark


@dataclass(frozen=True)
class Asked:
    """Which company is wanted, and what is to be done where there is one already."""

    seed: int = 1
    weak_link: str | None = None
    resume: bool = False
    anew: bool = False


def run(directory: Path, asked: Asked, *, port: int) -> None:
    """Load the company, unless it is there already, and serve it on this machine alone."""
    if directory.exists() and not directory.is_dir():
        raise CommandError(f"{directory}: this is a file. Name a directory, or one that can be made.")
    truth(asked.weak_link)
    os.environ["KITHKIN_HOME"] = str(directory / "home")
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("KITHKIN_TIME_ZONE", TIME_ZONE)
    os.environ["KITHKIN_ORGANISATION"] = COMPANY
    run_installation(Place("127.0.0.1", port, workers=2), prepare=lambda: loaded(asked))


def loaded(asked: Asked) -> Sequence[str]:
    """The company, loaded where it is not there yet; its log-ins in lines."""
    from kithkin.demo.loading import load_company, log_ins, mark, resume_loading
    from kithkin.directory.models import Unit

    begun = mark.read()
    if begun is not None and begun.stage is mark.Stage.ROOMS and asked.resume:
        with bars() as tell:
            found = resume_loading(tell=tell)
    elif begun is not None and begun.stage is not mark.Stage.LOADED:
        raise CommandError(_in_part(begun))
    elif Unit.objects.exists():
        found = log_ins()
    else:
        with bars() as tell:
            found = load_company(seed=asked.seed, weak_link=truth(asked.weak_link), tell=tell)
    return _said(found)


def _in_part(begun: Mark) -> str:
    going_on = (
        "Go on with --resume, or start anew with --anew." if begun.stage == "rooms" else "Start anew with --anew."
    )
    return f"Here is a simulated company ({begun.truth}) that was loaded only in part. {going_on}"


def _said(found: Sequence[LogIn]) -> list[str]:
    if not found:
        return []
    widest = max(len(one.role) for one in found)
    return ["Log in as", *(f"  {one.role:<{widest}}  {one.email}" for one in found), f"with “{found[0].password}”."]
