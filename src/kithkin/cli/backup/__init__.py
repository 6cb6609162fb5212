"""`kithkin backup` and `kithkin restore`: one file that holds a whole installation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli import installation
from kithkin.cli.failures import CommandError, answering

MEGABYTE = 2**20


@answering
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write; .gz at its end compresses.")],
) -> None:
    """Write database, uploads and secrets into one file. The system may run meanwhile."""
    installation.start()
    from kithkin.platform.backup import Refused, make_backup
    from kithkin.platform.upgrade import NotReady

    try:
        size = make_backup(file.expanduser().absolute())
    except (Refused, NotReady) as error:
        raise CommandError(str(error)) from error
    typer.echo(f"{file}: {size / MEGABYTE:.1f} MB. It opens everything: keep it where nobody else can read it.")


@answering
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `kithkin backup` wrote.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where there is an installation, which goes.")
    ] = False,
) -> None:
    """Bring a backup back, on this machine or another: everything is as it was."""
    installation.start()
    from kithkin.platform.backup import Refused, restore_backup

    try:
        about = restore_backup(file.expanduser().absolute(), replace=replace)
    except Refused as error:
        raise CommandError(str(error)) from error
    finishing = [sys.executable, "-m", "django", "finish_restore"]
    done = subprocess.run(finishing, check=False, capture_output=True, text=True)  # noqa: S603
    sys.stdout.write(done.stdout)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise CommandError(
            f"The backup was brought back, but not finished: {said[-1] if said else 'no reason given'} "
            "Nothing serves from it until it is: kithkin manage finish_restore."
        )
    typer.echo(f"Everything is as it was at {about.made_at}. Start it: kithkin up")
