"""The whole answer to "what drives it?": shares with intervals, where to act first, and plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kithkin.analysis.drivers.correlation import Missing
from kithkin.analysis.drivers.moments import Moments, Rows
from kithkin.analysis.drivers.quadrants import Map, Placed, placed_map
from kithkin.analysis.drivers.report_table import DriverReport, DriverShare
from kithkin.analysis.drivers.resampling import DRAWS, Draws, checked_confidence, draws_of_buckets, draws_of_rows
from kithkin.analysis.drivers.sentences import sentences
from kithkin.analysis.drivers.shares import Method
from kithkin.analysis.errors import BadParameter, OutOfScale

Scale = tuple[float, float]


def report(
    X: Any,
    y: Any,
    weights: Any = None,
    names: Sequence[str] | None = None,
    *,
    method: Method | str = Method.AUTO,
    missing: Missing | str = Missing.AUTO,
    draws: int = DRAWS,
    seed: int = 0,
    scale: Scale | None = None,
    outcome: str = "the outcome",
    confidence: float = 0.95,
) -> DriverReport:
    """Drivers X (n × p) of an outcome y (n): shares, intervals, importance against performance, and sentences.

    Shares by `lmg` or `relative_weights`, intervals and weak evidence as in `bootstrap`. `scale` (lowest, highest
    answer) is the one scale that all drivers were asked on; with it, performance is 0–100 and drivers fall into the
    quadrants of Martilla and James (1977), cut at the means. `missing` "auto": complete rows where they are at least
    half of the rows with an outcome, else pairwise moments where those are positive definite; the sentences say which.

    Raises what `Moments.from_data`, `lmg` and `bootstrap` raise; BadParameter or OutOfScale for a scale that cannot be.

    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> X = rng.integers(1, 6, size=(300, 2))
    >>> y = X[:, 0] + rng.normal(size=300)
    >>> found = report(X, y, names=["speed", "noise"], scale=(1, 5), outcome="satisfaction")
    >>> print(found.sentences[0])
    2 drivers explain 68 % of the variance of satisfaction (R² 0.68, 95 % interval 0.62 to 0.73; n = 300).
    """
    checked_confidence(confidence)
    rows = Rows.of(X, y, weights, names)
    drawn = draws_of_rows(rows, draws=draws, seed=seed, method=method, missing=missing)
    return _report(drawn, rows.count, scale, outcome, confidence)


def report_from_buckets(
    buckets: Sequence[Moments],
    *,
    method: Method | str = Method.AUTO,
    missing: Missing | str = Missing.AUTO,
    draws: int = DRAWS,
    seed: int = 0,
    scale: Scale | None = None,
    outcome: str = "the outcome",
    confidence: float = 0.95,
) -> DriverReport:
    """`report` from the moments of hash buckets of respondents (`bucket_moments`), for files too large to hold.

    >>> import numpy as np
    >>> from kithkin.analysis.drivers import bucket_moments
    >>> X = np.random.default_rng(0).normal(size=(1000, 2))
    >>> report_from_buckets(bucket_moments(X, X @ [1, 2])).drivers[0].name
    'x2'
    """
    checked_confidence(confidence)
    drawn = draws_of_buckets(buckets, draws=draws, seed=seed, method=method, missing=missing)
    return _report(drawn, sum(bucket.rows for bucket in buckets), scale, outcome, confidence)


def importance_performance(found: DriverReport) -> Map:
    """The map of importance (per cent of R²) against performance (0–100) of a report that was given a scale.

    Quadrants by Martilla and James (1977), cut at the means of the drivers placed; ellipses and certainty from the
    report's bootstrap draws. Drivers with a negative correlation are not placed, unless they are weak evidence.
    Raises BadParameter without a scale.
    """
    if found.map is None:
        raise BadParameter(
            "importance_performance: the report knows no scale. Give report(…, scale=(lowest, highest))."
        )
    return found.map


def _report(drawn: Draws, rows: int, scale: Scale | None, outcome: str, confidence: float) -> DriverReport:
    source = drawn.source
    placed = None if scale is None else _map(drawn, _checked_scale(scale), confidence)
    places = {} if placed is None else {point.name: point for point in placed.placed}
    shares = [_driver(drawn, j, scale, places, confidence) for j in range(len(source.names))]
    found = DriverReport(
        outcome=outcome,
        r2=drawn.r2_estimate(confidence),
        drivers=tuple(sorted(shares, key=lambda driver: -driver.share)),
        map=placed,
        rows=rows,
        n=source.n,
        dropped=source.dropped,
        method=drawn.method,
        missing=source.missing,
        draws=len(drawn.r2),
        resampled=drawn.resampled,
        sentences=(),
    )
    return replace(found, sentences=sentences(found))


def _driver(drawn: Draws, j: int, scale: Scale | None, places: dict[str, Placed], confidence: float) -> DriverShare:
    source = drawn.source
    name, share = source.names[j], drawn.share_estimate(j, confidence)
    mean = float(source.pairs.mean[j, -1])
    return DriverShare(
        name=name,
        share=share.value,
        low=share.low,
        high=share.high,
        percent=100 * share.value / drawn.point_r2 if drawn.point_r2 > 0 else 0.0,
        correlation=float(source.matrix[j, -1]),
        mean=mean,
        performance=None if scale is None else _performance(mean, scale),
        n=int(source.pairs.n[j, -1]),
        weak=share.low <= 0,
        leads=float((drawn.shares.argmax(axis=1) == j).mean()),
        quadrant=places[name].quadrant if name in places else None,
    )


def _map(drawn: Draws, scale: Scale, confidence: float) -> Map | None:
    source = drawn.source
    placed = [
        j for j in range(len(source.names)) if source.matrix[j, -1] >= 0 or drawn.share_estimate(j, confidence).low <= 0
    ]
    performance = _performance(source.pairs.mean[placed, -1], scale)
    if not placed or drawn.point_r2 <= 0:
        return None
    if performance.min() < 0 or performance.max() > 100:
        outside = [source.names[j] for j, at in zip(placed, performance, strict=True) if not 0 <= at <= 100]
        raise OutOfScale(f"scale: the mean of {', '.join(outside)} lies outside {scale[0]:g} to {scale[1]:g}.")
    return placed_map(
        [source.names[j] for j in placed],
        at=(performance, 100 * drawn.point[placed] / drawn.point_r2),
        draws=(
            _performance(drawn.means[:, placed], scale),
            100 * drawn.shares[:, placed] / np.where(drawn.r2 > 0, drawn.r2, np.inf)[:, None],
        ),
        confidence=confidence,
    )


def _performance(mean: Any, scale: Scale) -> Any:
    return 100 * (mean - scale[0]) / (scale[1] - scale[0])


def _checked_scale(scale: Scale) -> Scale:
    low, high = scale
    if not low < high:
        raise BadParameter(f"scale: {low:g} to {high:g} given; the lowest answer comes first, as in (1, 5).")
    return scale
