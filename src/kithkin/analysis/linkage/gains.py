"""From effects to what mending each link would bring outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from kithkin.analysis.inputs import Numbers
from kithkin.analysis.linkage.effects import Effects
from kithkin.analysis.linkage.panel import Cube, Panel
from kithkin.analysis.linkage.shrinkage import shrinkage

RECENT = 3
_BEST_QUARTILE = 0.75


@dataclass(frozen=True)
class Gains:
    """Per link: `gain` shrunk, `low` and `high` not, but wide enough to hold it.

    `worst` is the share of draws in which the link gains most, and more than nothing.
    """

    gain: Numbers
    low: Numbers
    high: Numbers
    effect_low: Numbers
    effect_high: Numbers
    worst: Numbers


def now_and_gap(panel: Panel) -> tuple[Numbers, Numbers]:
    """Where each link stood in its own last three measured periods, and how far below its goal."""
    recent = [_last_periods(link) for link in panel.x]
    now = np.array([_mean(panel.x[e][:, periods], panel.x_n[e][:, periods]) for e, periods in enumerate(recent)])
    best = np.array([_best_quartile(panel.x[e][:, periods]) for e, periods in enumerate(recent)])
    goal = np.where(np.isnan(panel.target), best, panel.target)
    return now, np.maximum(goal - now, 0.0)


def _last_periods(link: Cube) -> NDArray[np.intp]:
    return np.flatnonzero(~np.isnan(link).all(axis=0))[-RECENT:]


def _mean(values: Cube, n: Cube) -> float:
    """The mean of the cells that were measured, weighted by n where every one of them has it."""
    seen = ~np.isnan(values)
    counted = bool((n[seen] > 0).all())
    return float(np.average(values[seen], weights=n[seen] if counted else None))


def _best_quartile(recent: Cube) -> float:
    seen = ~np.isnan(recent)
    units = seen.any(axis=1)
    means = np.nan_to_num(recent).sum(axis=1)[units] / seen.sum(axis=1)[units]
    return float(np.quantile(means, _BEST_QUARTILE))


def gains(effects: Effects, gap: Numbers, exposure: Numbers, confidence: float) -> Gains:
    """Gain = effect × gap × exposure, with the draws' interval; gap and exposure are taken as measured.

    The probability of being the worst compares shrunk draws, so that a large but vague effect does not pass for a large
    one.
    """
    worth = gap * exposure
    kept = shrinkage(effects.z)
    low, high = _interval(effects, confidence)
    drawn = effects.draws * (kept * worth)
    best = drawn.argmax(axis=1)
    counted = drawn[np.arange(len(drawn)), best] > 0
    worst = np.bincount(best[counted], minlength=worth.size) / len(drawn)
    shown = effects.beta * kept * worth
    return Gains(shown, np.minimum(low * worth, shown), np.maximum(high * worth, shown), low, high, worst)


def _interval(effects: Effects, confidence: float) -> tuple[Numbers, Numbers]:
    """Percentiles of the draws, stretched as t with units − 1 degrees of freedom is wider than the normal."""
    tail = (1.0 - confidence) / 2.0
    units = len(effects.left_out)
    stretch = float(stdtrit(units - 1, 1.0 - tail) / ndtri(1.0 - tail)) * np.sqrt(units / (units - 1))
    low, high = np.quantile(effects.draws, [tail, 1.0 - tail], axis=0)
    return effects.beta + stretch * (low - effects.beta), effects.beta + stretch * (high - effects.beta)
