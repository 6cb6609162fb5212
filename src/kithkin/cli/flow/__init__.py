"""`kithkin analyze flow`: where requests wait, are handed over, come back and are late."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli.failures import answering
from kithkin.cli.options import Html, Json, parse_pair


@answering
def flow(
    events: Annotated[Path, typer.Argument(metavar="EVENTS", help="An event log: one row per change of a request.")],
    *,
    case: Annotated[str, typer.Option("--case", metavar="COL", help="Column of the request's number.")],
    group: Annotated[str, typer.Option("--group", metavar="COL", help="Column of the group that holds it.")],
    at: Annotated[str, typer.Option("--at", metavar="COL", help="Column of the time of the change.")],
    met: Annotated[
        str | None, typer.Option("--met", metavar="COL", help="Column that says whether the promise was met.")
    ] = None,
    closed: Annotated[
        str | None,
        typer.Option(
            "--closed",
            metavar="COL=VALUE",
            help="Rows that close a request, such as state=Closed: until then a promise does not count as met.",
        ),
    ] = None,
    day_first: Annotated[bool, typer.Option("--day-first", help="Read 03-02-2026 as 3 February.")] = False,
    as_json: Json = False,
    html: Html = None,
) -> None:
    """Show per group and hand-over: volume, waiting, breaches and returns, with intervals."""
    from kithkin.cli.answer import check_target, deliver
    from kithkin.cli.flow.measure import Question, measure

    check_target(html, [events])
    question = Question(case, group, at, met, day_first, parse_pair("--closed", closed))
    deliver(measure(events, question), as_json=as_json, html=html)
