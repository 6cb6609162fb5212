"""Pictures of drivers: each one's share of what is explained, and importance against performance."""

from __future__ import annotations

from kithkin.analysis.charts.intervals import Axis, Row, Tone, intervals
from kithkin.analysis.charts.picture import Picture
from kithkin.analysis.charts.wording import _, between, number, percent
from kithkin.analysis.drivers import DriverReport, DriverShare


def shares(report: DriverReport) -> Picture:
    """The share of the outcome's variance that each driver explains, with its interval; hollow: weak evidence."""
    rows = [
        Row(
            driver.name,
            100 * driver.share,
            100 * driver.low,
            100 * driver.high,
            reading=f"{number(100 * driver.share, 1)} %",
            detail=f"{_interval(driver)}, n = {number(driver.n)}",
            tone=Tone.FAINT if driver.weak else Tone.KITH,
        )
        for driver in report.drivers
    ]
    said = "; ".join(f"{row.label} {row.reading}, {row.detail}" for row in rows)
    axis = Axis(
        _("Per cent of the variance of %(outcome)s that it explains") % {"outcome": report.outcome}, include=(0.0,)
    )
    description = _("Share of each driver in per cent of the variance, with intervals. %(figures)s.") % {
        "figures": said
    }
    picture = intervals(rows, axis, description)
    legend = [("kith", _("share with its %(share)s interval") % {"share": percent(report.r2.confidence)})]
    if any(driver.weak for driver in report.drivers):
        legend.append(("faint", _("weak evidence: the interval begins at 0")))
    return Picture(picture.wide, picture.narrow, picture.description, tuple(legend))


def _interval(driver: DriverShare) -> str:
    return between(number(100 * driver.low, 1), f"{number(100 * driver.high, 1)} %")
