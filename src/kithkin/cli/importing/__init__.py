"""`kithkin import`: a file into the installation, as the pages under Import do it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli import installation
from kithkin.cli.failures import answering


@answering
def requests(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An event log: one row per change of a request.")],
    *,
    case: Annotated[str, typer.Option("--case", metavar="COL", help="Column of the request's number.")],
    group: Annotated[str, typer.Option("--group", metavar="COL", help="Column of the group that holds it.")],
    at: Annotated[str, typer.Option("--at", metavar="COL", help="Column of the time of the change.")],
    met: Annotated[
        str | None, typer.Option("--met", metavar="COL", help="Column that says whether the promise is met so far.")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", metavar="COL", help="Column of the state; “Closed” closes a request.")
    ] = None,
    day_first: Annotated[bool, typer.Option("--day-first", help="Read 03-02-2026 as 3 February.")] = False,
    user: Annotated[
        str | None, typer.Option("--user", metavar="E-MAIL", help="In whose name; else the first administrator's.")
    ] = None,
) -> None:
    """Bring the requests of an event log in, with their way from group to group.

    The same file again changes nothing, so whatever was interrupted is gone on with by doing it once more. Under
    Import the file can be looked at and taken back.
    """
    installation.start()
    from kithkin.cli.importing.running import bring

    columns = {"number": case, "queue": group, "at": at, "kept": met, "state": state}
    bring(
        file,
        kind="requests",
        columns={column: key for key, column in columns.items() if column is not None},
        options={"order": "day"} if day_first else {},
        user=user,
    )
