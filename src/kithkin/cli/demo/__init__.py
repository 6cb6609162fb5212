"""`kithkin demo`: a simulated company's files, analysed as anybody's would be, with a report to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli.failures import answering


@answering
def demo(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made if it is not there.")],
    *,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", min=0, help="Another seed makes another company.")
    ] = None,
    weak_link: Annotated[
        str | None, typer.Option("--weak-link", metavar="NAME", help="The link that is weak in truth, or none.")
    ] = None,
    units: Annotated[int, typer.Option("--units", metavar="N", min=2, help="Branches.")] = 40,
    periods: Annotated[int, typer.Option("--periods", metavar="N", min=2, help="Months.")] = 24,
    open_report: Annotated[
        bool, typer.Option("--open", help="Open the report in a browser, if there is a display.")
    ] = False,
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve the company instead: the product with its people and services.")
    ] = False,
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65_535, help="With --serve: the port.")] = 8000,
    resume: Annotated[
        bool, typer.Option("--resume", help="With --serve: load what is missing after an interruption.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="With --serve: remove the company that is there, and load another.")
    ] = False,
) -> None:
    """Simulate a company whose truth is known, analyse its files, and write DIR/report.html; or serve it.

    With --serve the whole company is loaded into an installation in DIR/home: people, organisation, answers, requests,
    figures. A log-in for each role is printed.
    """
    if serve:
        from kithkin.cli.demo.serving import Asked
        from kithkin.cli.demo.serving import run as run_served

        run_served(directory, Asked(seed=seed, weak_link=weak_link, resume=resume, anew=anew), port=port)
        return
    from kithkin.cli.demo.company import run

    run(
        directory,
        seed=1 if seed is None else seed,
        weak_link=weak_link,
        units=units,
        periods=periods,
        open_report=open_report,
    )
