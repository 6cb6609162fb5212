"""What a driver report says in words; every sentence carries the figures it rests on."""

from __future__ import annotations

from kithkin.analysis.drivers.correlation import Missing
from kithkin.analysis.drivers.quadrants import Quadrant
from kithkin.analysis.drivers.report_table import DriverReport
from kithkin.analysis.drivers.shares import Method

CLEARLY_FIRST = 0.9
CLEARLY_PLACED = 0.8
SOURCES = {
    Method.LMG: "LMG (Lindeman, Merenda, Gold 1980)",
    Method.JOHNSON: "relative weights (Johnson 2000)",
}


def sentences(found: DriverReport) -> tuple[str, ...]:
    """In the order of importance to a reader: what, who leads, where to act, what is uncertain, how it was made."""
    parts = [_explained(found), _leader(found), _other_way(found), _concentrate(found), _weak(found), _made(found)]
    parts += [
        _left_out(found),
        f"These are associations: they do not show that changing a driver changes {found.outcome}.",
    ]
    return tuple(part for part in parts if part)


def _explained(found: DriverReport) -> str:
    r2, p = found.r2, len(found.drivers)
    said = f"R² {r2.value:.2f}, {r2.confidence:.0%} interval {r2.low:.2f} to {r2.high:.2f}; n = {r2.n:,}".replace(
        "%", " %"
    )
    if r2.low <= 0:
        return f"Nothing here is shown to explain {found.outcome}: chance alone could give as much ({said})."
    subject = "1 driver explains" if p == 1 else f"{p} drivers explain"
    return f"{subject} {100 * r2.value:.0f} % of the variance of {found.outcome} ({said})."


def _leader(found: DriverReport) -> str:
    first = found.drivers[0]
    if first.weak or len(found.drivers) == 1:
        return ""
    interval = f"{100 * found.r2.confidence:g} % interval {first.low:.3f} to {first.high:.3f}"
    carries = (
        f"{first.name} carries the largest share, {first.percent:.0f} % of what is explained "
        f"({first.share:.3f}, {interval}, n = {first.n:,})"
    )
    if first.leads >= CLEARLY_FIRST:
        return f"{carries}, and came first in {100 * first.leads:.0f} % of the resamples."
    rival = max(found.drivers[1:], key=lambda driver: driver.leads)
    ahead = f"{rival.name} came first in {100 * rival.leads:.0f} % of the resamples"
    return f"{carries}; but {ahead}: the order is not certain."


def _other_way(found: DriverReport) -> str:
    named = [driver.name for driver in found.drivers if driver.correlation < 0 and not driver.weak]
    return f"Higher values go with lower values of {found.outcome} for: {', '.join(named)}." if named else ""


def _concentrate(found: DriverReport) -> str:
    weak = {driver.name for driver in found.drivers if driver.weak}
    named = [
        point.name
        for point in (found.map.placed if found.map else ())
        if point.quadrant is Quadrant.CONCENTRATE and point.certainty >= CLEARLY_PLACED and point.name not in weak
    ]
    if not named:
        return ""
    often = f"{100 * CLEARLY_PLACED:.0f} % of the resamples or more"
    return f"Concentrate on {', '.join(named)}: importance above the mean and performance below it in {often}."


def _weak(found: DriverReport) -> str:
    named = [driver.name for driver in found.drivers if driver.weak]
    return f"Weak evidence, the interval holds 0: {', '.join(named)}." if named else ""


def _made(found: DriverReport) -> str:
    return f"Shares by {SOURCES[found.method]}; intervals from {found.draws:,} resamples of {found.resampled}."


def _left_out(found: DriverReport) -> str:
    dropped = f"{found.dropped:,} of {found.rows:,} rows were left out"
    if found.missing is Missing.PAIRWISE:
        return (
            f"Answers are missing in many rows: each figure rests on the rows that answered both questions "
            f"({found.n:,} for the rarest pair); {dropped} altogether."
        )
    return f"{dropped} for missing answers or zero weight." if found.dropped else ""
