"""What truly happens in every branch and month before anybody measures it, in within-branch standard deviations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Cube = NDArray[np.float64]
_WARM_UP = 6


@dataclass(frozen=True)
class World:
    """How the company works. The default is the stated truth; the rest breaks an assumption of the search.

    `effect`: change of the outside score, in its within-branch standard deviations as measured, per standard deviation
    of the weak link, `lag` months later. `reliability`: share of a measured link's within-branch variance that is no
    noise. `feedback`: change of every link next month per standard deviation of the outside score. `spillover`: how
    much of its neighbour's shocks each link takes over. `heterogeneity`: standard deviation of the effect between
    branches. `missing`: share of link scores never collected; as many branches also stop being asked half way.
    `culture_drift`: monthly standard deviation of a shared culture that wanders and moves everything. `persistence`:
    autocorrelation of a link's shocks.
    """

    effect: float = 0.35
    reliability: float = 0.5
    lag: int = 1
    feedback: float = 0.0
    spillover: float = 0.0
    heterogeneity: float = 0.0
    missing: float = 0.0
    culture_drift: float = 0.0
    persistence: float = 0.0


@dataclass(frozen=True)
class Signals:
    """`service` (L, U, T) and `outside` (U, T) without measurement noise, `culture` (U, T) shared by both."""

    service: Cube
    outside: Cube
    culture: Cube


SAMPLING_SHARE = 0.30
"""Share of the measured outside score's within-branch variance that is sampling error."""


def happen(world: World, weak: int | None, shape: tuple[int, int, int], rng: np.random.Generator) -> Signals:
    """Signals of L links in U branches over T months; `weak` is the position of the one that moves the outside."""
    links, units, periods = shape
    months = periods + _WARM_UP
    service = _shocks(world.persistence, (links, units, months), rng)
    if world.spillover:
        service = service + world.spillover * np.roll(service, 1, axis=0)
        service /= np.sqrt(1 + world.spillover**2)
    effect = world.effect + world.heterogeneity * rng.normal(size=units) if weak is not None else np.zeros(units)
    explained = world.effect**2 if weak is not None else 0.0
    noise = rng.normal(size=(units, months)) * np.sqrt(max(1.0 - SAMPLING_SHARE - explained, 0.05))
    outside = np.zeros((units, months))
    for month in range(months):
        outside[:, month] = noise[:, month]
        if weak is not None and month >= world.lag:
            outside[:, month] += effect * service[weak, :, month - world.lag]
        if world.feedback and month + 1 < months:
            service[:, :, month + 1] += world.feedback * outside[:, month]
    culture = rng.normal(size=(units, 1)) + world.culture_drift * rng.normal(size=(units, months)).cumsum(axis=1)
    return Signals(service[:, :, _WARM_UP:], outside[:, _WARM_UP:], culture[:, _WARM_UP:])


def _shocks(persistence: float, shape: tuple[int, ...], rng: np.random.Generator) -> Cube:
    shocks = rng.normal(size=shape)
    for month in range(1, shape[-1]):
        shocks[..., month] = persistence * shocks[..., month - 1] + np.sqrt(1 - persistence**2) * shocks[..., month]
    return shocks
