"""How sure a share is: the bootstrap over respondents, or over buckets of them, from moments alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import fdtrc

from kithkin.analysis.drivers.correlation import Correlation, Missing, correlation, positive_definite
from kithkin.analysis.drivers.moments import BUCKETS, Moments, Rows, bucket_moments
from kithkin.analysis.drivers.shares import LMG_LIMIT, Method, chosen_method, r2_of, shares_of
from kithkin.analysis.drivers.units import Resampled, Units
from kithkin.analysis.errors import BadParameter, NotEnoughData
from kithkin.analysis.inputs import Numbers
from kithkin.analysis.results import Estimate, Result

DRAWS = 1000
LMG_IN_BOOTSTRAP = 15
LMG_SUBSETS_AT_MOST = 2**31
ROWS_RESAMPLED_SINGLY = 5000
CELLS_RESAMPLED_SINGLY = 2**24  # 128 MB
SOUND_DRAWS = 0.8


@dataclass(frozen=True, eq=False)
class Draws:
    """The bootstrap's raw draws: shares (D, p), r2 (D) and driver means (D, p), with the estimate they belong to."""

    source: Correlation
    method: Method
    resampled: Resampled
    point: Numbers
    point_r2: float
    shares: Numbers
    r2: Numbers
    means: Numbers

    def share_estimate(self, driver: int, confidence: float) -> Estimate:
        """A driver's share with its interval."""
        return self._estimate(self.shares[:, driver], float(self.point[driver]), confidence, moved=1)

    def r2_estimate(self, confidence: float) -> Estimate:
        """R² with its interval, which begins lower by the bias once more: R² collects the luck of all drivers."""
        return self._estimate(self.r2, self.point_r2, confidence, moved=2)

    def _estimate(self, drawn: Numbers, value: float, confidence: float, moved: int) -> Estimate:
        low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
        bias = drawn.mean() - value
        low = max(0.0, float(low - moved * bias)) if self._beyond_chance(confidence) else 0.0
        high = min(1.0, float(high - bias))
        n_effective = self.source.n_effective
        return Estimate(value, min(low, value), max(high, value), self.source.n, n_effective, confidence)

    def _beyond_chance(self, confidence: float) -> bool:
        """Whether R² passes its F test: with few rows for each driver the resamples alone would often say so of noise.

        An R² that chance alone gives may be 0, and so may then each share of it.
        """
        drivers = len(self.point)
        left = self.source.n_effective - drivers - 1
        if left <= 0 or self.point_r2 >= 1:
            return left > 0
        f = self.point_r2 / drivers / ((1 - self.point_r2) / left)
        return bool(fdtrc(drivers, left, f) < 1 - confidence)


@dataclass(frozen=True)
class Bootstrap(Result):
    """Intervals of R² and of each driver's share; `weak` names the drivers whose interval holds 0.

    `draws` counts the draws used: resamples in which a driver did not vary are left out.
    """

    r2: Estimate
    shares: dict[str, Estimate]
    weak: tuple[str, ...]
    draws: int
    method: Method
    missing: Missing
    resampled: Resampled

    def __str__(self) -> str:
        width = max(map(len, self.shares))
        lines = [
            f"{name:<{width}}  {share}{'  weak evidence' if name in self.weak else ''}"
            for name, share in sorted(self.shares.items(), key=lambda item: -item[1].value)
        ]
        return "\n".join([f"R² {self.r2} ({self.method}, {self.draws:,} draws of {self.resampled})", *lines])


def bootstrap(
    X: Any,
    y: Any,
    weights: Any = None,
    names: Sequence[str] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    method: Method | str = Method.AUTO,
    missing: Missing | str = Missing.COMPLETE,
    confidence: float = 0.95,
) -> Bootstrap:
    """Bootstrap intervals for the shares of R² (0…1), by resampling respondents; arguments as `Moments.from_data`.

    The interval belongs to the very quantity that is shown: LMG is drawn anew in every resample ("auto": up to 15
    drivers, Johnson's weights beyond). It is the percentile interval moved by the bootstrap's estimate of bias (Efron,
    Tibshirani 1993). A share cannot be negative, and chance alone gives every driver a little; the move takes that
    little off, so a driver that is only noise gets an interval that begins at 0: weak evidence (trials: at least 96 %
    of noise drivers, 4 to 10 drivers, 60 to 1,000 rows; true shares covered in 92 % to 96 %). Where R² does not pass
    its F test, every interval begins at 0. Above 5,000 rows (fewer
    with more than 56 drivers), 200 hash buckets of rows are resampled. Assumes that rows are independent.

    Raises what `lmg` raises, and BadParameter where draws × subsets would take many minutes.

    >>> rng = np.random.default_rng(1)
    >>> X = rng.normal(size=(200, 2))
    >>> bootstrap(X, X[:, 0] + rng.normal(size=200), names=["speed", "noise"]).weak
    ('noise',)
    """
    rows = Rows.of(X, y, weights, names)
    drawn = draws_of_rows(rows, draws=draws, seed=seed, method=method, missing=missing)
    return _bootstrap(drawn, checked_confidence(confidence))


