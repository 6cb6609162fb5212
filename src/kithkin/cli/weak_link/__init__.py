"""`kithkin analyze weak-link`: which internal service link costs the outside score most, or that it cannot be told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli.failures import answering
from kithkin.cli.options import Html, Json


@answering
def weak_link(
    *,
    links: Annotated[
        Path,
        typer.Option(
            "--links",
            metavar="LINKS",
            help="File with unit, period, link (or provider, receiver, service), score; n, sd, target, reliability.",
        ),
    ],
    outcomes: Annotated[
        Path, typer.Option("--outcomes", metavar="OUTCOMES", help="File with unit, period, score; n, sd where known.")
    ],
    service_map: Annotated[
        Path | None, typer.Option("--map", metavar="MAP", help="File with provider, receiver: who serves whom.")
    ] = None,
    lag: Annotated[
        int, typer.Option("--lag", metavar="N", min=0, help="Periods from a link's score to the outside score.")
    ] = 1,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of the bootstrap.")] = 0,
    as_json: Json = False,
    html: Html = None,
) -> None:
    """Name the internal link that costs the outside score most, or say that it cannot be told yet."""
    from kithkin.cli.answer import check_target, deliver
    from kithkin.cli.weak_link.measure import measure

    check_target(html, [path for path in (links, outcomes, service_map) if path])
    deliver(measure(links, outcomes, service_map, lag=lag, seed=seed), as_json=as_json, html=html)
