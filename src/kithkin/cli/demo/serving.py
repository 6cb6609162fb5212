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
    from kithkin.demo.mark import Mark


@dataclass(frozen=True)
class Asked:
    """Which company is wanted, and what is to be done where there is one already."""

    seed: int | None = None
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
    from kithkin.demo import mark
    from kithkin.demo.loading import Refused, load_company, log_ins, resume_loading
    from kithkin.demo.services import remove_company

    begun = mark.read()
    if begun is not None and asked.anew:
        remove_company(by=None)
        begun = None
    if begun is not None and begun.stage is mark.Stage.LOADED:
        return [*_said(log_ins()), *_another(begun, asked)]
    if begun is not None and not (asked.resume and begun.stage is mark.Stage.ROOMS):
        raise CommandError(_in_part(begun))
    try:
        with bars() as tell:
            if begun is not None:
                return _said(resume_loading(tell=tell))
            return _said(
                load_company(seed=1 if asked.seed is None else asked.seed, weak_link=truth(asked.weak_link), tell=tell)
            )
    except Refused as error:
        raise CommandError(str(error)) from None


def _in_part(begun: Mark) -> str:
    rest = "Go on with --resume, or start anew with --anew." if begun.stage == "rooms" else "Start anew with --anew."
    here = f"Here is a simulated company ({begun.truth}) that was loaded only in part."
    return f"{here} {rest}"


def _another(begun: Mark, asked: Asked) -> list[str]:
    """What to say to whoever asked for another company than the one that is there."""
    if asked.seed in (None, begun.seed) and (asked.weak_link is None or truth(asked.weak_link) == begun.weak_link):
        return []
    return [
        f"This is the company that was here already ({begun.truth}); --anew removes it and loads the one you asked for."
    ]


def _said(found: Sequence[LogIn]) -> list[str]:
    if not found:
        return []
    widest = max(len(one.role) for one in found)
    return ["Log in as", *(f"  {one.role:<{widest}}  {one.email}" for one in found), f"with “{found[0].password}”."]
