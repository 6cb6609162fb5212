"""What is left of a score when its unit and its period are taken out, and its sums of products per unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.inputs import Numbers
from kithkin.analysis.linkage.panel import Cube, Panel

_ROUNDS = 200
_TOLERANCE = 1e-9
_LEAST_PROCESS_SHARE = 0.1


@dataclass(frozen=True)
class Sample:
    """Within values of L links and of the outside score, zero where not seen.

    `x` (L, U, T) with `weights` (L, U, T); `y` (U, T) with `y_weights` (U, T); `noise` (L, U, T) the sampling variance
    of x, already reduced by what taking out units and periods removes; `noise_share` (L,) where the reliability was
    given instead, else NaN; `freedom` (L,) cells less unit and period effects.
    """

    x: Cube
    weights: Cube
    noise: Cube
    noise_share: Numbers
    y: Cube
    y_weights: Cube
    freedom: Numbers

    @property
    def pairs(self) -> NDArray[np.intp]:
        """Pairs of unit and period behind each link."""
        return np.asarray((self.weights > 0).sum(axis=(1, 2)))

    @property
    def units(self) -> NDArray[np.intp]:
        """Units behind each link."""
        return np.asarray((self.weights > 0).any(axis=2).sum(axis=1))


@dataclass(frozen=True)
class UnitMoments:
    """Weighted sums of products per unit, so that leaving a unit out or drawing units anew never touches a row again.

    `xx` and `xx_weight` have shape (U, L, L), `xy`, `xy_weight` and `noise` (U, L), `yy` and `yy_weight` (U,).
    """

    xx: Cube
    xx_weight: Cube
    xy: Cube
    xy_weight: Cube
    yy: Numbers
    yy_weight: Numbers
    noise: Cube
    noise_share: Numbers
    freedom: Numbers

    def drawn(self, times: Cube) -> UnitMoments:
        """Sums over the units, each counted so many times (B, U): a row per draw instead of a row per unit."""
        return self._each(lambda sums: (times @ sums.reshape(len(sums), -1)).reshape(-1, *sums.shape[1:]))

    def together(self) -> UnitMoments:
        """The sum over all units, as one row."""
        return self._each(lambda sums: sums.sum(axis=0, keepdims=True))

    def without_each(self) -> UnitMoments:
        """The sum over all units but one, a row for each unit that is left out."""
        return self._each(lambda sums: sums.sum(axis=0, keepdims=True) - sums)

    def _each(self, change: Callable[[Cube], Cube]) -> UnitMoments:
        names = ("xx", "xx_weight", "xy", "xy_weight", "yy", "yy_weight", "noise")
        return replace(self, **{name: change(getattr(self, name)) for name in names})


def demean(values: Cube, weights: Cube, *, by_unit: bool = True) -> Cube:
    """Residuals of weighted unit and period effects (alternating projections); zero where the weight is zero.

    `values` and `weights` have shape (…, U, T). For a balanced panel with equal weights one round is exact. With
    `by_unit` false only the period effects go.
    """
    present = weights > 0
    left = np.where(present, values, 0.0)
    unit_weight = np.maximum(weights.sum(-1, keepdims=True), np.finfo(float).tiny)
    period_weight = np.maximum(weights.sum(-2, keepdims=True), np.finfo(float).tiny)
    scale = max(float(np.abs(left).max(initial=0.0)), np.finfo(float).tiny)
    for _ in range(_ROUNDS):
        if by_unit:
            left = left - (weights * left).sum(-1, keepdims=True) / unit_weight
        shift = (weights * left).sum(-2, keepdims=True) / period_weight
        left = left - shift
        if np.abs(shift).max(initial=0.0) < _TOLERANCE * scale:
            break
    return np.where(present, left, 0.0)


def outcome_weights(panel: Panel) -> Cube:
    """Weights (U, T) of the outside score: 1 / (process variance + sd²/n), n where sd is unknown, 1 where both are.

    With little sampling error every cell counts alike, with much of it cells count by their n.
    """
    seen = ~np.isnan(panel.y)
    sampling = panel.y_variance
    if np.isnan(sampling[seen]).any():
        n = panel.y_n
        usable = not np.isnan(n[seen]).any() and bool((n[seen] > 0).all())
        return np.where(seen, n / n[seen].mean() if usable else 1.0, 0.0)
    residual = demean(panel.y, seen.astype(float))
    freedom = cells_less_effects(seen)
    total = float((residual**2).sum() / freedom) if freedom > 0 else float(np.var(panel.y[seen]))
    process = max(total - float(sampling[seen].mean()), _LEAST_PROCESS_SHARE * total, np.finfo(float).tiny)
    weights = np.where(seen, 1.0 / (process + np.where(seen, sampling, 0.0)), 0.0)
    return np.asarray(weights / weights[seen].mean())


def sample(
    panel: Panel, x: Cube, noise: Cube, reliability: Numbers, *, y_weights: Cube | None = None, by_unit: bool = True
) -> Sample:
    """Within values of the links `x` (L, U, T), as they stood before each period of the outside score."""
    weight = outcome_weights(panel) if y_weights is None else y_weights
    seen = ~np.isnan(x) & (weight > 0)
    if by_unit:  # a unit seen once says nothing about change within it
        seen &= seen.sum(axis=-1, keepdims=True) >= 2
    weights = np.where(seen, weight, 0.0)
    y_weight = np.where(seen.any(axis=0), weight, 0.0)
    freedom = np.array([cells_less_effects(link, by_unit=by_unit) for link in seen])
    kept = freedom / np.maximum(seen.sum(axis=(1, 2)), 1)
    known = seen & ~np.isnan(noise)
    typical = np.where(known, noise, 0.0).sum(axis=(1, 2)) / np.maximum(known.sum(axis=(1, 2)), 1)
    filled = np.where(known, noise, typical[:, None, None])
    return Sample(
        x=demean(np.nan_to_num(x), weights, by_unit=by_unit),
        weights=weights,
        noise=np.where(seen, filled, 0.0) * kept[:, None, None],
        noise_share=1.0 - reliability,
        y=demean(np.nan_to_num(panel.y), y_weight, by_unit=by_unit),
        y_weights=y_weight,
        freedom=freedom,
    )


def unit_moments(sample: Sample) -> UnitMoments:
    """Sums of products per unit of a sample, for the units in it."""
    sample = _used_units(sample)
    root = np.sqrt(sample.weights).transpose(1, 0, 2)
    scaled = root * sample.x.transpose(1, 0, 2)
    weighted = sample.weights * sample.x
    return UnitMoments(
        xx=scaled @ scaled.transpose(0, 2, 1),
        xx_weight=root @ root.transpose(0, 2, 1),
        xy=(weighted * sample.y).sum(axis=2).T,
        xy_weight=sample.weights.sum(axis=2).T,
        yy=(sample.y_weights * sample.y**2).sum(axis=1),
        yy_weight=sample.y_weights.sum(axis=1),
        noise=(sample.weights * sample.noise).sum(axis=2).T,
        noise_share=sample.noise_share,
        freedom=sample.freedom,
    )


def _used_units(sample: Sample) -> Sample:
    used = (sample.y_weights > 0).any(axis=1)
    return replace(
        sample,
        x=sample.x[:, used],
        weights=sample.weights[:, used],
        noise=sample.noise[:, used],
        y=sample.y[used],
        y_weights=sample.y_weights[used],
    )


def shifted(values: Cube, lag: int) -> Cube:
    """Values (…, T) as they were `lag` periods before each period; a negative lag looks ahead."""
    moved = np.full_like(values, np.nan)
    periods = values.shape[-1]
    if lag >= 0:
        moved[..., lag:] = values[..., : periods - lag]
    else:
        moved[..., :lag] = values[..., -lag:]
    return moved


def cells_less_effects(seen: NDArray[np.bool_], *, by_unit: bool = True) -> float:
    """Cells of a (U, T) pattern less its unit and period effects."""
    units = int(seen.any(axis=1).sum()) if by_unit else 1
    periods = int(seen.any(axis=0).sum())
    return float(max(int(seen.sum()) - units - periods + 1, 0))
