"""Expectation against performance (SERVQUAL), and what a feature does to satisfaction (Kano)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from kithkin.analysis.errors import BadShape, EmptyInput, NotEnoughData, OutOfScale
from kithkin.analysis.inputs import Numbers, labels, numbers, weights_for
from kithkin.analysis.metrics.intervals import wilson
from kithkin.analysis.metrics.scores import mean
from kithkin.analysis.results import Estimate, Result


@dataclass(frozen=True)
class Gap(Result):
    """Performance minus expectation in the unit of the answers: below 0 where the service falls short of hopes.

    `gap` has the paired interval; both means are over the same people, who answered both questions; `dropped` did not.
    """

    gap: Estimate
    expectation: float
    performance: float
    dropped: int

    def __str__(self) -> str:
        means = f"expected {self.expectation:.2f}, got {self.performance:.2f}"
        return f"gap {self.gap.value:+.2f} [{self.gap.low:+.2f}, {self.gap.high:+.2f}], n = {self.gap.n:,} ({means})"


def gap(
    expectation: Any,
    performance: Any,
    weights: Any = None,
    confidence: float = 0.95,
    *,
    scale: tuple[float, float] | None = None,
) -> Gap:
    """SERVQUAL gap P − E of one item, with the t interval of the paired differences.

    Source: Parasuraman, Zeithaml, Berry (1988). Both columns hold one answer per person, in the same order and on the
    same scale. People with a missing answer or zero weight are left out. With the `scale`, answers off it are refused,
    and differences that are all equal have an interval too (`metrics.mean`).

    Raises BadShape, EmptyInput, NotEnoughData (fewer than two people), NotNumeric, NotFinite, BadWeights, OutOfScale;
    Degenerate where all differences are equal and no scale is given.

    >>> print(gap([5, 5, 4, 5], [3, 5, 3, 4], scale=(1, 5)))
    gap -1.00 [-2.30, +0.30], n = 4 (expected 4.75, got 3.75)
    """
    expected, got = _on_scale(expectation, "expectation", scale), _on_scale(performance, "performance", scale)
    if expected.size != got.size:
        raise BadShape(f"gap: {expected.size} expectations for {got.size} performances. Give one pair per person.")
    by_person = weights_for(weights, expected.size)
    both = ~np.isnan(expected) & ~np.isnan(got) & (by_person > 0)
    if both.sum() < 2:
        raise NotEnoughData(
            f"gap: {int(both.sum())} of {both.size:,} people answered both questions; two are the least."
        )
    expected, got, by_person = expected[both], got[both], by_person[both]
    room = None if scale is None else (scale[0] - scale[1], scale[1] - scale[0])
    return Gap(
        gap=mean(got - expected, by_person, confidence, scale=room),
        expectation=float(np.average(expected, weights=by_person)),
        performance=float(np.average(got, weights=by_person)),
        dropped=int((~both).sum()),
    )


class KanoCategory(StrEnum):
    """What a feature does to satisfaction (Kano et al. 1984)."""

    ATTRACTIVE = "A"
    ONE_DIMENSIONAL = "O"
    MUST_BE = "M"
    INDIFFERENT = "I"
    REVERSE = "R"
    QUESTIONABLE = "Q"


COUNTED = (KanoCategory.ATTRACTIVE, KanoCategory.ONE_DIMENSIONAL, KanoCategory.MUST_BE, KanoCategory.INDIFFERENT)

# Berger et al. (1993): rows by the answer to "if it has the feature", columns to "if it has not",
# 1 I like it, 2 I expect it, 3 I am neutral, 4 I can live with it, 5 I dislike it
_EVALUATION = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")


@dataclass(frozen=True)
class Kano(Result):
    """`better` (0…1): how much having the feature pleases; `worse` (−1…0): how much its absence displeases.

    `counts` by category, unweighted; `category` the most frequent of A, O, M and I; `left_out` the answers that are
    reverse, questionable, missing or of zero weight.
    """

    better: Estimate
    worse: Estimate
    category: KanoCategory
    counts: dict[str, int]
    left_out: int

    def __str__(self) -> str:
        return f"{self.category.name.lower()}: better {self.better}; worse {self.worse}"


def kano(categories: Any, weights: Any = None, confidence: float = 0.95) -> Kano:
    """Berger's coefficients of one feature from its Kano categories, one per person (A, O, M, I, R, Q).

    better = (A + O)/(A + O + M + I), worse = −(O + M)/(A + O + M + I). Source: Berger et al. (1993). Intervals are
    Wilson's, on Kish's effective n. Raises OutOfScale for another letter, EmptyInput where nobody is
    A, O, M or I, BadWeights.

    >>> print(kano(["A", "A", "O", "M", "I", "R"]))
    attractive: better 0.6 [0.2307, 0.8824], n = 5; worse -0.4 [-0.7693, -0.1176], n = 5
    """
    letters = labels(categories, "categories")
    strange = sorted({letter for letter in letters if letter is not None} - set(KanoCategory))
    if strange:
        raise OutOfScale(f"categories: {', '.join(map(repr, strange[:3]))} given; there are {', '.join(KanoCategory)}.")
    by_person = weights_for(weights, letters.size)
    used = np.isin(letters.astype(str), COUNTED) & (by_person > 0)
    if not used.any():
        raise EmptyInput(f"categories: none of {letters.size:,} is A, O, M or I with a positive weight.")
    weight = {letter: float(by_person[used & (letters == letter)].sum()) for letter in COUNTED}
    n, n_effective = int(used.sum()), float(by_person[used].sum() ** 2 / (by_person[used] ** 2).sum())

    def share(*of: KanoCategory) -> tuple[float, float, float]:
        value = sum(weight[letter] for letter in of) / sum(weight.values())
        return (value, *wilson(value, n_effective, confidence))

    better = share(KanoCategory.ATTRACTIVE, KanoCategory.ONE_DIMENSIONAL)
    worse, low, high = share(KanoCategory.ONE_DIMENSIONAL, KanoCategory.MUST_BE)
    return Kano(
        better=Estimate(*better, n, n_effective, confidence),
        worse=Estimate(0.0 - worse, 0.0 - high, 0.0 - low, n, n_effective, confidence),
        category=max(COUNTED, key=lambda letter: weight[letter]),
        counts=dict(sorted(Counter(letter for letter in letters if letter is not None).items())),
        left_out=int((~used).sum()),
    )


def kano_categories(functional: Any, dysfunctional: Any) -> tuple[KanoCategory | None, ...]:
    """The category of each person from the pair of questions, by the evaluation table of Berger et al. (1993).

    Both answers on 1 I like it, 2 I expect it, 3 I am neutral, 4 I can live with it, 5 I dislike it: "if it has the
    feature" and "if it has not". None where one is missing. Raises BadShape, OutOfScale.

    >>> [category.name for category in kano_categories([1, 1, 2, 3], [3, 5, 5, 3])]
    ['ATTRACTIVE', 'ONE_DIMENSIONAL', 'MUST_BE', 'INDIFFERENT']
    """
    having, lacking = (_kano_answers(functional, "functional"), _kano_answers(dysfunctional, "dysfunctional"))
    if having.size != lacking.size:
        raise BadShape(f"kano: {having.size} functional answers for {lacking.size} dysfunctional ones.")
    return tuple(
        None if np.isnan(with_it + without) else KanoCategory(_EVALUATION[int(with_it) - 1][int(without) - 1])
        for with_it, without in zip(having, lacking, strict=True)
    )


def _kano_answers(answers: Any, name: str) -> Numbers:
    array = _on_scale(answers, name, (1, 5))
    if (array[~np.isnan(array)] % 1 != 0).any():
        raise OutOfScale(f"{name}: answers are 1, 2, 3, 4 or 5.")
    return array


def _on_scale(values: Any, name: str, scale: tuple[float, float] | None) -> Numbers:
    array = numbers(values, name)
    off = array[(array < scale[0]) | (array > scale[1])] if scale is not None else array[:0]
    if off.size and scale is not None:
        raise OutOfScale(f"{name}: {off.size} answers off {scale[0]:g} to {scale[1]:g}, the first {off[0]:g}.")
    return array
