"""`kithkin analyze scores`: a score per group, each with n and an interval, and whether groups or waves differ."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli.failures import answering
from kithkin.cli.options import Html, Json, ListingCommand, Valid, Weight, parse_range


class MetricName(StrEnum):
    """The scores the command knows."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    MEAN = "mean"


class Listing(ListingCommand):
    """`--by A B` is `--by A --by B`."""

    listing = frozenset({"--by"})


@answering
def scores(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="A file of answers; several are waves, in order.")
    ],
    *,
    score: Annotated[str, typer.Option("--score", metavar="COL", help="Column of the answers.")],
    metric: Annotated[MetricName, typer.Option("--metric", help="Which score to compute.")],
    valid: Valid = None,
    weight: Weight = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="COL", help="Column of groups; give several for a cross table.")
    ] = None,
    floor: Annotated[
        int | None,
        typer.Option("--floor", metavar="K", min=1, help="Hide every group that would show fewer than K people."),
    ] = None,
    as_json: Json = False,
    html: Html = None,
) -> None:
    """Compute a score with its interval, for all and by group, and judge differences.

    CSAT reads 1:5 and CES 1:7 unless --valid names another scale; the highest point is the best.
    """
    from kithkin.cli.answer import check_target, deliver
    from kithkin.cli.scores.measure import Question, measure

    check_target(html, files)
    question = Question(score, metric.value, parse_range(valid), weight, tuple(by or ()), floor)
    deliver(measure(files, question), as_json=as_json, html=html)
