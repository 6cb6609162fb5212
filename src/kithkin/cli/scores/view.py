"""The scores at a terminal."""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import count, product

from kithkin.analysis.charts.wording import Unit, percent
from kithkin.analysis.metrics import Comparisons, EffortScore
from kithkin.analysis.results import Estimate
from kithkin.cli.bars import Axis, axis_for
from kithkin.cli.leftout import told
from kithkin.cli.scores.answer import Breakdown, Group, Scores, State
from kithkin.cli.scores.counted import Wave
from kithkin.cli.scores.sentences import NAMES, compared, conclusion, counts_of, reading
from kithkin.cli.screen import Column, Row, Screen

MOST_ROWS = 40


def show(scores: Scores, screen: Screen) -> None:
    """The conclusion, then a table per breakdown, then what was left out and how it was measured."""
    first = conclusion(scores)
    screen.title(first)
    screen.say()
    estimates = [group.estimate for group in _groups(scores) if group.estimate is not None]
    if estimates:
        axis, unit = _axis(scores, estimates), Unit.of(estimates[0])
        for breakdown in scores.breakdowns or (Breakdown((), (), None),):
            _table(breakdown, scores, screen, axis, unit)
            sentence = compared(breakdown, scores)
            if sentence and sentence != first:
                screen.say(sentence)
            screen.say()
    for line in (*omissions(scores), *_key(scores)):
        screen.note(line)


def _groups(scores: Scores) -> Iterator[Group]:
    yield scores.overall
    for breakdown in scores.breakdowns:
        yield from breakdown.groups


def _axis(scores: Scores, estimates: list[Estimate]) -> Axis:
    factor = Unit.of(estimates[0]).factor
    ends = [factor * end for estimate in estimates for end in (estimate.low, estimate.high)]
    if scores.question.metric in {"nps", "csat"}:
        return axis_for(ends, 0.0, (-100, 100))
    return axis_for(ends, None, scores.question.scale)


def _table(breakdown: Breakdown, scores: Scores, screen: Screen, axis: Axis, unit: Unit) -> None:
    marks = _marks(breakdown)
    lettered = any(letter for letter, _, _ in marks.values())
    columns = [
        Column(breakdown.name, number=False),
        *[Column("", number=False)] * lettered,
        Column(f"{NAMES[scores.question.metric]}"),
        Column(f"{percent(0.95)} interval"),
        Column("n"),
    ]
    if scores.question.weight:
        columns.append(Column("n eff."))
    if marks:
        columns.append(Column(next(iter(marks.values()))[2], number=False))
    groups = _first(breakdown, marks)
    rows = [_row(group, scores, unit, marks) for group in groups]
    rows.append(_row(scores.overall, scores, unit, marks, faint=bool(breakdown.groups)))
    screen.table(columns, rows, axis)
    if len(groups) < len(breakdown.groups):
        screen.note(f"{len(groups)} of {len(breakdown.groups):,} groups: those that stand out, then the largest.")


def _first(breakdown: Breakdown, marks: dict[str, tuple[str, str, str]]) -> list[Group]:
    """All groups, in their order; of very many those that stand out, and the largest."""
    groups = list(breakdown.groups)
    if len(groups) <= MOST_ROWS:
        return groups
    groups.sort(key=lambda group: (not marks.get(group.label, ("", "", ""))[1], group.n is None, -(group.n or 0)))
    return groups[:MOST_ROWS]


def _row(
    group: Group, scores: Scores, unit: Unit, marks: dict[str, tuple[str, str, str]], *, faint: bool = False
) -> Row:
    letter, mark, _ = marks.get(group.label, ("", "", "")) if group.keys else ("", "", "")
    name = (group.label, *[letter] * any(given for given, _, _ in marks.values()))
    n = "" if group.n is None else f"{group.n:,}"
    extra = [""] * bool(scores.question.weight) + [mark] * bool(marks)
    if group.estimate is None:
        word = {State.HIDDEN: "hidden", State.CAPPED: "capped"}.get(group.state, "–")
        return Row((*name, word, "", n, *extra), faint=True)
    estimate = group.estimate
    if scores.question.weight:
        extra[0] = f"{estimate.n_effective:,.0f}"
    cells = (*name, unit.figure(estimate.value), unit.interval(estimate.low, estimate.high), n, *extra)
    low, value, high = (unit.factor * figure for figure in (estimate.low, estimate.value, estimate.high))
    return Row(cells, (value, low, high), faint)


