"""`kithkin questionnaire`: what can be done with a questionnaire's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli.failures import answering

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON (see docs/reference/json.md).")]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="Write what became of each element here; .json for machines."),
]


@answering
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A questionnaire: ours, or SurveyJS, as JSON.")],
    *,
    as_json: Json = False,
) -> None:
    """Find dead ends, questions that nobody sees, cycles, unknown names and missing translations.

    Leaves with exit status 1 where something must be mended.
    """
    from kithkin.cli.answer import deliver
    from kithkin.cli.questionnaire.checked import checked

    answer = checked(file)
    deliver(answer, as_json=as_json, html=None)
    if answer.must_be_mended:
        raise typer.Exit(1)


@answering
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A questionnaire of another tool, in any format read.")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the questionnaire here, as Kithkin's own JSON.")
    ] = None,
    report: Report = None,
    as_json: Json = False,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="Its format, where the content does not tell.")
    ] = None,
) -> None:
    """Bring a questionnaire in from Qualtrics, SurveyJS and others, with its logic.

    Every element is kept, approximated or lost, and the report says which and why.
    """
    from kithkin.cli.answer import deliver
    from kithkin.cli.questionnaire.imported import Arrival, came_in
    from kithkin.cli.questionnaire.places import Places

    places = Places(file, out, report)
    places.check(such_as="questionnaire.json")
    written = [None if each is None else str(each) for each in (out, report)]
    arrival = Arrival(str(file), written[0], came_in(file, format_name=from_), report=written[1])
    places.write(arrival.imported.questionnaire.to_text().encode(), arrival)
    deliver(arrival, as_json=as_json, html=None)


@answering
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A questionnaire, in any format read.")],
    *,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="What it becomes: surveyjs or xlsform.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write it here: JSON for SurveyJS, a workbook for XLSForm."),
    ] = None,
    report: Report = None,
    as_json: Json = False,
) -> None:
    """Take a questionnaire out to SurveyJS, or as an XLSForm to ODK, KoboToolbox and SurveyCTO.

    Every element is kept, approximated or lost, and the report says which and why.
    """
    from kithkin.cli.answer import deliver
    from kithkin.cli.questionnaire.exported import departure
    from kithkin.cli.questionnaire.places import Places

    places = Places(file, out, report)
    places.check(such_as="questionnaire.xlsx" if to == "xlsform" else "questionnaire.json")
    leaving = departure(file, to, out, report)
    places.write(leaving.exported.content, leaving)
    deliver(leaving, as_json=as_json, html=None)


@answering
def render(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A questionnaire, in any format read.")],
    *,
    html: Annotated[Path, typer.Option("--html", metavar="OUT", help="Write a page that prints, one file, to OUT.")],
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="LANG", help="In this language, such as de; its own if not said."),
    ] = None,
) -> None:
    """Write a questionnaire as a page to print and fill in by hand: one file, no script."""
    from kithkin.cli.answer import check_target, write_whole
    from kithkin.cli.questionnaire.exported import on_the_way_in
    from kithkin.cli.questionnaire.imported import came_in
    from kithkin.cli.questionnaire.places import check_ending
    from kithkin.cli.questionnaire.rendered import rendered
    from kithkin.cli.screen import Screen

    check_target(html, [file], such_as="questionnaire.html")
    check_ending(html, flag="--html", such_as="questionnaire.html")
    imported = came_in(file, format_name=None)
    exported = rendered(file, imported.questionnaire, language)
    write_whole(html, exported.content)
    typer.echo(f"Page: {html}")
    if not exported.losses.is_whole:
        typer.echo(exported.losses.summary())
    on_the_way_in(imported, Screen())
