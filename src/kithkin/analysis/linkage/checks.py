"""Six ways in which the answer could have failed, each tried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from kithkin.analysis.linkage.effects import Effects, measured_covariance, score_statistics, true_covariance
from kithkin.analysis.linkage.gains import Gains
from kithkin.analysis.linkage.panel import Panel
from kithkin.analysis.linkage.report import Check
from kithkin.analysis.linkage.screen import Screened
from kithkin.analysis.linkage.service_map import Reach
from kithkin.analysis.linkage.within import Sample, sample, shifted, unit_moments

_PLACEBO_LEVEL = 0.005
_DOUBTFUL_LEVEL = 0.05
_PERMUTATIONS = 499
_PERMUTED_LEVEL = 0.02
_ROBUST = 0.1
_COLLINEAR = 0.9
_ICC2 = 0.70
_LEAST_PERIODS = 4


@dataclass(frozen=True)
class Evidence:
    """All that the checks look at; `first` is the position of the leading link."""

    panel: Panel
    sample: Sample
    effects: Effects
    gains: Gains
    reach: Reach
    first: int
    lag: int
    over_time: bool

    @property
    def name(self) -> str:
        """The leading link."""
        return self.panel.links[self.first]


def run(evidence: Evidence, screened: Screened, rng: np.random.Generator) -> tuple[Check, ...]:
    """Every check, for the leading link."""
    return (
        lead_placebo(evidence),
        permuted_labels(evidence, rng),
        leave_one_unit_out(evidence),
        robustness(evidence),
        collinearity(evidence),
        measurement(evidence, screened),
    )


def lead_placebo(evidence: Evidence) -> Check:
    """Tomorrow's service must not predict today's score, given yesterday's: else the arrow may point the other way."""
    name = "lead placebo"
    if not evidence.over_time or len(evidence.panel.periods) < evidence.lag + _LEAST_PERIODS:
        return Check(name, None, None, "Too few periods to ask whether tomorrow's service predicts today's score.")
    panel, first = evidence.panel, evidence.first
    x = np.concatenate([shifted(panel.x, evidence.lag), shifted(panel.x[[first]], -1)])
    noise = np.concatenate([shifted(panel.x_variance, evidence.lag), shifted(panel.x_variance[[first]], -1)])
    reliability = np.append(panel.reliability, panel.reliability[first])
    both = ~np.isnan(x[first]) & ~np.isnan(x[-1])
    x[:, ~both] = np.nan
    ahead = sample(panel, x, noise, reliability)
    if ahead.freedom[first] <= len(x) or ahead.units[first] < 2:
        return Check(name, None, None, "Too few periods to ask whether tomorrow's service predicts today's score.")
    adjust = np.ones((len(x), len(x)), dtype=bool)
    z = float(score_statistics(unit_moments(ahead), adjust)[-1])
    p = float(2 * ndtr(-abs(z)))
    if p < _PLACEBO_LEVEL:
        return Check(
            name,
            False,
            p,
            f"Tomorrow's score of {evidence.name} predicts today's outside score ({_p(p)}): "
            "the arrow may point the other way.",
        )
    does_not = "does not predict" if p >= _DOUBTFUL_LEVEL else "does not clearly predict"
    bound = "" if p >= _DOUBTFUL_LEVEL else f"; below {_PLACEBO_LEVEL} it would"
    text = f"Tomorrow's score of {evidence.name} {does_not} today's outside score ({_p(p)}{bound})."
    return Check(name, True, p, text)