def _marks(breakdown: Breakdown) -> dict[str, tuple[str, str, str]]:
    """Per group: its letter, what it differs from, and the heading of that column."""
    comparisons = breakdown.comparisons
    if comparisons is None or len(breakdown.by) > 1 or len(comparisons.pairs) == 1:
        return {}
    if breakdown.is_scan:
        return {
            pair.a: ("", ("above" if pair.difference.value > 0 else "below") if pair.discovery else "", "the rest")
            for pair in comparisons.pairs
        }
    return _letters(breakdown, comparisons)


def _letters(breakdown: Breakdown, comparisons: Comparisons) -> dict[str, tuple[str, str, str]]:
    """As in a cross table: each group has a letter, and lists the letters of the groups it lies above (Holm)."""
    compared = [group.label for group in breakdown.groups if group.estimate is not None]
    letters = dict(zip(compared, lettering(), strict=False))
    above: dict[str, set[str]] = {label: set() for label in letters}
    for pair in comparisons.pairs:
        if pair.changed:
            upper, lower = (pair.a, pair.b) if pair.difference.value > 0 else (pair.b, pair.a)
            above[upper].add(lower)
    return {
        label: (letter, " ".join(letters[lower] for lower in compared if lower in above[label]), "above")
        for label, letter in letters.items()
    }


def lettering() -> Iterator[str]:
    """A to Z, then AA, AB and on, as a spreadsheet names its columns."""
    return ("".join(letters) for length in count(1) for letters in product(string.ascii_uppercase, repeat=length))


def omissions(scores: Scores) -> Iterator[str]:
    """What was left out, hidden or not measurable, and why."""
    for wave in scores.waves:
        yield from _left_out(wave, scores)
    for breakdown in scores.breakdowns:
        counts = counts_of(breakdown)
        some = {group.state: group.reason for group in breakdown.groups if group.reason}
        for state in (State.HIDDEN, State.CAPPED, State.NOT_MEASURABLE):
            if counts[state]:
                share = f"{counts[state]} of {len(breakdown.groups)} groups of {breakdown.name}"
                yield f"{share} {state.value}: {some[state].rstrip('.')}."


def _key(scores: Scores) -> Iterator[str]:
    """What the marks in the tables mean."""
    for breakdown in scores.breakdowns:
        if breakdown.comparisons and len(breakdown.by) == 1 and len(breakdown.comparisons.pairs) > 1:
            yield (
                f"{breakdown.name}: against the rest, Benjamini–Hochberg."
                if breakdown.is_scan
                else f"{breakdown.name}: “above” lists the letters of the groups that it is told to lie above (Holm)."
            )
    if isinstance(scores.overall.estimate, EffortScore):
        yield f"Of everybody, the top two points: {reading(scores.overall.estimate.top2)}."
    if scores.question.floor is not None and scores.question.metric != "csat":
        yield "Under a floor the intervals are the widest that n and the score allow, so that they tell nothing more."
    if scores.question.weight:
        yield f"Weighted by {scores.question.weight}; n eff. is Kish's effective n, which the intervals rest on."


def _left_out(wave: Wave, scores: Scores) -> Iterator[str]:
    where = f"{wave.name}: " if len(scores.waves) > 1 else ""
    total = _answers(wave, scores)
    left = sum(one.count for one in wave.left_out if not one.in_part)
    of = "" if total is None else f" of {total + left:,} rows"
    for sentence in told(f"{left:,}{of} left out", wave.left_out):
        yield f"{where}{sentence}"


def _answers(wave: Wave, scores: Scores) -> int | None:
    if len(scores.waves) == 1:
        return scores.overall.n
    by_file = next(breakdown for breakdown in scores.breakdowns if breakdown.by == ("file",))
    return next((group.n for group in by_file.groups if group.label == wave.name), None)
