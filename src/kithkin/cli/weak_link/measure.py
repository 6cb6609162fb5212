"""From the files of links, outcomes and the service map to the search for the weak link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kithkin.analysis.linkage import weak_links
from kithkin.cli.failures import CommandError
from kithkin.cli.leftout import LeftOut, left_out
from kithkin.cli.weak_link.answer import WeakLink
from kithkin.tables import Source, source

FIGURES = ("score", "n", "sd", "target", "reliability", "responses")


def measure(links: Path, outcomes: Path, service_map: Path | None, *, lag: int = 1, seed: int = 0) -> WeakLink:
    """Read the columns that are there and search. Raises CommandError for text where numbers belong."""
    inside = source(links)
    named = ("link",) if "link" in inside.columns else ("provider", "receiver")
    if "link" not in inside.columns and not {"provider", "receiver"} & set(inside.columns):
        raise CommandError(
            f"{links}: there is neither a column 'link' nor 'provider' and 'receiver'. "
            f"There are {', '.join(map(repr, inside.columns[:12]))}."
        )
    link_table, link_left = _read(
        inside, ("unit", "period", *named, "score"), ("service", "n", "sd", "target", "reliability")
    )
    outcome_table, outcome_left = _read(source(outcomes), ("unit", "period", "score"), ("n", "sd"))
    map_table, map_left = (
        (None, ()) if service_map is None else _read(source(service_map), ("provider", "receiver"), ("responses",))
    )
    report = weak_links(link_table, outcome_table, map_table, lag=lag, seed=seed)
    edges = () if map_table is None else _edges(map_table)
    files = tuple(str(path) for path in (links, outcomes, service_map) if path is not None)
    return WeakLink(report, files, edges, (*link_left, *outcome_left, *map_left))


def _edges(service_map: Any) -> tuple[tuple[str, str], ...]:
    ends = zip(service_map["provider"].to_pylist(), service_map["receiver"].to_pylist(), strict=True)
    return tuple((provider, receiver) for provider, receiver in ends if provider and receiver)


def _read(file: Source, required: tuple[str, ...], optional: tuple[str, ...]) -> tuple[Any, tuple[LeftOut, ...]]:
    present = [file.column(name) for name in required] + [name for name in optional if name in file.columns]
    read = file.read(present, numbers=[name for name in present if name in FIGURES])
    return read.table, left_out(read.refused, file.path)
