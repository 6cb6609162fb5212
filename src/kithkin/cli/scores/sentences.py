"""What may be said of the scores in one sentence: never more than the comparison behind it."""

from __future__ import annotations

from collections.abc import Iterator

from kithkin.analysis.charts.wording import Unit, listed, percent
from kithkin.analysis.metrics import ComparedPair, Difference, Metric
from kithkin.analysis.results import Estimate
from kithkin.cli.scores.answer import Breakdown, Scores, State

NAMES = {"nps": "NPS", "csat": "CSAT", "ces": "CES", "mean": "Mean"}


def conclusion(scores: Scores) -> str:
    """The finding that stands first."""
    told = [sentence for breakdown in scores.breakdowns if (sentence := compared(breakdown, scores))]
    if told:
        return told[0]
    estimate = scores.overall.estimate
    name = f"{NAMES[scores.question.metric]} of {scores.question.score.strip()}"
    if estimate is None:
        return f"{name} is not shown: {scores.overall.reason}."
    return f"{name} is {reading(estimate)}."


def said(scores: Scores) -> Iterator[str]:
    """The finding, then what every other breakdown allows to be said."""
    first = conclusion(scores)
    yield first
    for breakdown in scores.breakdowns:
        sentence = compared(breakdown, scores)
        if sentence and sentence != first:
            yield sentence


def reading(estimate: Estimate) -> str:
    """The figure, its interval and n."""
    unit = Unit.of(estimate)
    return (
        f"{unit.figure(estimate.value)} ({percent(estimate.confidence)} interval "
        f"{unit.interval(estimate.low, estimate.high)}, n = {estimate.n:,})"
    )


def compared(breakdown: Breakdown, scores: Scores) -> str | None:
    """What the comparisons of one breakdown allow to be said; None where nothing was compared."""
    if breakdown.comparisons is None:
        return None
    pairs = breakdown.comparisons.pairs
    name = NAMES[scores.question.metric]
    if len(breakdown.by) > 1:
        return _within(breakdown, pairs, name)
    if len(pairs) == 1:
        return _two(breakdown, pairs[0], name)
    if breakdown.is_scan:
        return _scan(pairs, name, breakdown.name)
    told = sum(pair.changed for pair in pairs)
    if not told:
        return f"No two groups of {breakdown.name} can be told apart by {name} ({len(pairs)} pairs, Holm)."
    widest = max((pair for pair in pairs if pair.changed), key=lambda pair: abs(pair.difference.value))
    above, below = (widest.a, widest.b) if widest.difference.value > 0 else (widest.b, widest.a)
    return (
        f"{told} of {len(pairs)} pairs of {breakdown.name} differ in {name} (Holm); the widest apart are "
        f"{above} and {below}: {gap(widest.difference)}."
    )


def _two(breakdown: Breakdown, pair: ComparedPair, name: str) -> str:
    groups = {group.label: group.estimate for group in breakdown.groups if group.estimate is not None}
    one, other = groups[pair.a], groups[pair.b]
    unit = Unit.of(one)
    before, after = (f"{unit.figure(score.value)} (n = {score.n:,})" for score in (other, one))
    figures = f"{before} for {pair.b} and {after} for {pair.a}"
    if breakdown.by == ("file",):
        figures = f"{before} in {pair.b}, {after} in {pair.a}"
        verdict = "a change" if pair.changed else "no change can be told"
    else:
        verdict = "they differ" if pair.changed else "no difference can be told"
    return f"{name} is {figures}: {verdict} ({gap(pair.difference)})."


def _within(breakdown: Breakdown, pairs: tuple[ComparedPair, ...], name: str) -> str:
    """Which groups changed between two waves, held against one another."""
    changed = [pair.a.partition(" · ")[2] for pair in pairs if pair.discovery]
    if not changed:
        groups = f"{len(pairs)} groups of {breakdown.by[-1]}"
        return f"No change of {name} can be told in any of {groups} (Benjamini–Hochberg)."
    return f"{name} changed in {len(changed)} of {len(pairs)} groups of {breakdown.by[-1]}: {listed(changed)}."


def _scan(pairs: tuple[ComparedPair, ...], name: str, by: str) -> str:
    apart = sorted((pair for pair in pairs if pair.discovery), key=lambda pair: pair.difference.value)
    if not apart:
        return f"No group of {by} stands out by {name} from the rest ({len(pairs)} groups, Benjamini–Hochberg)."
    below = [pair.a for pair in apart if pair.difference.value < 0]
    above = [pair.a for pair in reversed(apart) if pair.difference.value > 0]
    sides = [f"{listed(names)} {side}" for names, side in ((below, "below"), (above, "above")) if names]
    return f"{len(apart)} of {len(pairs)} groups of {by} differ in {name} from the rest: {'; '.join(sides)}."


def gap(difference: Difference) -> str:
    """The difference with its interval and p, as people read it."""
    factor, points = (100, " percentage points") if difference.metric is Metric.CSAT else (1, "")
    points = " points" if difference.metric is Metric.NPS else points
    places = 1 if points else 2
    figures = [f"{factor * figure:+.{places}f}".replace("-", "−") for figure in _turned(difference)]
    p = "p < 0.001" if difference.p_cautious < 0.001 else f"p = {difference.p_cautious:.3f}"
    return f"{figures[0]}{points}, {100 * difference.confidence:g} % interval {figures[1]} to {figures[2]}, {p}"


def _turned(difference: Difference) -> tuple[float, float, float]:
    return difference.value, difference.low, difference.high


def counts_of(breakdown: Breakdown) -> dict[State, int]:
    """How many groups are in each state."""
    return {state: sum(group.state is state for group in breakdown.groups) for state in State}
