"""A company whose truth is known, and what its surveys and its desk would have measured."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kithkin.demo.desk import request_log
from kithkin.demo.people import outside_answers, staff_answers
from kithkin.demo.signals import SAMPLING_SHARE, Cube, Signals, World, happen
from kithkin.demo.structure import SERVICES, TOUCHPOINTS, WEAK_LINK

TARGET = 80.0
HIGHEST_RATING = 10
"""A link is rated from 0 to 10; its score is ten times the mean."""
_OUTSIDE_SD = 13.0  # within-branch standard deviation of a month's NPS, in points
_LINK_SD = 6.0  # within-branch standard deviation of a link's true score, in points of 0…100
_RATER_SD = 20.0  # between the people who rate one link in one month
_ANSWER_VARIANCE = 100.0**2 * (0.72 - 0.2**2)  # of one answer's contribution to an NPS near 20


@dataclass(frozen=True)
class Company:
    """The truth (`weak_link`, `world`, `signals`) and the panel that was measured, each table as Arrow.

    `links`: unit, period, provider, receiver, service, score (0…100), n, sd, target, attainment (share of requests that
    kept the promise), requests. `outcomes`: unit, period, score (NPS), n, sd. `service_map`: provider, receiver,
    responses. `revenue`: unit, period, revenue, retention. The tables of single people and requests are made when first
    asked for.
    """

    seed: int
    weak_link: str | None
    world: World
    signals: Signals
    units: tuple[str, ...]
    periods: tuple[str, ...]
    links: pa.Table
    outcomes: pa.Table
    service_map: pa.Table
    revenue: pa.Table
    attainment: Cube
    counts: NDArray[np.int64]

    @cached_property
    def responses(self) -> pa.Table:
        """One row per outside answer: unit, period, touchpoint, score 0…10; adds up to `outcomes`."""
        return outside_answers(self.units, self.periods, self.counts, np.random.default_rng([self.seed, 1]))

    @cached_property
    def engagement(self) -> pa.Table:
        """One row per employee's answer in the last quarter: unit, department, items and engagement 1…5, weight."""
        service = self.signals.service[:, :, -3:].mean(axis=(0, 2))
        culture = self.signals.culture[:, -1]
        return staff_answers(self.units, culture, service, np.random.default_rng([self.seed, 2]))

    @cached_property
    def requests(self) -> pa.Table:
        """An event log of internal requests: request, group, at, state, kept (final on the last row only)."""
        return request_log(self.units, self.periods, self.attainment, np.random.default_rng([self.seed, 3]))


def simulate(
    *,
    seed: int = 0,
    units: int = 40,
    periods: int = 12,
    weak_link: str | None = WEAK_LINK,
    world: World | None = None,
    months: tuple[str, ...] | None = None,
) -> Company:
    """A company of so many branches and months; `months` names them, and says then how many they are.

    `weak_link` is the name of a link out of `SERVICES`, or None for a company without a weak one. Raises ValueError for
    a link that the company does not have.
    """
    world = world or World()
    names = [service.link for service in SERVICES]
    if weak_link is not None and weak_link not in names:
        raise ValueError(f"weak link: there is no {weak_link!r}. Choose none or one of: {'; '.join(names)}.")
    weak = None if weak_link is None else names.index(weak_link)
    months = months or tuple(f"{2025 + month // 12}-{month % 12 + 1:02d}" for month in range(periods))
    periods = len(months)
    rng = np.random.default_rng([seed, 0])
    signals = happen(world, weak, (len(SERVICES), units, periods), rng)
    grid = _Grid(
        units=tuple(f"Branch {number:02d}" for number in range(1, units + 1)),
        periods=months,
    )
    season = np.sin(2 * np.pi * np.arange(periods) / 12)
    level = _levels(weak, rng)
    true = (
        level[:, None, None]
        + 5.0 * signals.culture
        + 3.0 * rng.normal(size=(len(SERVICES), units, 1))
        + 2.0 * season
        + _LINK_SD * signals.service
    )
    nps = 22.0 + 8.0 * signals.culture + 4.0 * season + _OUTSIDE_SD * signals.outside
    counts = _outside_counts(nps, rng)
    attainment = 1.0 / (1.0 + np.exp(-(true - 62.0) / 12.0))
    return Company(
        seed=seed,
        weak_link=weak_link,
        world=world,
        signals=signals,
        units=grid.units,
        periods=grid.periods,
        links=_links_table(true, attainment, world, grid, rng),
        outcomes=_outcomes_table(counts, grid),
        service_map=service_map(),
        revenue=_revenue_table(nps, season, grid, rng),
        attainment=attainment,
        counts=counts,
    )


def service_map() -> pa.Table:
    """Who serves whom, and through which touchpoints the outside is reached, with its share of the answers."""
    inside = [(service.provider, service.receiver, None) for service in SERVICES]
    outside = [(touchpoint.department, touchpoint.name, touchpoint.share) for touchpoint in TOUCHPOINTS]
    provider, receiver, responses = zip(*inside, *outside, strict=True)
    return pa.table({"provider": provider, "receiver": receiver, "responses": pa.array(responses, pa.float64())})