def bootstrap_buckets(
    buckets: Sequence[Moments],
    *,
    draws: int = DRAWS,
    seed: int = 0,
    method: Method | str = Method.AUTO,
    missing: Missing | str = Missing.COMPLETE,
    confidence: float = 0.95,
) -> Bootstrap:
    """`bootstrap` from the moments of hash buckets of respondents (`bucket_moments`), resampling buckets.

    >>> rng = np.random.default_rng(1)
    >>> X = rng.normal(size=(2000, 1))
    >>> bootstrap_buckets(bucket_moments(X, X[:, 0] + rng.normal(size=2000))).r2.n
    2000
    """
    drawn = draws_of_buckets(buckets, draws=draws, seed=seed, method=method, missing=missing)
    return _bootstrap(drawn, checked_confidence(confidence))


def draws_of_rows(rows: Rows, *, draws: int, seed: int, method: Method | str, missing: Missing | str) -> Draws:
    """Few rows are resampled one by one, many in buckets."""
    rows = rows.rescaled()
    cells = rows.count * (len(rows.names) + 1) ** 2
    if rows.count > ROWS_RESAMPLED_SINGLY or cells > CELLS_RESAMPLED_SINGLY:
        buckets = bucket_moments(rows.X, rows.y, rows.weights, rows.names, buckets=BUCKETS)
        return draws_of_buckets(buckets, draws=draws, seed=seed, method=method, missing=missing)
    source = correlation(rows.moments(), Missing(missing))
    return _draws(source, lambda: Units.of_rows(rows, source), draws, seed, method)


def draws_of_buckets(
    buckets: Sequence[Moments], *, draws: int, seed: int, method: Method | str, missing: Missing | str
) -> Draws:
    """Raises NotEnoughData for fewer than ten buckets with answers."""
    if not buckets:
        raise NotEnoughData("buckets: none given.")
    source = correlation(sum(buckets[1:], buckets[0]), Missing(missing))
    return _draws(source, lambda: Units.of_buckets(buckets, source), draws, seed, method)


def checked_confidence(confidence: float) -> float:
    """BadParameter outside 0…1."""
    if not 0 < confidence < 1:
        raise BadParameter(f"confidence: {confidence:g} given; it lies between 0 and 1, usually 0.95.")
    return confidence


def _draws(source: Correlation, units: Callable[[], Units], draws: int, seed: int, method: Method | str) -> Draws:
    chosen = chosen_method(method, len(source.names), LMG_IN_BOOTSTRAP)
    _check_cost(chosen, len(source.names), draws)
    point = shares_of(source.matrix[None], chosen)[0]
    resampled = units()
    matrices, means = _resample(resampled, draws, seed)
    sound = positive_definite(matrices)
    _check_sound(source, matrices, sound)
    matrices = matrices[sound]
    return Draws(
        source=source,
        method=chosen,
        resampled=resampled.kind,
        point=point,
        point_r2=float(r2_of(source.matrix[None])[0]),
        shares=shares_of(matrices, chosen),
        r2=r2_of(matrices),
        means=means[sound, :-1],
    )


def _resample(units: Units, draws: int, seed: int) -> tuple[Numbers, Numbers]:
    count = len(units.weight)
    rng = np.random.default_rng(seed)
    parts = []
    for start in range(0, draws, 100):
        size = min(100, draws - start)
        taken = rng.integers(0, count, (size, count)) + count * np.arange(size)[:, None]
        times = np.bincount(taken.ravel(), minlength=size * count).reshape(size, count).astype(np.float64)
        parts.append(units.drawn(times))
    return np.concatenate([matrix for matrix, _ in parts]), np.concatenate([mean for _, mean in parts])


def _check_cost(method: Method, p: int, draws: int) -> None:
    if draws < 100:
        raise BadParameter(f"draws: {draws} given; an interval needs 100 or more.")
    if method is not Method.LMG:
        return
    if p > LMG_LIMIT:
        raise BadParameter(f"drivers: {p} given, LMG goes up to {LMG_LIMIT}. Use method 'johnson' (relative_weights).")
    most = LMG_SUBSETS_AT_MOST >> p
    if draws > most:
        advice = f"at most {most:,} draws or " if most >= 100 else ""
        raise BadParameter(f"draws: {draws:,} times LMG of {p} drivers takes too long. Use {advice}method 'johnson'.")


def _check_sound(source: Correlation, matrices: Numbers, sound: Any) -> None:
    if sound.mean() >= SOUND_DRAWS:
        return
    flat = np.isnan(np.diagonal(matrices, axis1=1, axis2=2)[:, :-1]).mean(axis=0) > (1 - SOUND_DRAWS) / 2
    named = [name for name, poor in zip(source.names, flat, strict=True) if poor]
    hint = f"leave out what hardly varies: {', '.join(named)}" if named else "leave out drivers"
    raise NotEnoughData(
        f"drivers: in {1 - sound.mean():.0%} of the resamples of {source.n:,} rows the shares cannot be told. "
        f"Give more rows, or {hint}."
    )


def _bootstrap(drawn: Draws, confidence: float) -> Bootstrap:
    names = drawn.source.names
    shares = {name: drawn.share_estimate(j, confidence) for j, name in enumerate(names)}
    return Bootstrap(
        r2=drawn.r2_estimate(confidence),
        shares=shares,
        weak=tuple(name for name, share in shares.items() if share.low <= 0),
        draws=len(drawn.r2),
        method=drawn.method,
        missing=drawn.source.missing,
        resampled=drawn.resampled,
    )
