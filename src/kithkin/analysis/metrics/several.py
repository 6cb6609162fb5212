"""Are any of many different? Every pair of groups, with corrections for looking often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from kithkin.analysis.errors import BadParameter
from kithkin.analysis.inputs import Numbers, numbers
from kithkin.analysis.metrics.alike import p_if_alike
from kithkin.analysis.metrics.comparison import Difference, compare, p_text
from kithkin.analysis.results import Estimate, Result

LOPSIDED = 5
"""Of so many times the answers, those of the few tell too little of their own spread beside those of the many."""


@dataclass(frozen=True)
class ComparedPair(Result):
    """Two of several groups, both corrections made on `difference.p_cautious`, or what `compare_pairs` says.

    `changed` holds after Holm’s, `discovery` after Benjamini–Hochberg’s.
    """

    a: str
    b: str
    difference: Difference
    p_holm: float
    p_benjamini_hochberg: float
    changed: bool
    discovery: bool


@dataclass(frozen=True)
class Comparisons(Result):
    """All pairs that were compared, in the order of the groups; a table when printed."""

    pairs: tuple[ComparedPair, ...]
    confidence: float

    def __str__(self) -> str:
        rows = [
            (
                f"{pair.a} − {pair.b}",
                pair.difference.interval_text(),
                f"Holm p {p_text(pair.p_holm)}",
                "differ" if pair.changed else "not told apart",
            )
            for pair in self.pairs
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def compare_many(
    groups: Mapping[str, Estimate], confidence: float = 0.95, *, reference: str | None = None
) -> Comparisons:
    """Every pair of groups, or every group against `reference`, with Holm's and Benjamini–Hochberg's p values.

    Use `changed` (Holm: the chance of even one false change stays below 1 − confidence) for what is called a change,
    and `discovery` (Benjamini–Hochberg: the expected share of false ones does) to scan for what to look at.

    Raises as `compare`, and BadParameter for fewer than two groups or an unknown reference.

    >>> from kithkin.analysis.metrics import csat_from_counts
    >>> print(compare_many({"May": csat_from_counts({5: 90, 1: 10}), "June": csat_from_counts({5: 60, 1: 40})}))
    May − June  +30.0 percentage points [+18.3, +40.8]  Holm p < 0.001  differ
    """
    if len(groups) < 2:
        raise BadParameter("compare_many: give at least two groups.")
    if reference is not None and reference not in groups:
        raise BadParameter(f"reference: no group {reference!r}. There are {', '.join(map(repr, groups))}.")
    names = (
        list(combinations(groups, 2))
        if reference is None
        else [(name, reference) for name in groups if name != reference]
    )
    return compare_pairs([(a, b, groups[a], groups[b]) for a, b in names], confidence)


def compare_pairs(pairs: Sequence[tuple[str, str, Estimate, Estimate]], confidence: float = 0.95) -> Comparisons:
    """Chosen pairs (name of a, name of b, a, b), each a − b, with Holm's and Benjamini–Hochberg's p values over all.

    For pairs that are not every one of some groups: the same group in two waves, or each group against the rest.
    `changed` and `discovery` as in `compare_many`. Where one of two has more than five times the answers of the other,
    both corrections are made on the larger of `difference.p_cautious` and `p_if_alike`.

    Raises as `compare`, and BadParameter where no pair is given.

    >>> from kithkin.analysis.metrics import csat_from_counts
    >>> may, june = csat_from_counts({5: 90, 1: 10}), csat_from_counts({5: 60, 1: 40})
    >>> print(compare_pairs([("IT in June", "IT in May", june, may)]))
    IT in June − IT in May  -30.0 percentage points [-40.8, -18.3]  Holm p < 0.001  differ
    """
    differences = _differences(pairs, confidence)
    p = [
        max(difference.p_cautious, p_if_alike(one, other)) if _lopsided(one, other) else difference.p_cautious
        for difference, (_, _, one, other) in zip(differences, pairs, strict=True)
    ]
    return _corrected(pairs, differences, p, confidence)


def compare_with_rest(pairs: Sequence[tuple[str, str, Estimate, Estimate]], confidence: float = 0.95) -> Comparisons:
    """As `compare_pairs` for groups that are each held against all others together, however many these are.

    Both corrections are made on the larger of `difference.p_cautious` and `p_if_alike`.

    >>> from kithkin.analysis.metrics import mean_from_counts
    >>> few, rest = mean_from_counts({5: 7, 4: 1}), mean_from_counts({5: 700, 4: 200, 1: 100})
    >>> compare(few, rest).changed
    True
    >>> print(compare_with_rest([("few", "rest", few, rest)]))
    few − rest  +0.475 [+0.176, +0.774]  Holm p = 0.264  not told apart
    """
    differences = _differences(pairs, confidence)
    p = [
        max(difference.p_cautious, p_if_alike(one, other))
        for difference, (_, _, one, other) in zip(differences, pairs, strict=True)
    ]
    return _corrected(pairs, differences, p, confidence)


def _lopsided(a: Estimate, b: Estimate) -> bool:
    few, many = sorted((a.n_effective, b.n_effective))
    return many > LOPSIDED * few


def _differences(pairs: Sequence[tuple[str, str, Estimate, Estimate]], confidence: float) -> list[Difference]:
    if not pairs:
        raise BadParameter("compare_pairs: give at least one pair.")
    return [compare(one, other, confidence) for _, _, one, other in pairs]


def _corrected(
    pairs: Sequence[tuple[str, str, Estimate, Estimate]],
    differences: Sequence[Difference],
    p: Sequence[float],
    confidence: float,
) -> Comparisons:
    corrected = zip(pairs, differences, holm(p), benjamini_hochberg(p), strict=True)
    return Comparisons(
        tuple(
            ComparedPair(
                a=a,
                b=b,
                difference=difference,
                p_holm=float(p_holm),
                p_benjamini_hochberg=float(p_bh),
                changed=difference.changed and bool(p_holm < 1 - confidence),
                discovery=difference.changed and bool(p_bh < 1 - confidence),
            )
            for (a, b, *_), difference, p_holm, p_bh in corrected
        ),
        confidence,
    )


def holm(p: Any) -> Numbers:
    """Holm's (1979) adjusted p values, in the order given: the running maximum of (m − i + 1)·p₍ᵢ₎, at most 1.

    Raises BadParameter for a p value outside 0…1 or missing.

    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    values = _p_values(p)
    order = np.argsort(values, kind="stable")
    stepped = np.maximum.accumulate(values[order] * np.arange(values.size, 0, -1))
    return _in_order(np.minimum(stepped, 1.0), order)


def benjamini_hochberg(p: Any) -> Numbers:
    """Benjamini and Hochberg's (1995) adjusted p values, in the order given: the running minimum, from the largest
    down, of m/i·p₍ᵢ₎, at most 1. Assumes independent or positively dependent tests.

    Raises BadParameter for a p value outside 0…1 or missing.

    >>> benjamini_hochberg([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.04, 0.04]
    """
    values = _p_values(p)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * values.size / np.arange(1, values.size + 1)
    stepped = np.minimum.accumulate(scaled[::-1])[::-1]
    return _in_order(np.minimum(stepped, 1.0), order)


def _p_values(p: Any) -> Numbers:
    values = numbers(p, "p")
    if not ((values >= 0) & (values <= 1)).all():
        raise BadParameter("p: every p value must lie between 0 and 1.")
    return values


def _in_order(sorted_values: Numbers, order: np.ndarray[Any, Any]) -> Numbers:
    values = np.empty_like(sorted_values)
    values[order] = sorted_values
    return values
