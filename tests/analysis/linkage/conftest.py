"""A small panel to vary: eight units, ten periods, three links."""

from __future__ import annotations

import numpy as np
import pandas as pd

Frames = tuple[pd.DataFrame, pd.DataFrame]


def panel_frames(
    *,
    units: int = 12,
    periods: int = 14,
    links: int = 3,
    slope: float = 1.0,
    noise: float = 0.5,
    error_sd: float = 0.0,
    seed: int = 0,
) -> Frames:
    """Links A, B, C… of which A moves the outside score one period later by `slope` per point."""
    rng = np.random.default_rng(seed)
    true = rng.normal(size=(links, units, periods))
    place = rng.normal(size=(1, units, 1)) * 3
    outside = rng.normal(size=(units, periods)) * noise + 2 * place[0]
    outside[:, 1:] += slope * true[0, :, :-1]
    measured = 70 + true + place + error_sd * rng.normal(size=true.shape)
    e, u, t = (axis.ravel() for axis in np.indices(true.shape))
    inside = pd.DataFrame(
        {
            "unit": [f"u{unit:03d}" for unit in u],
            "period": t + 1,
            "link": [chr(65 + link) for link in e],
            "score": measured.ravel(),
            "n": 10,
            "sd": error_sd * np.sqrt(10),
            "target": 72.0,
        }
    )
    u, t = (axis.ravel() for axis in np.indices(outside.shape))
    outcomes = pd.DataFrame({"unit": [f"u{unit:03d}" for unit in u], "period": t + 1, "score": outside.ravel()})
    return inside, outcomes
