"""The internal desk: requests that travel from group to group until they are closed."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kithkin.demo.structure import SERVICES

_REQUESTS_PER_MONTH = 400
_MOST_LEGS = 5
_SECOND_LINE = "Second line"
_DESK = "Service desk"


def request_log(
    units: tuple[str, ...], periods: tuple[str, ...], attainment: NDArray[np.float64], rng: np.random.Generator
) -> pa.Table:
    """One row per event, in time order per request: request, unit, service, group, at, state, kept.

    Every request starts at the desk, goes to the provider's team and sometimes on to the second line and back. Each
    further group makes it likelier that the promise is broken.
    """
    months = len(periods)
    count = _REQUESTS_PER_MONTH * months
    service = rng.integers(0, len(SERVICES), size=count)
    unit = rng.integers(0, len(units), size=count)
    month = rng.integers(0, months, size=count)
    legs = 1 + np.minimum(rng.geometric(0.55, size=count), _MOST_LEGS - 1)
    kept_chance = np.clip(attainment[service, unit, month] - 0.12 * (legs - 2), 0.02, 0.98)
    kept = rng.random(count) < kept_chance
    started = np.array([np.datetime64(f"{period}-01T00:00", "m") for period in periods])[month]
    opened = started + rng.integers(0, 27 * 24 * 60, size=count).astype("timedelta64[m]")
    rows = np.repeat(np.arange(count), legs + 1)
    step = np.arange(rows.size) - np.repeat(np.cumsum(legs + 1) - (legs + 1), legs + 1)
    waits = rng.gamma(1.2, np.where(kept, 90.0, 420.0)[rows]) * (step > 0)
    elapsed = np.cumsum(waits) - np.repeat(np.cumsum(waits)[np.cumsum(legs + 1) - (legs + 1)], legs + 1)
    at = opened[rows] + elapsed.astype(np.int64).astype("timedelta64[m]")
    last = step == legs[rows]
    teams = np.array([f"{service.provider} team" for service in SERVICES])[service][rows]
    group = np.select([step == 0, (step % 2 == 1) | last], [_DESK, teams], _SECOND_LINE)
    group[last] = group[np.flatnonzero(last) - 1]
    return pa.table(
        {
            "request": pa.array([f"R{row + 1:06d}" for row in rows]),
            "unit": np.array(units)[unit][rows],
            "service": np.array([service.link for service in SERVICES])[service][rows],
            "group": group.astype(str),
            "at": pa.array([_written(moment) for moment in at.tolist()]),
            "state": np.select([step == 0, last], ["Opened", "Closed"], "Assigned"),
            "kept": pa.array(np.where(kept, "TRUE", "FALSE")[rows], mask=~last),
        }
    )


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
