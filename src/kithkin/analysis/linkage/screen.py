"""Which links can be judged at all, and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kithkin.analysis.inputs import Numbers
from kithkin.analysis.linkage.effects import MIN_RELIABILITY, spread_and_reliability
from kithkin.analysis.linkage.panel import Panel
from kithkin.analysis.linkage.report import Excluded
from kithkin.analysis.linkage.service_map import Reach
from kithkin.analysis.linkage.within import Sample, unit_moments

_LEAST_UNITS = 5
_LEAST_SHARE_OF_UNITS = 0.2
_LEAST_PAIRS = 20
_AS_ONE = 0.95


@dataclass(frozen=True)
class Screened:
    """What passed. `twins`: per link, those that move as one with it; `icc2`: the reliability of units' means.

    `too_few`: some link was left out only since it was seen too rarely.
    """

    panel: Panel
    reach: Reach
    excluded: tuple[Excluded, ...]
    twins: dict[str, tuple[str, ...]]
    icc2: Numbers
    too_few: bool


def screen(panel: Panel, sample: Sample, reach: Reach, *, over_time: bool) -> Screened:
    """Leave out links seen too rarely, without change, or all noise; keep one of those that move as one."""
    moments = unit_moments(sample)
    spread, reliability = spread_and_reliability(moments)
    total = int((sample.y_weights > 0).any(axis=1).sum())
    reasons: dict[int, str] = {}
    too_few = False
    for link in range(len(panel.links)):
        pairs, units = int(sample.pairs[link]), int(sample.units[link])
        if units < max(_LEAST_UNITS, _LEAST_SHARE_OF_UNITS * total) or (over_time and pairs < _LEAST_PAIRS):
            too_few = True
            reasons[link] = f"seen in {units} of {total} units, {pairs} unit-periods: too few to judge"
        elif spread[link] <= 1e-9 * max(np.abs(panel.x[link][~np.isnan(panel.x[link])]).max(), 1e-300):
            reasons[link] = (
                "its score does not change within units" if over_time else "its score is the same in every unit"
            )
        elif reliability[link] < MIN_RELIABILITY:
            shown = f"{max(reliability[link], 0.0):.2f}, below {MIN_RELIABILITY}"
            reasons[link] = f"its changes are noise (reliability {shown}): ask more people"
    twins = _twins(sample, [link for link in range(len(panel.links)) if link not in reasons])
    for kept, others in twins.items():
        for other, r in others:
            reasons[other] = f"moves as one with {panel.links[kept]} (r = {r:.2f}): the two cannot be told apart"
    keep = np.array([link not in reasons for link in range(len(panel.links))])
    return Screened(
        panel=_only(panel, keep),
        reach=replace(reach, adjust=reach.adjust[np.ix_(keep, keep)], exposure=reach.exposure[keep]),
        excluded=tuple(Excluded(panel.links[link], reason) for link, reason in sorted(reasons.items())),
        twins={panel.links[kept]: tuple(panel.links[other] for other, _ in others) for kept, others in twins.items()},
        icc2=unit_mean_reliability(panel)[keep],
        too_few=too_few,
    )


def unit_mean_reliability(panel: Panel) -> Numbers:
    """ICC(2) of each link's unit means over all periods: 1 − sampling variance / variance of the means."""
    seen = ~np.isnan(panel.x)
    counts = seen.sum(axis=2)
    result = np.full(len(panel.links), np.nan)
    for link in range(len(panel.links)):
        rows = counts[link] > 0
        known = seen[link] & ~np.isnan(panel.x_variance[link])
        if rows.sum() < 2 or not known.any():
            continue
        means = np.nan_to_num(panel.x[link]).sum(axis=1)[rows] / counts[link][rows]
        sampling = panel.x_variance[link][known].mean() * (1.0 / counts[link][rows]).mean()
        between = means.var(ddof=1)
        result[link] = max(1.0 - sampling / between, 0.0) if between > 0 else 0.0
    return result


def _twins(sample: Sample, candidates: list[int]) -> dict[int, list[tuple[int, float]]]:
    """Links that move as one with an earlier one: |r| of their measured within values is .95 or more."""
    found: dict[int, list[tuple[int, float]]] = {}
    taken: set[int] = set()
    for position, link in enumerate(candidates):
        for other in candidates[position + 1 :]:
            if link in taken or other in taken:
                continue
            both = (sample.weights[link] > 0) & (sample.weights[other] > 0)
            if both.sum() < _LEAST_PAIRS // 4:
                continue
            a, b = sample.x[link][both], sample.x[other][both]
            scale = float(np.sqrt((a @ a) * (b @ b)))
            r = float(a @ b) / scale if scale > 0 else 0.0
            if abs(r) >= _AS_ONE:
                found.setdefault(link, []).append((other, r))
                taken.add(other)
    return found


def _only(panel: Panel, keep: np.ndarray) -> Panel:
    return replace(
        panel,
        links=tuple(link for link, kept in zip(panel.links, keep, strict=True) if kept),
        x=panel.x[keep],
        x_n=panel.x_n[keep],
        x_variance=panel.x_variance[keep],
        target=panel.target[keep],
        reliability=panel.reliability[keep],
    )
