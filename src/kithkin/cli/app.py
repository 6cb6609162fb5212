"""The Typer application: which commands there are. What each does stands in the module of its name."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kithkin.cli import (
    backup,
    demo,
    doctor,
    drivers,
    flow,
    importing,
    manage,
    questionnaire,
    scores,
    up,
    warehouse,
    weak_link,
)
from kithkin.cli.version import version_line


class InOrder(TyperGroup):
    """The group of analyses before the single commands."""

    def list_commands(self, ctx: Any) -> list[str]:
        """`analyze` first, since it is what people come for."""
        return sorted(super().list_commands(ctx), key=lambda name: name != "analyze")


app = typer.Typer(
    name="kithkin",
    cls=InOrder,
    help="Measure how the people outside (kith) and inside (kin) a company are served, and find the internal link "
    "that costs the outside score most.",
    epilog="Begin with: kithkin demo demo-company. Every analysis takes --json and --html OUT.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
analyze = typer.Typer(
    help="Answer a question from files: CSV, TSV, XLSX, Parquet or .sav, in any usual encoding.",
    short_help="Answer a question from files.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(analyze, name="analyze")
analyze.command("scores", cls=scores.Listing, short_help="Scores by group and wave, and whether they differ.")(
    scores.scores
)
analyze.command("drivers", cls=drivers.Listing, short_help="What an outcome moves with, and how much each counts.")(
    drivers.drivers
)
analyze.command("weak-link", short_help="The internal link that costs the outside score most.")(weak_link.weak_link)
analyze.command("flow", short_help="Where requests wait, return and are late.")(flow.flow)
questionnaires = typer.Typer(
    help="Work with a questionnaire's file: Kithkin's own, or one of Qualtrics, SurveyJS and others.",
    short_help="Bring questionnaires in and out, check and print them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(questionnaires, name="questionnaire")
questionnaires.command("import", short_help="Bring one in from another tool, and say what does not fit.")(
    questionnaire.import_
)
questionnaires.command("export", short_help="Take one out to another tool, and say what does not fit.")(
    questionnaire.export
)
questionnaires.command("render", short_help="Write one as a page that prints.")(questionnaire.render)
questionnaires.command("check", short_help="Find what is wrong before anybody answers.")(questionnaire.check)
imports = typer.Typer(
    help="Bring a file into this installation, as the pages under Import do.",
    short_help="Bring a file into this installation.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(imports, name="import")
imports.command("requests", short_help="Requests with their way, from an event log.")(importing.requests)
imports.command("figures", short_help="Figures per unit and period: revenue, calls, a published score.")(
    importing.figures
)
imports.command("responses", short_help="What people answered, as a program's.")(importing.responses)
warehouses = typer.Typer(
    help="Look after what is counted: tables that are derived from the database and can be made anew at any time.",
    short_help="Look after what is counted.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(warehouses, name="warehouse")
warehouses.command("status", short_help="How large it is, and how far behind.")(warehouse.status)
warehouses.command("load", short_help="Load what changed, now.")(warehouse.load)
warehouses.command("rebuild", short_help="Make it anew from the database.")(warehouse.rebuild)
app.command("up", short_help="Serve the product: pages, jobs and events.")(up.up)
app.command(
    "manage",
    context_settings=manage.PASSED_ON,
    add_help_option=False,
    short_help="Django's commands on this installation.",
)(manage.manage)
app.command("backup", short_help="Write the whole installation into one file.")(backup.backup)
app.command("restore", short_help="Bring a backup back.")(backup.restore)
app.command("demo", short_help="Simulate a company and analyse its files.")(demo.demo)
app.command("doctor", short_help="Say what is wrong with this installation.")(doctor.doctor)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(version_line())
        raise typer.Exit


@app.callback(invoke_without_command=True)
def kithkin(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 (its callback prints and leaves)
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Print the help where no command is given; the application's own text is set above."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: list[str]) -> int:
    """Run the application on `arguments`; the exit status is returned, after all output has left."""
    try:
        app(args=arguments, prog_name="kithkin")
    except SystemExit as leaving:
        sys.stdout.flush()
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0
