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
    units = moments.xx.shape[0]
    whole = np.ones((1, units))
    beta = _solve(moments, whole, adjust)[0]
    left_out = _solve(moments, 1.0 - np.eye(units), adjust)
    if units < _WILD_BELOW:
        jackknifed = (left_out.mean(axis=0) - left_out) * np.sqrt((units - 1) / units)
        drawn = beta + _webb(draws, units, rng) @ jackknifed
    else:
        drawn = _solve(moments, rng.multinomial(units, np.full(units, 1 / units), size=draws).astype(float), adjust)
    return Effects(beta, score_statistics(moments, adjust), drawn, left_out, spread_and_reliability(moments)[1])


def score_statistics(moments: UnitMoments, adjust: NDArray[np.bool_]) -> Numbers:
    """Score statistic per link of "no effect".

    Its error is the larger of the clustered and the plain one, as Angrist and Pischke (2009, ch. 8) advise.

    The score of unit u is a_eᵀ(S_xy,u − (S_xx,u − Σ_u) β₀), with a_e the row of (S_xx − Σ)⁻¹ of link e and β₀ the
    effects of the links held constant when e has none. Unlike β / error it does not lose power to the noise in (S_xx −
    Σ)⁻¹. The clustered error alone, from few units, is often too small by chance; the plain one is its floor.
    """
    units, links = moments.xy.shape
    covariance = true_covariance(moments)[0]
    product, parts = _shares(moments)
    measured = _measured_covariance(moments)
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


def _measured_covariance(moments: UnitMoments) -> Cube:
    weight = moments.xx_weight.sum(axis=0)
    return np.asarray(np.divide(moments.xx.sum(axis=0), weight, out=np.zeros_like(weight), where=weight > 0))


def _shares(moments: UnitMoments) -> tuple[Cube, Cube]:
    """What each unit contributes to S_xy (U, L) and to S_xx − Σ (U, L, L)."""
    own = np.arange(moments.xx.shape[1])
    tiny = np.finfo(float).tiny
    parts = _kept_correlation(moments) * moments.xx / np.maximum(moments.xx_weight.sum(axis=0), tiny)
    sampled = moments.noise / np.maximum(moments.xx_weight.sum(axis=0)[own, own], tiny)
    given = moments.noise_share
    parts[:, own, own] -= np.where(np.isnan(given), sampled, given * parts[:, own, own])
    return moments.xy / np.maximum(moments.xy_weight.sum(axis=0), tiny), parts


def spread_and_reliability(moments: UnitMoments) -> tuple[Numbers, Numbers]:
    """Standard deviation within units of each measured link, and the share of its variance that is no noise."""
    variance, noise = _variance_and_noise(moments, np.ones((1, len(moments.xx))))
    with np.errstate(invalid="ignore", divide="ignore"):
        reliability = np.where(variance > 0, 1.0 - noise / variance, 0.0)
    return np.sqrt(np.maximum(variance[0], 0.0)), np.asarray(reliability[0])


def _variance_and_noise(moments: UnitMoments, draws: Cube) -> tuple[Cube, Cube]:
    links = moments.xx.shape[1]
    own = np.arange(links)
    weight = np.maximum(draws @ moments.xx_weight[:, own, own], np.finfo(float).tiny)
    variance = draws @ moments.xx[:, own, own] / weight
    sampled = draws @ moments.noise / weight
    given = moments.noise_share
    return variance, np.where(np.isnan(given), sampled, given * variance)


def true_covariance(moments: UnitMoments, draws: Cube | None = None) -> Cube:
    """S_xx − Σ for each draw of units, (B, L, L), made positive definite where the noise leaves too little.

    Without `draws` every unit counts once.
    """
    draws = np.ones((1, len(moments.xx))) if draws is None else draws
    count, links = draws.shape[0], moments.xx.shape[1]
    flat = draws @ moments.xx.reshape(len(moments.xx), -1)
    weight = draws @ moments.xx_weight.reshape(len(moments.xx), -1)
    observed = np.divide(flat, weight, out=np.zeros_like(flat), where=weight > 0).reshape(count, links, links)
    variance, noise = _variance_and_noise(moments, draws)
    corrected = variance - np.minimum(noise, (1.0 - MIN_RELIABILITY) * variance)
    own = np.arange(links)
    observed[:, own, own] = np.where(corrected > 0, corrected, 1.0)
    scale = np.sqrt(observed[:, own, own])
    correlation = observed / scale[:, :, None] / scale[:, None, :]
    kept = _kept_correlation(moments)
    correlation *= kept
    values, vectors = np.linalg.eigh(correlation)
    if values.min() < _FLOOR:
        low = values[:, 0] < _FLOOR
        lifted = np.maximum(values[low], _FLOOR)
        correlation[low] = np.einsum("bij,bj,bkj->bik", vectors[low], lifted, vectors[low])
    return np.asarray(correlation * scale[:, :, None] * scale[:, None, :])


def _kept_correlation(moments: UnitMoments) -> Cube:
    """How much of each correlation between links is kept (L, L): what chance alone would give is shrunk away."""
    measured = _measured_covariance(moments)
    scale = np.sqrt(np.maximum(np.diag(measured), np.finfo(float).tiny))
    upper = np.triu_indices(len(scale), 1)
    cells = np.minimum(moments.freedom[upper[0]], moments.freedom[upper[1]])
    correlation = np.clip((measured / scale[:, None] / scale)[upper], -0.999, 0.999)
    kept = np.ones_like(measured)
    kept[upper] = shrinkage(np.arctanh(correlation) * np.sqrt(np.maximum(cells, 1.0)))
    kept.T[upper] = kept[upper]
    return kept


def _solve(moments: UnitMoments, draws: Cube, adjust: NDArray[np.bool_]) -> Cube:
    covariance = true_covariance(moments, draws)
    weight = draws @ moments.xy_weight
    product = draws @ moments.xy
    product = np.divide(product, weight, out=np.zeros_like(product), where=weight > 0)
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