def _p(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def permuted_labels(evidence: Evidence, rng: np.random.Generator) -> Check:
    """With the units' service records dealt out to other units, an effect this large must be rare."""
    taken, links = evidence.sample, len(evidence.panel.links)
    units = taken.y.shape[0]
    covariance = true_covariance(unit_moments(taken))
    outside = (taken.y_weights * taken.y).ravel() / max(taken.y_weights.sum(), np.finfo(float).tiny)
    orders = [np.arange(units), *(rng.permutation(units) for _ in range(_PERMUTATIONS))]
    product = np.array([taken.x[:, order].reshape(links, -1) @ outside for order in orders])
    effect = np.empty_like(product)
    for link in range(links):
        held = np.flatnonzero(evidence.reach.adjust[link] | (np.arange(links) == link))
        row = np.linalg.inv(covariance[np.ix_(held, held)])[int(np.searchsorted(held, link))]
        effect[:, link] = product[:, held] @ row
    spread = np.maximum(effect[1:].std(axis=0), np.finfo(float).tiny)
    largest = (effect / spread).max(axis=1)
    as_strong = int((largest[1:] >= (effect[0] / spread)[evidence.first]).sum())
    p = (1 + as_strong) / (1 + _PERMUTATIONS)
    dealt = (
        f"With the units' records dealt out anew, some link looked as strong in {as_strong} of {_PERMUTATIONS} trials."
    )
    return Check("permuted labels", p <= _PERMUTED_LEVEL, p, dealt)


def leave_one_unit_out(evidence: Evidence) -> Check:
    """No single unit may carry the answer."""
    effects, gains, first = evidence.effects, evidence.gains, evidence.first
    worth = np.divide(gains.gain, effects.beta, out=np.zeros_like(gains.gain), where=effects.beta != 0)
    without = effects.left_out * worth
    ahead = without.argmax(axis=1) == first
    share = float(ahead.mean())
    low, high = float(without[:, first].min()), float(without[:, first].max())
    if share == 1.0:
        text = (
            f"Leaving out any one unit, {evidence.name} stays first; its gain moves between {low:.2f} and {high:.2f}."
        )
    else:
        text = f"Leaving out one unit, {evidence.name} loses the lead in {int((~ahead).sum())} of {ahead.size} cases."
    return Check("leave one unit out", share == 1.0, share, text)


def robustness(evidence: Evidence) -> Check:
    """Cinelli and Hazlett's (2020) robustness value: what a confounder must explain of both scores."""
    freedom = max(float(evidence.sample.freedom[evidence.first]) - len(evidence.panel.links), 1.0)
    f = max(float(evidence.effects.z[evidence.first]), 0.0) / np.sqrt(freedom)
    value = float((np.sqrt(f**4 + 4 * f**2) - f**2) / 2)
    text = (
        f"Something unseen would have to explain {100 * value:.0f} % of what is left of both scores "
        f"to undo the effect of {evidence.name}."
    )
    return Check("robustness", value >= _ROBUST, value, text)


def collinearity(evidence: Evidence) -> Check:
    """A link that the others predict cannot be told apart from them: its variance inflation must stay below 10."""
    covariance = measured_covariance(unit_moments(evidence.sample).together())[0]
    others = np.flatnonzero(np.arange(len(covariance)) != evidence.first)
    shared = covariance[others, evidence.first]
    fitted = np.linalg.lstsq(covariance[np.ix_(others, others)], shared, rcond=None)[0]
    share = float(np.clip(shared @ fitted / covariance[evidence.first, evidence.first], 0.0, 1.0))
    text = f"The other links explain {100 * share:.0f} % of the changes of {evidence.name}."
    return Check("collinear links", share < _COLLINEAR, share, text)


def measurement(evidence: Evidence, screened: Screened) -> Check:
    """Scores may stand for a department when its own mean is reliable, ICC(2) ≥ .70."""
    known = np.isfinite(screened.icc2)
    if not known.any():
        return Check(
            "measurement",
            None,
            None,
            "No n and sd of the links' scores: effects are not corrected for measurement error, so likely too small.",
        )
    low = [link for link, icc2 in zip(evidence.panel.links, screened.icc2, strict=True) if icc2 < _ICC2]
    least = float(np.nanmin(screened.icc2))
    if low:
        return Check(
            "measurement",
            False,
            least,
            f"Units' means of {', '.join(low[:3])}{' and others' if len(low) > 3 else ''} are unreliable: "
            f"ICC(2) below {_ICC2:.2f}.",
        )
    return Check("measurement", True, least, f"Units' means are reliable for every link (ICC(2) at least {least:.2f}).")
