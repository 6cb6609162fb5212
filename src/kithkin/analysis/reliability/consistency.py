"""Do the items of a scale measure one thing? Cronbach's α and McDonald's ω."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

from kithkin.analysis.errors import BadParameter, Degenerate, NotEnoughData
from kithkin.analysis.inputs import Numbers
from kithkin.analysis.metrics.intervals import check_confidence
from kithkin.analysis.reliability.items import Items, complete_items
from kithkin.analysis.results import Estimate

BUCKETS = 200
COPIES = "items: they are copies of one another, so their reliability cannot be told. Did all click on?"


@dataclass(frozen=True, kw_only=True)
class ScaleReliability(Estimate):
    """The reliability of the sum of `items` items; `dropped` respondents left one of them out and are not counted."""

    coefficient: str
    items: int
    dropped: int

    def __str__(self) -> str:
        left_out = f", {self.dropped:,} with missing answers left out" if self.dropped else ""
        return (
            f"{self.coefficient} {self.value:.3f} [{self.low:.3f}, {self.high:.3f}], "
            f"{self.items} items, n = {self.n:,}{left_out}"
        )


@dataclass(frozen=True, kw_only=True)
class OneFactor(ScaleReliability):
    """ω, with the loading of each item on the one factor (correlation of the item with it)."""

    loadings: dict[str, float]


def cronbach_alpha(items: Any, confidence: float = 0.95) -> ScaleReliability:
    """Cronbach's (1951) α = k/(k − 1)·(1 − Σs²ᵢ/s²) of the sum of k items, with Feldt's (1965) F interval.

    `items` is respondents × items; respondents with a missing answer are left out and counted. Items must point the
    same way. Assumes essentially equal loadings (else α is a lower bound) and uncorrelated errors; may be negative.

    Raises NotEnoughData for fewer than 2 items or respondents, Degenerate when the sum is constant or when the items
    are copies of one another up to a constant (no interval can be told), EmptyInput, BadShape, NotNumeric, NotFinite.

    >>> print(cronbach_alpha([[1, 2, 1], [2, 2, 3], [4, 3, 4], [5, 5, 4], [3, 4, 4]]))
    α 0.922 [0.604, 0.991], 3 items, n = 5
    """
    check_confidence(confidence)
    table = complete_items(items)
    n, k = table.answers.shape
    _check_size(table, items=2, respondents=2)
    parts = float(table.answers.var(axis=0, ddof=1).sum())
    total = float(table.answers.sum(axis=1).var(ddof=1))
    if total <= 1e-12 * parts or parts == 0:
        raise Degenerate("items: their sum is the same for everybody, so its reliability cannot be told.")
    alpha = k / (k - 1) * (1 - parts / total)
    if 1 - alpha < 1e-12:
        raise Degenerate(COPIES)
    tail = (1 - confidence) / 2
    low, high = (1 - (1 - alpha) * float(fdtri(n - 1, (n - 1) * (k - 1), q)) for q in (1 - tail, tail))
    return ScaleReliability(alpha, low, high, n, float(n), confidence, coefficient="α", items=k, dropped=table.dropped)


def omega(items: Any, confidence: float = 0.95, *, draws: int = 1000, seed: int = 0) -> OneFactor:
    """McDonald's (1999) ω = (Σλ)²/((Σλ)² + Σψ) of the sum of the items, from a one-factor model.

    Fitted to the correlation matrix by minimum residuals (Harman, Jones 1966): the loadings in −1…1 that leave the
    least squared residual correlation, found by coordinate descent, then put back on the items' own scale. Interval:
    percentile bootstrap over respondents, or over 200 random groups of them when there are more than 200.

    Assumes that one factor fits and that errors are uncorrelated. Raises NotEnoughData for fewer than 3 items or not
    more respondents than items, Degenerate for constant items (named) and for copies,
    BadParameter for fewer than 100 draws,
    EmptyInput, BadShape, NotNumeric, NotFinite.

    >>> print(omega([[1, 2, 1], [2, 2, 3], [4, 3, 4], [5, 5, 4], [3, 4, 4]]))
    ω 0.936 [0.564, 1.000], 3 items, n = 5
    """
    check_confidence(confidence)
    if draws < 100:
        raise BadParameter(f"draws: at least 100 are needed for an interval, got {draws}.")
    table = complete_items(items)
    n, k = table.answers.shape
    _check_size(table, items=3, respondents=k + 1)
    covariance = np.cov(table.answers, rowvar=False)
    constant = [name for name, column in zip(table.names, table.answers.T, strict=True) if np.ptp(column) == 0]
    if constant:
        raise Degenerate(f"items: {', '.join(constant)} got the same answer from everybody. Leave them out.")
    loadings = _loadings(covariance[None], rounds=5000, close=1e-10)
    value = float(_omega(covariance[None], loadings)[0])
    if 1 - value < 1e-12:
        raise Degenerate(COPIES)
    resampled = _resampled_covariances(table.answers, draws, seed)
    spread = _omega(resampled, _loadings(resampled, rounds=300, close=1e-5))
    low, high = np.quantile(spread, [(1 - confidence) / 2, (1 + confidence) / 2])
    return OneFactor(
        value,
        float(min(low, value)),
        float(max(high, value)),
        n,
        float(n),
        confidence,
        coefficient="ω",
        items=k,
        dropped=table.dropped,
        loadings=dict(zip(table.names, loadings[0].tolist(), strict=True)),
    )


def _check_size(table: Items, *, items: int, respondents: int) -> None:
    n, k = table.answers.shape
    if k < items:
        raise NotEnoughData(f"items: {k} given, at least {items} are needed.")
    if n < respondents:
        raise NotEnoughData(f"items: {n} complete respondent(s), at least {respondents} are needed for {k} items.")


def _omega(covariance: NDArray[np.float64], loadings: NDArray[np.float64]) -> Numbers:
    """ω for each covariance matrix of a stack; 0 for a stack member without any variance."""
    variance = np.diagonal(covariance, axis1=1, axis2=2)
    common = (loadings * np.sqrt(variance)).sum(axis=1) ** 2
    unique = (variance * (1 - loadings**2)).sum(axis=1)
    whole = common + unique
    coefficients: Numbers = np.divide(common, whole, out=np.zeros_like(whole), where=whole > 0)
    return coefficients


def _loadings(covariance: NDArray[np.float64], rounds: int, close: float) -> NDArray[np.float64]:
    """Minimum-residual loadings of one factor for each covariance matrix of a stack (draws × k × k)."""
    k = covariance.shape[1]
    sd = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    scale = sd[:, :, None] * sd[:, None, :]
    correlation = np.divide(covariance, scale, out=np.zeros_like(covariance), where=scale > 0)
    loadings = np.linalg.eigh(correlation)[1][:, :, -1] * 0.7
    for _ in range(rounds):
        before = loadings.copy()
        for i in range(k):
            others = np.arange(k) != i
            rest = loadings[:, others]
            norm = (rest**2).sum(axis=1)
            target = (correlation[:, i, others] * rest).sum(axis=1)
            loadings[:, i] = np.clip(np.divide(target, norm, out=np.zeros_like(norm), where=norm > 0), -1, 1)
        if np.abs(loadings - before).max() < close:
            break
    signed: NDArray[np.float64] = loadings * np.where(loadings.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)
    return signed


def _resampled_covariances(answers: Numbers, draws: int, seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    n, k = answers.shape
    buckets = min(n, BUCKETS)
    bucket = rng.permutation(n) % buckets
    centred = answers - answers.mean(axis=0)
    order = np.argsort(bucket, kind="stable")
    starts = np.searchsorted(bucket[order], np.arange(buckets))
    sizes = np.bincount(bucket, minlength=buckets)
    sums = np.add.reduceat(centred[order], starts, axis=0)
    products = np.stack([part.T @ part for part in np.split(centred[order], starts[1:])]).reshape(buckets, k * k)
    times = rng.multinomial(buckets, np.full(buckets, 1 / buckets), size=draws).astype(np.float64)
    totals = times @ sizes
    means = (times @ sums) / totals[:, None]
    squares = (times @ products).reshape(draws, k, k) / totals[:, None, None]
    noise = 1e-12 * answers.var(axis=0)
    covariances: NDArray[np.float64] = squares - means[:, :, None] * means[:, None, :]
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    covariances[:, range(k), range(k)] = np.where(variances > noise, variances, 0.0)
    return covariances
