"""What may be said about scores: each sentence is as strong as the comparison behind it, and no stronger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kithkin.analysis.charts.scores import are_periods
from kithkin.analysis.charts.wording import Unit, percent
from kithkin.analysis.metrics import ComparedPair, Comparisons, Metric, NetPromoter
from kithkin.analysis.results import Estimate
from kithkin.cli.report.page import Point


@dataclass(frozen=True)
class Breakdown:
    """A score by the groups of one column, or by waves. `hidden` names groups too small to show."""

    by: str
    groups: Mapping[str, Estimate]
    comparisons: Comparisons | None = None
    hidden: tuple[str, ...] = ()

    @property
    def in_time(self) -> bool:
        """Whether the groups follow one another in time."""
        return are_periods(list(self.groups))

    @property
    def pairs(self) -> tuple[ComparedPair, ...]:
        """The pairs that were compared, none where none were."""
        return self.comparisons.pairs if self.comparisons else ()

    @property
    def against_rest(self) -> bool:
        """Whether each group was compared with all the others together, which are no group."""
        return any(end not in self.groups for pair in self.pairs for end in (pair.a, pair.b))

    @property
    def some(self) -> Estimate:
        """One of the estimates: all are of one metric."""
        return next(iter(self.groups.values()))


@dataclass(frozen=True)
class Gap:
    """How far one group is above another, with its interval."""

    value: float
    low: float
    high: float


def name_of(estimate: Estimate) -> str:
    """The score's name as people write it."""
    return str(getattr(estimate, "metric", Metric.MEAN).label)


def within(estimate: Estimate) -> str:
    """The score's name within a sentence."""
    name = name_of(estimate)
    return name if name.isupper() else name.lower()


def plain_finding(some: Estimate, overall: Estimate | None, column: str) -> str:
    """The figure itself as a sentence, where nothing was compared."""
    if overall is None:
        return f"{name_of(some)} of “{column}” by group"
    unit = Unit.of(overall)
    name = within(overall)
    between = unit.interval(overall.low, overall.high).replace(" to ", " and ")
    return f"The {name} of “{column}” is {unit.figure(overall.value)}, between {between}"


def finding(breakdown: Breakdown) -> str | None:
    """What the comparisons of a breakdown allow to be said; None where nothing was compared."""
    if not breakdown.pairs:
        return None
    if breakdown.in_time:
        return _change(breakdown)
    name = name_of(breakdown.some)
    told = [pair for pair in breakdown.pairs if pair.changed]
    if not told:
        other = "the rest" if breakdown.against_rest else "another"
        return f"No group of “{breakdown.by}” can be told apart from {other} by its {within(breakdown.some)}"
    widest = max(told, key=lambda pair: abs(pair.difference.value))
    return f"{name}: {above(widest, Unit.of(breakdown.some))}"


def above(pair: ComparedPair, unit: Unit) -> str:
    """Which of the two is above the other, by how much and within which interval."""
    upper, lower, gap = ordered(pair)
    figures = f"{unit.figure(gap.value)} above {lower} (interval {unit.interval(gap.low, gap.high)})"
    return f"{upper} is {figures}"


def ordered(pair: ComparedPair) -> tuple[str, str, Gap]:
    """The pair with the higher group first, and by how much it is higher."""
    found = pair.difference
    if found.value >= 0:
        return pair.a, pair.b, Gap(found.value, found.low, found.high)
    return pair.b, pair.a, Gap(-found.value, -found.high, -found.low)


def _change(breakdown: Breakdown) -> str | None:
    earlier, later = sorted(breakdown.groups)[-2:]
    pair = next((pair for pair in breakdown.pairs if {pair.a, pair.b} == {earlier, later}), None)
    if pair is None:
        return None
    before, after = breakdown.groups[earlier], breakdown.groups[later]
    unit, name = Unit.of(before), name_of(before)
    if not pair.changed:
        return f"No change of {within(before)} can be told between {earlier} and {later}"
    moved = "rose" if after.value > before.value else "fell"
    return f"{name} {moved} from {unit.figure(before.value)} in {earlier} to {unit.figure(after.value)} in {later}"


def points(overall: Estimate | None, breakdown: Breakdown | None) -> list[Point]:
    """The two or three sentences under the title."""
    found = []
    if overall is not None:
        words = f"{Unit.of(overall).estimate(overall)}, from {overall.n:,} answers."
        found.append(Point("Everybody.", words))
    if breakdown is not None:
        found += _compared(breakdown)
    if len(found) < 3 and isinstance(overall, NetPromoter):
        words = f"{percent(overall.promoters, 1)} promoters and {percent(overall.detractors, 1)} detractors."
        found.append(Point("Made of.", words))
    return found


def _compared(breakdown: Breakdown) -> list[Point]:
    pairs, found = breakdown.pairs, []
    if len(pairs) == 1:
        verdict = "more than chance would bring" if pairs[0].changed else "it may be chance"
        found.append(Point("Difference.", f"{above(pairs[0], Unit.of(breakdown.some))}; {verdict}."))
    elif pairs:
        told = sum(pair.changed for pair in pairs)
        found.append(Point("Differences.", f"{told} of {len(pairs)} pairs differ by more than chance would bring."))
    hidden = len(breakdown.hidden)
    if hidden:
        found.append(Point("Hidden.", f"{hidden} {'group is' if hidden == 1 else 'groups are'} too small to be shown."))
    return found


def divided(breakdown: Breakdown) -> str:
    """Where the detractors are: two groups are named only where some pair differs."""
    groups = {label: score for label, score in breakdown.groups.items() if isinstance(score, NetPromoter)}
    most = max(groups, key=lambda label: groups[label].detractors)
    least = min(groups, key=lambda label: groups[label].detractors)
    if not any(pair.changed for pair in breakdown.pairs):
        return f"What the NPS of each group of “{breakdown.by}” is made of"
    shares = [percent(groups[label].detractors, 1) for label in (most, least)]
    return f"Detractors are {shares[0]} in {most}, {shares[1]} in {least}"
