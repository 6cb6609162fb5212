"""The scores as a page of a report."""

from __future__ import annotations

from kithkin.cli import report
from kithkin.cli.report import Fact, Page
from kithkin.cli.scores.answer import Scores, State
from kithkin.cli.scores.sentences import compared
from kithkin.cli.scores.view import omissions


def page(scores: Scores) -> Page:
    """Everything the terminal shows, with charts. A hidden group is in it by name only."""
    asked = scores.question
    breakdowns = [
        report.Breakdown(
            by="wave" if breakdown.by == ("file",) else breakdown.name,
            groups={group.label: group.estimate for group in breakdown.groups if group.estimate is not None},
            comparisons=None if breakdown.is_scan else breakdown.comparisons,
            hidden=tuple(group.label for group in breakdown.groups if group.state is State.HIDDEN),
        )
        for breakdown in scores.breakdowns
    ]
    scans = [(breakdown.name, compared(breakdown, scores)) for breakdown in scores.breakdowns if breakdown.is_scan]
    facts = [Fact("Valid answers", f"{asked.valid[0]:g} to {asked.valid[1]:g}")] if asked.valid else []
    if asked.floor is not None:
        facts.append(
            Fact(
                "Group floor",
                f"{asked.floor} people: smaller groups, and what would tell them, are hidden; "
                "intervals are the widest that n and the score allow",
            )
        )
    if asked.weight:
        facts.append(Fact("Weighted by", asked.weight))
    facts += [Fact(name, sentence) for name, sentence in scans if sentence]
    return report.scores_page(
        scores.overall.estimate,
        breakdowns,
        column=asked.score.strip(),
        source=", ".join(wave.path for wave in scores.waves),
        facts=facts,
        refused=tuple(omissions(scores)),
    )
