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


@answering
def responses(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What people answered: one row per respondent.")],
    *,
    program: Annotated[
        str, typer.Option("--program", metavar="NAME", help="The program they belong to; a new one begins.")
    ],
    side: Annotated[
        str, typer.Option("--side", metavar="kith|kin", help="Of a new program: who answers, outside or inside.")
    ] = "kith",
    promise: Annotated[
        str | None,
        typer.Option(
            "--promise",
            metavar="PROMISE",
            help="Of a new program: identified, confidential or anonymous; if not said, what is usual on its side.",
        ),
    ] = None,
    wave: Annotated[
        str | None, typer.Option("--wave", metavar="NAME", help="The wave; a year in FILE's name if not said.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day of a new wave.")] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Last day of a new wave; a year if not said.")
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option(
            "--codebook",
            metavar="FILE",
            help="Lines like “Q7ALL = The airport | 1-5 | no answer 0, 6 | csat”, or a table of columns.",
        ),
    ] = None,
    main: Annotated[str | None, typer.Option("--main", metavar="COL", help="Column of the main score.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only check every line; write nothing.")] = False,
    user: Annotated[
        str | None, typer.Option("--user", metavar="E-MAIL", help="In whose name; else the first administrator's.")
    ] = None,
) -> None:
    """Bring responses in as a program's: columns are guessed, and a codebook says better.

    The same file again changes nothing, so whatever was interrupted is gone on with by doing it once more. Under
    Import the file can be looked at and taken back.
    """
    from kithkin.cli.failures import CommandError

    if side not in ("kith", "kin"):
        raise CommandError(f"--side {side}: say kith (outside) or kin (inside).")
    if promise not in (None, "identified", "confidential", "anonymous"):
        raise CommandError(f"--promise {promise}: say identified, confidential or anonymous.")
    installation.start()
    from kithkin.cli.importing.responses import Told, bring_responses

    told = Told(program, side, promise or "", wave, first, last, codebook, main)
    bring_responses(file, told, user=user, only_check=check)


@answering
def figures(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Figures per unit and period: one a row, or a column for each.")
    ],
    *,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="COL", help="Column of the unit's code or name.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="COL", help="Column of the month, quarter or year.")
    ] = None,
    month: Annotated[
        str | None, typer.Option("--in", metavar="PERIOD", help="One period for the whole file, such as 2026-03.")
    ] = None,
    figure: Annotated[
        list[str] | None,
        typer.Option(
            "--figure", metavar="LINE", help="A column that is a figure, like “saf_t = Safety, teachers | n N_t | kin”."
        ),
    ] = None,
    figures_file: Annotated[
        Path | None, typer.Option("--figures", metavar="FILE", help="Such lines as a text.")
    ] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="COL", help="Column that says what a value is of.")
    ] = None,
    value: Annotated[str | None, typer.Option("--value", metavar="COL", help="Column of the value.")] = None,
    n: Annotated[str | None, typer.Option("--n", metavar="COL", help="Column of how many it is of.")] = None,
    under: Annotated[
        str | None, typer.Option("--under", metavar="UNIT", help="Make units that are not there under this one.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="COL", help="Column of their names.")] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="What they are: division, department, team or site.")
    ] = "site",
    check: Annotated[bool, typer.Option("--check", help="Only check every line; write nothing.")] = False,
    user: Annotated[
        str | None, typer.Option("--user", metavar="E-MAIL", help="In whose name; else the first administrator's.")
    ] = None,
) -> None:
    """Bring figures in: revenue, retention, calls or published scores, per unit and period.

    What is not said is guessed. A value that is there already is replaced where it differs; the same file again changes
    nothing. Under Import the file can be looked at and taken back.
    """
    from kithkin.cli.failures import CommandError

    if kind not in ("division", "department", "team", "site"):
        raise CommandError(f"--kind {kind}: say division, department, team or site.")
    installation.start()
    from kithkin.cli.importing.figures import Told, bring_figures

    told = Told(unit, period, month, measure, value, n, name, under, kind, tuple(figure or ()), figures_file)
    bring_figures(file, told, user=user, only_check=check)
