"""`kithkin analyze drivers`: which items an outcome moves with, and how much each counts."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli.failures import answering
from kithkin.cli.options import Html, Json, ListingCommand, Ranges, Weight


class MethodName(StrEnum):
    """How R² is shared out."""

    LMG = "lmg"
    JOHNSON = "johnson"


class Listing(ListingCommand):
    """`--driver A B` is `--driver A --driver B`."""

    listing = frozenset({"--driver"})


@answering
def drivers(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of answers.")],
    *,
    outcome: Annotated[str, typer.Option("--outcome", metavar="COL", help="Column to be explained.")],
    driver: Annotated[
        list[str], typer.Option("--driver", metavar="COL_OR_GLOB", help="Columns that may explain it, such as 'Q7*'.")
    ],
    valid: Annotated[
        list[str] | None,
        typer.Option(
            "--valid",
            metavar="[COL_OR_GLOB=]LO:HI",
            help="Leave out answers outside this range, such as 1:5; they are counted. Give it again for columns on "
            "another scale: --valid NETPRO=0:10.",
        ),
    ] = None,
    weight: Weight = None,
    method: Annotated[
        MethodName | None,
        typer.Option("--method", help="How to share R² out; lmg up to 25 drivers, johnson beyond, unless you say."),
    ] = None,
    bootstrap: Annotated[
        int, typer.Option("--bootstrap", metavar="N", min=1, help="Draws for the intervals, 100 or more.")
    ] = 1000,
    as_json: Json = False,
    html: Html = None,
) -> None:
    """Share out what explains an outcome among its drivers, with intervals, and set importance against performance."""
    from kithkin.cli.answer import check_target, deliver
    from kithkin.cli.drivers.measure import Question, measure

    check_target(html, [file])
    chosen = method.value if method else None
    question = Question(outcome, tuple(driver), Ranges.parse(valid or ()), weight, chosen, bootstrap)
    deliver(measure(file, question), as_json=as_json, html=html)
