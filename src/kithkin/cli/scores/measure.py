"""From counts to an answer: scores for all and by group, what is hidden, and which differences are real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np

from kithkin.analysis.errors import AnalysisError, NotEnoughData
from kithkin.analysis.metrics import Comparisons, compare_many, compare_pairs, compare_with_rest
from kithkin.cli.failures import CommandError
from kithkin.cli.scores.answer import REST, Breakdown, Group, Keys, Scores, State, Verdict
from kithkin.cli.scores.counted import Counted, Label, Question, Wave, count

__all__ = ["Question", "measure"]

MOST_GROUPS_IN_PAIRS = 20
MOST_CROSSED = 10_000


def measure(files: Sequence[Path], question: Question) -> Scores:
    """Answer the question from the files; each is a wave where there are several."""
    if question.floor is not None:
        _check_floor(files, question)
    counted = count(files, question)
    views = views_of(counted.dimensions)
    hidden = _withheld(counted, views)
    overall = _group(counted, {}, "everybody", hidden)
    breakdowns = tuple(_breakdown(counted, view, overall, hidden) for view in views)
    waves = counted.waves if question.floor is None else tuple(map(_without_examples, counted.waves))
    return Scores(question, waves, overall, breakdowns)


def _check_floor(files: Sequence[Path], question: Question) -> None:
    """Raises CommandError for what a floor cannot hold."""
    if len(files) > 1:
        raise CommandError(
            "--floor takes one file: waves that share people give them away by subtraction. If the waves are different "
            "people, put them into one file with a column for the wave, and name it in --by; else show one wave only."
        )
    if question.metric == "mean" and question.valid is None:
        raise CommandError("--floor with --metric mean needs the scale of the answers: add --valid LO:HI.")
    if question.weight is not None:
        raise CommandError(
            "--floor goes without --weight: one heavy weight can make a group's score one person's answer. Leave "
            "--weight out, and say that the scores are not weighted."
        )


def views_of(dimensions: Sequence[str]) -> list[tuple[str, ...]]:
    """Every dimension alone, then all of them crossed."""
    alone: list[tuple[str, ...]] = [(dimension,) for dimension in dimensions]
    return [*alone, tuple(dimensions)] if len(dimensions) > 1 else alone


def _without_examples(wave: Wave) -> Wave:
    return replace(wave, left_out=tuple(left.without_examples() for left in wave.left_out))


def _withheld(counted: Counted, views: Sequence[tuple[str, ...]]) -> Verdict:
    """What disclosure control says of each group; without a floor all may be shown, and none of it is loaded."""
    if counted.question.floor is None:
        return lambda _: None
    from kithkin.cli.scores.protection import protection

    return protection(counted, views, counted.question.floor)


def _group(counted: Counted, keys: Keys, label: str, hidden: Verdict) -> Group:
    withheld = hidden(keys)
    if withheld is not None:
        return replace(withheld, label=label)
    rows = counted.rows(keys)
    n = int(counted.figures["n"][rows].sum())
    try:
        estimate = counted.estimate(rows)
    except AnalysisError as error:
        if not keys:
            raise
        return Group(dict(keys), label, State.NOT_MEASURABLE, None, str(error), n=n)
    return Group(dict(keys), label, State.SHOWN, estimate, None, n=n)


def _breakdown(counted: Counted, view: tuple[str, ...], overall: Group, hidden: Verdict) -> Breakdown:
    members = [counted.members(dimension) for dimension in view]
    crossed = int(np.prod([len(labels) for labels in members]))
    if crossed > MOST_CROSSED:
        raise CommandError(
            f"--by {' '.join(view)}: {crossed:,} groups, more than {MOST_CROSSED:,}. Use coarser columns."
        )
    groups = []
    for labels in product(*members):
        keys = dict(zip(view, labels, strict=True))
        if counted.question.floor is None and not counted.rows(keys).any():
            continue
        groups.append(_group(counted, keys, " · ".join(label_text(label) for label in labels), hidden))
    return Breakdown(view, tuple(groups), _comparisons(counted, view, groups, overall))


def label_text(label: Label) -> str:
    """A group's label as people read it; a missing one has a name, too."""
    return "(none)" if label is None else label


def _comparisons(
    counted: Counted, view: tuple[str, ...], groups: Sequence[Group], overall: Group
) -> Comparisons | None:
    shown = {group.label: group.estimate for group in groups if group.estimate is not None}
    if view == ("file",):
        shown = dict(reversed(shown.items()))
    try:
        if len(view) > 1:
            return _between_waves(counted, view, groups)
        if len(shown) < 2:
            return None
        if len(shown) <= MOST_GROUPS_IN_PAIRS:
            return compare_many(shown)
        return _against_the_rest(counted, groups, overall)
    except NotEnoughData:
        return None


def _between_waves(counted: Counted, view: tuple[str, ...], groups: Sequence[Group]) -> Comparisons | None:
    """Of two waves, the later less the earlier within each group."""
    if view[0] != "file" or len(view) != 2 or len(counted.waves) != 2:
        return None
    found = {(group.keys["file"], group.keys[view[1]]): group for group in groups}
    pairs = []
    for label in counted.members(view[1]):
        earlier, later = (found.get((wave.name, label)) for wave in counted.waves)
        if earlier and later and earlier.estimate and later.estimate:
            pairs.append((later.label, earlier.label, later.estimate, earlier.estimate))
    return compare_pairs(pairs) if pairs else None


def _against_the_rest(counted: Counted, groups: Sequence[Group], overall: Group) -> Comparisons | None:
    """Each group against all who are not in it; their figures follow from the group's and everybody's."""
    if overall.estimate is None:
        return None
    return compare_with_rest(
        [
            (group.label, REST, group.estimate, counted.estimate(~counted.rows(group.keys)))
            for group in groups
            if group.estimate is not None
        ]
    )
