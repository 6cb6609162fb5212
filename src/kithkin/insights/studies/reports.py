"""A kept report as the statistics made it, for pictures and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kithkin.analysis.linkage.report import Check, Excluded, LinkVerdict, RankedLink, Verdict, WeakLinkReport


def report_of(kept: Mapping[str, Any]) -> WeakLinkReport:
    """The report that `to_dict` gave."""
    own = {field.name: kept[field.name] for field in fields(WeakLinkReport)}
    return WeakLinkReport(
        **own
        | {
            "verdict": Verdict(kept["verdict"]),
            "ranked": tuple(RankedLink(**one | {"verdict": LinkVerdict(one["verdict"])}) for one in kept["ranked"]),
            "checks": tuple(Check(**one) for one in kept["checks"]),
            "excluded": tuple(Excluded(**one) for one in kept["excluded"]),
            "sentences": tuple(kept["sentences"]),
        }
    )