def _levels(weak: int | None, rng: np.random.Generator) -> Cube:
    levels = rng.uniform(70.0, 77.0, size=len(SERVICES))
    if weak is not None:
        levels[weak] = 64.0
    return levels


@dataclass(frozen=True)
class _Grid:
    """Branches × months, as columns."""

    units: tuple[str, ...]
    periods: tuple[str, ...]

    def columns(self) -> dict[str, NDArray[np.str_]]:
        return {
            "unit": np.repeat(np.array(self.units), len(self.periods)),
            "period": np.tile(np.array(self.periods), len(self.units)),
        }


def _links_table(true: Cube, attainment: Cube, world: World, grid: _Grid, rng: np.random.Generator) -> pa.Table:
    noise_variance = _LINK_SD**2 * (1.0 - world.reliability) / world.reliability
    typical = max(_RATER_SD**2 / noise_variance, 2.0) if noise_variance else 1e6
    n = np.maximum(np.rint(typical * rng.uniform(0.8, 1.25, size=true.shape)), 2)
    measured = np.clip(true + rng.normal(size=true.shape) * _RATER_SD / np.sqrt(n), 0.0, 100.0)
    measured = 100.0 * np.rint(measured / 100.0 * HIGHEST_RATING * n) / (HIGHEST_RATING * n)  # n whole ratings give it
    spread = _RATER_SD * np.sqrt(rng.chisquare(np.maximum(n - 1, 1)) / np.maximum(n - 1, 1))
    requests = rng.poisson(5.2, size=true.shape)
    kept = rng.binomial(requests, attainment)
    cells = true.shape[1] * true.shape[2]
    table = pa.table(
        {
            **{name: np.tile(column, len(SERVICES)) for name, column in grid.columns().items()},
            "provider": np.repeat([service.provider for service in SERVICES], cells),
            "receiver": np.repeat([service.receiver for service in SERVICES], cells),
            "service": np.repeat([service.name for service in SERVICES], cells),
            "score": measured.ravel().round(3),
            "n": n.ravel().astype(np.int64),
            "sd": spread.ravel().round(3),
            "target": np.full(true.size, TARGET),
            "attainment": _share(kept.ravel(), requests.ravel()),
            "requests": requests.ravel(),
        }
    )
    if not world.missing:
        return table
    gone = rng.random(true.shape) < world.missing
    silent = rng.random(len(grid.units)) < world.missing
    months = np.arange(len(grid.periods))
    gone |= silent[None, :, None] & (months >= months.size // 2)
    return table.filter(pa.array(~gone.ravel()))


def _share(part: NDArray[np.int64], whole: NDArray[np.int64]) -> pa.Array:
    shares = (part / np.maximum(whole, 1)).round(4)
    return pa.array(shares, mask=whole == 0)


def _outside_counts(nps: Cube, rng: np.random.Generator) -> NDArray[np.int64]:
    """Promoters, passives and detractors (U, T, 3), so many that sampling makes up its share of the variance."""
    typical = _ANSWER_VARIANCE / (SAMPLING_SHARE * _OUTSIDE_SD**2)
    size = np.exp(0.25 * rng.normal(size=(nps.shape[0], 1)) + 0.03)
    n = np.maximum(rng.poisson(typical * size, size=nps.shape), 8)
    net = np.clip(nps / 100.0, -0.70, 0.70)
    shares = np.stack([(0.72 + net) / 2, np.full(nps.shape, 0.28), (0.72 - net) / 2], axis=-1)
    return np.asarray(rng.multinomial(n, shares))


def _outcomes_table(counts: NDArray[np.int64], grid: _Grid) -> pa.Table:
    n = counts.sum(axis=-1)
    promoters, detractors = counts[..., 0] / n, counts[..., 2] / n
    net = promoters - detractors
    return pa.table(
        {
            **grid.columns(),
            "score": (100 * net).ravel().round(3),
            "n": n.ravel(),
            "sd": (100 * np.sqrt(promoters + detractors - net**2)).ravel().round(3),
        }
    )


def _revenue_table(nps: Cube, season: Cube, grid: _Grid, rng: np.random.Generator) -> pa.Table:
    size = np.exp(0.25 * rng.normal(size=(nps.shape[0], 1)))
    before = np.concatenate([nps[:, :1], nps[:, :-1]], axis=1)
    revenue = 180_000 * size * np.exp(0.1 * season + 0.002 * before + 0.04 * rng.normal(size=nps.shape))
    retention = 1.0 / (1.0 + np.exp(-(1.6 + 0.012 * before + 0.1 * rng.normal(size=nps.shape))))
    return pa.table(
        {
            **grid.columns(),
            "revenue": revenue.ravel().round(2),
            "retention": retention.ravel().round(4),
        }
    )
