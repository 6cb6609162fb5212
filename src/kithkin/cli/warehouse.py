"""`kithkin warehouse`: what is counted, apart from the truth: how far it is, and made anew."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from kithkin.cli import installation
from kithkin.cli.failures import CommandError, answering

Table = Annotated[str | None, typer.Option("--table", metavar="NAME", help="Only this one.")]


@answering
def rebuild(*, table: Table = None) -> None:
    """Make every table anew from the database, each as a whole. The system may run meanwhile."""
    installation.start()
    from kithkin.insights.warehouse import Busy, WarehouseError
    from kithkin.insights.warehouse import rebuild as rebuild_tables

    began = time.monotonic()
    try:
        count = rebuild_tables(table, lambda name, rows: typer.echo(f"{name}: {rows:,} rows"))
    except (Busy, WarehouseError, LookupError) as error:
        raise CommandError(str(error.args[0])) from error
    typer.echo(f"Everything is as the database has it: {count:,} rows in {time.monotonic() - began:.1f} s.")


@answering
def load() -> None:
    """Load what changed, instead of waiting for the job that does it every minute."""
    installation.start()
    from kithkin.insights.queries.lag import lag
    from kithkin.insights.warehouse import WarehouseError, load_pending

    try:
        while load_pending():
            typer.echo(f"{lag().waiting:,} changes wait.")
    except WarehouseError as error:
        raise CommandError(str(error)) from error
    _say_lag()


@answering
def status() -> None:
    """Say where the tables are, how large, and how far behind the database."""
    installation.start()
    from kithkin.insights.warehouse import standings

    where, tables = standings()
    typer.echo(f"{where}: {len(tables)} tables.")
    for one in tables:
        state = one.trouble or f"{one.rows:,} rows in {one.files:,} files, {one.bytes / 2**20:.1f} MB"
        typer.echo(f"  {one.name}: {state}")
    _say_lag()


def _say_lag() -> None:
    from kithkin.insights.queries.lag import lag

    now = lag()
    if now.oldest is None:
        typer.echo("All that happened is in it.")
    else:
        typer.echo(f"{now.waiting:,} changes wait, the oldest since {now.oldest:%Y-%m-%d %H:%M} UTC.")
