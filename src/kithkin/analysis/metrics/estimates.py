"""What each score returns: an Estimate that also carries what its charts and comparisons need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kithkin.analysis.metrics.counts import Scale
from kithkin.analysis.results import Estimate


class Metric(Enum):
    """Which score an estimate is; only equals can be compared."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    MEAN = "mean"
    TOP_BOX = "top_box"

    @property
    def label(self) -> str:
        """The score's name as people write it."""
        return {"mean": "Mean", "top_box": "Top box"}.get(self.value, self.value.upper())

    @property
    def usual_scale(self) -> Scale | None:
        """The scale that is taken where none is named; None for a mean, which needs none."""
        return {"nps": (0.0, 10.0), "ces": (1.0, 7.0), "mean": None}.get(self.value, (1.0, 5.0))


@dataclass(frozen=True, kw_only=True)
class NetPromoter(Estimate):
    """A net promoter score in points −100…100, with the weighted shares (0…1) it is made of."""

    promoters: float
    passives: float
    detractors: float
    metric: Metric = Metric.NPS

    def __str__(self) -> str:
        return (
            f"NPS {self.value:+.1f} [{self.low:+.1f}, {self.high:+.1f}], {_counted(self)}"
            f" ({self.promoters:.0%} promoters, {self.passives:.0%} passives, {self.detractors:.0%} detractors)"
        )


@dataclass(frozen=True, kw_only=True)
class Share(Estimate):
    """The share (0…1) of answers in the top `boxes` of `scale`."""

    boxes: int
    scale: tuple[float, float]
    metric: Metric = Metric.TOP_BOX

    def __str__(self) -> str:
        return f"{self.metric.label} {self.value:.1%} [{self.low:.1%}, {self.high:.1%}], {_counted(self)}"


@dataclass(frozen=True, kw_only=True)
class Mean(Estimate):
    """A mean in the unit of the answers, with its standard error and degrees of freedom (effective n − 1).

    Where all answers are equal, the standard error is the one implied by the interval: half its width over z.
    """

    standard_error: float
    df: float
    scale: tuple[float, float] | None = None
    metric: Metric = Metric.MEAN

    def __str__(self) -> str:
        return f"{self.metric.label} {self.value:.4g} [{self.low:.4g}, {self.high:.4g}], {_counted(self)}"


@dataclass(frozen=True, kw_only=True)
class EffortScore(Mean):
    """A customer effort score: the mean, the top-two share, and how often each point of the scale was chosen.

    `histogram` counts answers (unweighted), `shares` gives the weighted share of each point; both hold every point.
    """

    top2: Share
    histogram: Mapping[int, int]
    shares: Mapping[int, float]
    metric: Metric = Metric.CES

    def __str__(self) -> str:
        return f"{super().__str__()}; top two {self.top2.value:.1%} [{self.top2.low:.1%}, {self.top2.high:.1%}]"


def _counted(estimate: Estimate) -> str:
    if round(estimate.n_effective, 6) == estimate.n:
        return f"n = {estimate.n:,}"
    return f"n = {estimate.n:,} (effective {estimate.n_effective:,.1f})"
