"""Effects of the links on the outside score, corrected for measurement error, from moments per unit alone.

The correction is that of errors in variables: β = (S_xx − Σ)⁻¹ S_xy, with Σ the sampling variance of the scores within
units and periods (Fuller 1987, Measurement Error Models, ch. 2). Every draw of units is a weighted sum of the moments
per unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.inputs import Numbers
from kithkin.analysis.linkage.panel import Cube
from kithkin.analysis.linkage.shrinkage import shrinkage
from kithkin.analysis.linkage.within import UnitMoments

MIN_RELIABILITY = 0.1
"""A draw of units whose scores look less reliable than this is corrected as if they were this reliable."""
_FLOOR = 0.05
_WILD_BELOW = 20
_WEBB = np.sqrt(np.array([1.5, 1.0, 0.5]))


@dataclass(frozen=True)
class Effects:
    """Effects of L links: `beta` in points of the outside score per point of the link, `draws` (B, L) of it.

    `z` is one-sided, `left_out` (U, L) the effects without each unit, `reliability` that within units.
    """

    beta: Numbers
    z: Numbers
    draws: Cube
    left_out: Cube
    reliability: Numbers


def estimate(moments: UnitMoments, adjust: NDArray[np.bool_], *, draws: int, rng: np.random.Generator) -> Effects:
    """Effects, without each unit in turn, and with units drawn anew.

    `adjust[e, k]` says that link k is held constant when the effect of link e is taken. Draws resample
    whole units; below 20 units they are a wild cluster bootstrap (Cameron, Gelbach, Miller 2008).
    """
    kept = kept_correlation(moments)
    units = len(moments.xx)
    beta = _solve(moments.together(), kept, adjust)[0]
    left_out = _solve(moments.without_each(), kept, adjust)
    if units < _WILD_BELOW:
        jackknifed = (left_out.mean(axis=0) - left_out) * np.sqrt((units - 1) / units)
        drawn = beta + _webb(draws, units, rng) @ jackknifed
    else:
        times = rng.multinomial(units, np.full(units, 1 / units), size=draws).astype(float)
        drawn = _solve(moments.drawn(times), kept, adjust)
    return Effects(beta, score_statistics(moments, adjust), drawn, left_out, spread_and_reliability(moments)[1])


def score_statistics(moments: UnitMoments, adjust: NDArray[np.bool_]) -> Numbers:
    """Score statistic per link of "no effect".

    Its error is the larger of the clustered and the plain one, as Angrist and Pischke (2009, ch. 8) advise.

    The score of unit u is a_eᵀ(S_xy,u − (S_xx,u − Σ_u) β₀), with a_e the row of (S_xx − Σ)⁻¹ of link e and β₀ the
    effects of the links held constant when e has none. Unlike β / error it does not lose power to the noise in (S_xx −
    Σ)⁻¹. The clustered error alone, from few units, is often too small by chance; the plain one is its floor.
    """
    units, links = moments.xy.shape
    covariance = true_covariance(moments)
    product, parts = _shares(moments)
    measured = measured_covariance(moments.together())[0]
    outside = moments.yy.sum() / max(moments.yy_weight.sum(), np.finfo(float).tiny)
    statistics = np.zeros(links)
    for link in range(links):
        held = np.flatnonzero(adjust[link] | (np.arange(links) == link))
        place = int(np.searchsorted(held, link))
        inverse = np.linalg.inv(covariance[np.ix_(held, held)])
        row, total = inverse[place], product[:, held].sum(axis=0)
        full = inverse @ total
        without = full - inverse[:, place] * full[place] / row[place]
        scores = (product[:, held] - parts[:, held[:, None], held] @ without) @ row
        seen = measured[np.ix_(held, held)]
        residual = outside - total @ np.linalg.lstsq(seen, total, rcond=None)[0]
        freedom = moments.freedom[link] - held.size
        plain = max(residual, 0.0) * (row @ seen @ row) / freedom if freedom > 0 else np.inf
        error = np.sqrt(max(units * scores.var(ddof=1), plain))
        statistics[link] = scores.sum() / error if error > 0 else 0.0
    return statistics


def _shares(moments: UnitMoments) -> tuple[Cube, Cube]:
    """What each unit contributes to S_xy (U, L) and to S_xx − Σ (U, L, L)."""
    own = np.arange(moments.xx.shape[1])
    tiny = np.finfo(float).tiny
    parts = kept_correlation(moments) * moments.xx / np.maximum(moments.xx_weight.sum(axis=0), tiny)
    sampled = moments.noise / np.maximum(moments.xx_weight.sum(axis=0)[own, own], tiny)
    given = moments.noise_share
    parts[:, own, own] -= np.where(np.isnan(given), sampled, given * parts[:, own, own])
    return moments.xy / np.maximum(moments.xy_weight.sum(axis=0), tiny), parts


def spread_and_reliability(moments: UnitMoments) -> tuple[Numbers, Numbers]:
    """Standard deviation within units of each measured link, and the share of its variance that is no noise."""
    whole = moments.together()
    variance = _diagonal(measured_covariance(whole))[0]
    noise = _noise(whole, variance)[0]
    reliability = 1.0 - np.divide(noise, variance, out=np.ones_like(noise), where=variance > 0)
    return np.sqrt(np.maximum(variance, 0.0)), reliability


def true_covariance(moments: UnitMoments) -> Cube:
    """S_xx − Σ (L, L) over all units, made positive definite where the noise leaves too little."""
    return np.asarray(_true_covariances(moments.together(), kept_correlation(moments))[0])


def kept_correlation(moments: UnitMoments) -> Cube:
    """How much of each correlation between links is kept (L, L): what chance alone would give is shrunk away."""
    measured = measured_covariance(moments.together())[0]
    scale = np.sqrt(np.maximum(np.diag(measured), np.finfo(float).tiny))
    upper = np.triu_indices(len(scale), 1)
    cells = np.minimum(moments.freedom[upper[0]], moments.freedom[upper[1]])
    correlation = np.clip((measured / scale[:, None] / scale)[upper], -0.999, 0.999)
    kept: Cube = np.ones(measured.shape)
    kept[upper] = shrinkage(np.arctanh(correlation) * np.sqrt(np.maximum(cells, 1.0)))
    kept.T[upper] = kept[upper]
    return kept


def measured_covariance(sums: UnitMoments) -> Cube:
    """S_xx (B, L, L) as measured, noise and all, a matrix for each row of sums."""
    return np.divide(sums.xx, sums.xx_weight, out=np.zeros_like(sums.xx), where=sums.xx_weight > 0)


def _noise(sums: UnitMoments, variance: Cube) -> Cube:
    """Sampling variance of each link (B, L), from n and sd or from the reliability that was given."""
    sampled = sums.noise / np.maximum(_diagonal(sums.xx_weight), np.finfo(float).tiny)
    return np.asarray(np.where(np.isnan(sums.noise_share), sampled, sums.noise_share * variance))


def _true_covariances(sums: UnitMoments, kept: Cube) -> Cube:
    covariance = measured_covariance(sums)
    variance = _diagonal(covariance)
    corrected = variance - np.minimum(_noise(sums, variance), (1.0 - MIN_RELIABILITY) * variance)
    own = np.arange(covariance.shape[1])
    covariance[:, own, own] = np.where(corrected > 0, corrected, 1.0)
    scale = np.sqrt(_diagonal(covariance))
    correlation = kept * covariance / scale[:, :, None] / scale[:, None, :]
    if np.abs(correlation).sum(axis=2).max() > 2.0 - _FLOOR:  # else Gershgorin's circles keep clear of the floor
        values, vectors = np.linalg.eigh(correlation)
        low = values[:, 0] < _FLOOR
        lifted = vectors[low] * np.maximum(values[low], _FLOOR)[:, None, :]
        correlation[low] = lifted @ vectors[low].transpose(0, 2, 1)
    return np.asarray(correlation * scale[:, :, None] * scale[:, None, :])


def _diagonal(matrices: Cube) -> Cube:
    return np.diagonal(matrices, axis1=1, axis2=2).copy()


def _solve(sums: UnitMoments, kept: Cube, adjust: NDArray[np.bool_]) -> Cube:
    covariance = _true_covariances(sums, kept)
    product = np.divide(sums.xy, sums.xy_weight, out=np.zeros_like(sums.xy), where=sums.xy_weight > 0)
    beta = np.empty_like(product)
    for held in np.unique(adjust, axis=0):
        mine = np.flatnonzero((adjust == held).all(axis=1))
        beta[:, mine] = _solve_set(covariance, product, held, mine)
    return beta


def _solve_set(covariance: Cube, product: Cube, held: NDArray[np.bool_], mine: NDArray[np.intp]) -> Cube:
    """Effects of the links `mine`, which all hold the same links constant; each counts itself as held."""
    if held[mine].all():
        chosen = np.flatnonzero(held)
        solved = np.linalg.solve(covariance[:, chosen[:, None], chosen], product[:, chosen, None])[..., 0]
        return np.asarray(solved[:, np.searchsorted(chosen, mine)])
    beta = np.empty((len(product), len(mine)))
    for column, link in enumerate(mine):
        own = held.copy()
        own[link] = True
        beta[:, [column]] = _solve_set(covariance, product, own, np.array([link]))
    return beta


def _webb(draws: int, units: int, rng: np.random.Generator) -> Cube:
    """Webb's six-point weights for the wild cluster bootstrap with few clusters (Webb 2014)."""
    points = np.concatenate([-_WEBB, _WEBB])
    return np.asarray(points[rng.integers(0, points.size, size=(draws, units))])
