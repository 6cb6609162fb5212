"""`kithkin up`: the whole product with one command."""

from __future__ import annotations

from typing import Annotated

import typer

from kithkin.cli.failures import answering


@answering
def up(
    *,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="Where to listen; 0.0.0.0 is everywhere.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65_535, help="On which port.")] = 8000,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, max=64, help="Processes that answer pages.")
    ] = 2,
) -> None:
    """Bring the database to this release, then serve pages, jobs and events until Ctrl-C."""
    from kithkin.cli.up.running import Place, run

    run(Place(host, port, workers))
