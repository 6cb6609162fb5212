"""From effects to what mending each link would bring outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithkin.analysis.inputs import Numbers
from kithkin.analysis.linkage.effects import Effects
from kithkin.analysis.linkage.panel import Cube, Panel
from kithkin.analysis.linkage.shrinkage import shrinkage

RECENT = 3
_BEST_QUARTILE = 0.75


@dataclass(frozen=True)
class Gains:
    """Per link: `gain` shrunk, `low` and `high` not; `worst` the share of draws in which it gains most."""

    gain: Numbers
    low: Numbers
    high: Numbers
    effect_low: Numbers
    effect_high: Numbers
    worst: Numbers


def now_and_gap(panel: Panel) -> tuple[Numbers, Numbers]:
    """Where each link stood in the last three periods, and how far below its target, or the best quartile."""
    recent = panel.x[:, :, -RECENT:]
    seen = ~np.isnan(recent)
    weight = np.where(seen, np.nan_to_num(panel.x_n[:, :, -RECENT:], nan=0.0), 0.0)
    weight = np.where((weight.sum(axis=(1, 2)) > 0)[:, None, None], weight, seen.astype(float))
    total = weight.sum(axis=(1, 2))
    filled = np.nan_to_num(recent)
    now = np.divide((weight * filled).sum(axis=(1, 2)), total, out=np.full(len(total), np.nan), where=total > 0)
    best = np.array([_best_quartile(link) for link in recent])
    goal = np.where(np.isnan(panel.target), best, panel.target)
    return now, np.nan_to_num(np.maximum(goal - now, 0.0))


def _best_quartile(recent: Cube) -> float:
    seen = ~np.isnan(recent)
    counts = seen.sum(axis=1)
    if not counts.any():
        return float("nan")
    means = np.nan_to_num(recent).sum(axis=1)[counts > 0] / counts[counts > 0]
    return float(np.quantile(means, _BEST_QUARTILE))


def gains(effects: Effects, gap: Numbers, exposure: Numbers, confidence: float) -> Gains:
    """Gain = effect × gap × exposure, with the draws' percentile interval; gap and exposure are taken as measured.

    The probability of being the worst compares shrunk draws, so that a large but vague effect does not pass for a large
    one.
    """
    worth = gap * exposure
    kept = shrinkage(effects.z)
    tail = (1.0 - confidence) / 2.0
    low, high = np.quantile(effects.draws, [tail, 1.0 - tail], axis=0)
    drawn = effects.draws * (kept * worth)
    best = drawn.argmax(axis=1)
    counted = drawn[np.arange(len(drawn)), best] > 0
    worst = np.bincount(best[counted], minlength=worth.size) / len(drawn)
    shown = effects.beta * kept
    return Gains(shown * worth, low * worth, high * worth, low, high, worst)
