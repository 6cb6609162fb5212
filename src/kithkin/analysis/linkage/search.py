"""The search itself: from two tables to a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from kithkin.analysis.errors import BadParameter, NotEnoughData
from kithkin.analysis.inputs import Numbers
from kithkin.analysis.linkage import checks as checking
from kithkin.analysis.linkage import panel as panels
from kithkin.analysis.linkage.effects import Effects, estimate
from kithkin.analysis.linkage.gains import gains, now_and_gap
from kithkin.analysis.linkage.report import LinkVerdict, RankedLink, Verdict, WeakLinkReport
from kithkin.analysis.linkage.screen import Screened, screen
from kithkin.analysis.linkage.sentences import sentences
from kithkin.analysis.linkage.service_map import Reach, reach
from kithkin.analysis.linkage.within import Sample, sample, shifted, unit_moments
from kithkin.analysis.metrics import benjamini_hochberg

FALSE_ALARM = 0.05
"""Shared among the links (Bonferroni) it bounds z; the permuted labels then hold false alarms at 2 %."""
CERTAINTY = 0.9
"""P(worst) from which a link may be called the weakest."""
_POWER_Z = 0.8416  # the next sample shows it in 4 of 5 cases
_NOTABLE = 0.2  # within-unit standard deviations of the outside score per standard deviation of a link
_USUAL_RELIABILITY = 0.5
_LEAST_UNITS = 5


def weak_links(
    links: Any,
    outcomes: Any,
    service_map: Any = None,
    *,
    lag: int = 1,
    seed: int = 0,
    draws: int = 2000,
    confidence: float = 0.95,
) -> WeakLinkReport:
    """The internal service link that costs the outside score most, or an honest "not identifiable".

    Args:
        links: columns unit, period, link (or provider, receiver[, service]), score and, where known, n, sd, target,
        reliability. outcomes: columns unit, period, score (higher is better) and, where known, n and sd. service_map:
        columns provider, receiver[, responses]; whoever only receives is a touchpoint of the outside. lag: periods
        between the service and the score it shows in; counts sorted periods. seed, draws: of the bootstrap over units.

    The effect of a link is that of its score on the outside score `lag` periods later, within unit and within period
    (fixed effects for both), other links that are not downstream held constant, corrected for measurement error by the
    within-unit reliability 1 − mean(sd²/n)/Var_within. gain = effect × (target or best quartile − now) × share of the
    outside it reaches, in points of the outside score. "Found" needs all of: P(worst) ≥ .9 among the bootstrapped
    shrunk gains, a one-sided z of the unshrunk effect above the Bonferroni bound, and tomorrow's service not predicting
    today's score. With one period only it is a cross-section and never "found".

    Assumes that inside and outside scores come from different people and that errors of different links are
    independent. What is found is an association within units over time; it is a cause only as far as nothing else moved
    both.

    Raises BadShape and the other AnalysisErrors for tables that do not fit, NotEnoughData below five units.
    """
    if lag < 0:
        raise BadParameter(f"lag: {lag} periods. Service comes before the score it shows in: give 0 or more.")
    if not 0 < confidence < 1:
        raise BadParameter(f"confidence: {confidence}. Give a share between 0 and 1, such as 0.95.")
    panel = panels.build(links, outcomes)
    return _Search(panel, reach(panel, service_map), lag, seed, draws, confidence).report()


@dataclass(frozen=True)
class _Search:
    panel: panels.Panel
    reach: Reach
    lag: int
    seed: int
    draws: int
    confidence: float

    def report(self) -> WeakLinkReport:
        both = ~np.isnan(self.panel.y) & ~np.isnan(shifted(self.panel.x, self.lag)).all(axis=0)
        over_time = bool((both.sum(axis=1) >= 2).sum() >= _LEAST_UNITS and both.any(axis=0).sum() >= 2)
        lag = self.lag if over_time or len(self.panel.periods) > self.lag else 0
        taken = self._sample(self.panel, lag, over_time)
        seen = int((taken.y_weights > 0).any(axis=1).sum())
        if seen < _LEAST_UNITS:
            raise NotEnoughData(
                f"links and outcomes share {seen} unit(s) with a score of both, {lag} period(s) apart. "
                f"At least {_LEAST_UNITS} are needed: check that unit and period are spelled alike in both tables."
            )
        screened = screen(self.panel, taken, self.reach, over_time=over_time)
        if not screened.panel.links:
            return self._empty(screened, taken, over_time)
        return self._judge(screened, lag, over_time)

    def _sample(self, panel: panels.Panel, lag: int, over_time: bool) -> Sample:
        return sample(
            panel, shifted(panel.x, lag), shifted(panel.x_variance, lag), panel.reliability, by_unit=over_time
        )

    def _judge(self, screened: Screened, lag: int, over_time: bool) -> WeakLinkReport:
        panel, around = screened.panel, screened.reach
        taken = self._sample(panel, lag, over_time)
        rng = np.random.default_rng(self.seed)
        effects = estimate(unit_moments(taken), around.adjust, draws=self.draws, rng=rng)
        now, gap = now_and_gap(panel)
        gain = gains(effects, gap, around.exposure, self.confidence)
        bound = float(-ndtri(FALSE_ALARM / len(panel.links)))
        first = int(np.lexsort((effects.z, gain.gain, gain.worst))[-1])
        evidence = checking.Evidence(panel, taken, effects, gain, around, first, lag, over_time)
        checks = checking.run(evidence, screened, rng)
        alone = panel.links[first] not in screened.twins
        clear = bool(gain.worst[first] >= CERTAINTY and effects.z[first] > bound and gain.gain[first] > 0)
        trusted = all(check.passed is not False for check in checks if check.name in checking.DECISIVE)
        found = over_time and clear and alone and trusted
        verdicts = _verdicts(effects, gap, around.exposure, first if found else None)
        ranked = _ranked(evidence, now, gap, verdicts, screened.icc2)
        report = WeakLinkReport(
            verdict=Verdict.FOUND if found else Verdict.NOT_IDENTIFIABLE,
            ranked=ranked,
            checks=checks,
            needed=None if found else _needed(evidence, bound, blocked=clear and over_time),
            sentences=(),
            excluded=screened.excluded,
            bound=bound,
            **self._frame(taken, over_time),
        )
        return replace(report, sentences=sentences(report, screened, self.panel.refused))

    def _empty(self, screened: Screened, taken: Sample, over_time: bool) -> WeakLinkReport:
        report = WeakLinkReport(
            verdict=Verdict.NOT_IDENTIFIABLE,
            ranked=(),
            checks=(),
            needed=_pairs_for(_NOTABLE, _USUAL_RELIABILITY, float(-ndtri(FALSE_ALARM))),
            sentences=(),
            excluded=screened.excluded,
            bound=float(-ndtri(FALSE_ALARM)),
            **self._frame(taken, over_time),
        )
        return replace(report, sentences=sentences(report, screened, self.panel.refused))

    def _frame(self, taken: Sample, over_time: bool) -> dict[str, Any]:
        used = taken.y_weights > 0
        return {
            "design": "within units over time" if over_time else "cross-section",
            "n": int(used.sum()),
            "units": int(used.any(axis=1).sum()),
            "periods": len(self.panel.periods),
            "first_period": self.panel.periods[0],
            "last_period": self.panel.periods[-1],
            "lag": self.lag,
            "confidence": self.confidence,
            "draws": self.draws,
            "seed": self.seed,
        }


def _verdicts(effects: Effects, gap: Numbers, exposure: Numbers, found: int | None) -> list[LinkVerdict]:
    q = benjamini_hochberg(ndtr(-effects.z))
    verdicts = []
    for link, chance in enumerate(q):
        if link == found:
            verdicts.append(LinkVerdict.WEAKEST)
        elif exposure[link] == 0:
            verdicts.append(LinkVerdict.NO_REACH)
        elif chance <= 0.05 and gap[link] == 0:
            verdicts.append(LinkVerdict.AT_TARGET)
        else:
            verdicts.append(LinkVerdict.LIKELY if chance <= 0.05 else LinkVerdict.OPEN)
    return verdicts


def _ranked(
    evidence: checking.Evidence, now: Numbers, gap: Numbers, verdicts: list[LinkVerdict], icc2: Numbers
) -> tuple[RankedLink, ...]:
    effects, gain, taken = evidence.effects, evidence.gains, evidence.sample
    known = ~np.isnan(taken.noise_share) | (taken.noise.sum(axis=(1, 2)) > 0)
    q = benjamini_hochberg(ndtr(-effects.z))
    order: NDArray[np.intp] = np.lexsort((effects.z, gain.gain, gain.worst))[::-1]
    return tuple(
        RankedLink(
            link=evidence.panel.links[e],
            gain=float(gain.gain[e]),
            low=float(gain.low[e]),
            high=float(gain.high[e]),
            probability_worst=float(gain.worst[e]),
            verdict=verdicts[e],
            effect=float(effects.beta[e]),
            effect_low=float(gain.effect_low[e]),
            effect_high=float(gain.effect_high[e]),
            z=float(effects.z[e]),
            q=float(q[e]),
            now=float(now[e]) if np.isfinite(now[e]) else None,
            gap=float(gap[e]),
            exposure=float(evidence.reach.exposure[e]),
            reliability=float(effects.reliability[e]) if known[e] else None,
            icc2=float(icc2[e]) if np.isfinite(icc2[e]) else None,
            n=int(taken.pairs[e]),
            units=int(taken.units[e]),
        )
        for e in order
    )


def _needed(evidence: checking.Evidence, bound: float, *, blocked: bool) -> int:
    """Further unit-periods that would tell the leading link in 4 of 5 such companies; 0 where none would."""
    if blocked:
        return 0
    effects, gain, first = evidence.effects, evidence.gains, evidence.first
    n = int(evidence.sample.pairs[first])
    if evidence.over_time and effects.z[first] > 1.0:
        for_effect = ((bound + _POWER_Z) / float(effects.z[first])) ** 2
        lead = float(ndtri(np.clip(gain.worst[first], 0.75, 0.999)))
        for_lead = ((float(ndtri(CERTAINTY)) + _POWER_Z) / lead) ** 2
        return max(int(np.ceil(n * max(for_effect, for_lead) - n)), 0)
    reliability = float(np.clip(effects.reliability[first], 0.1, 1.0)) if evidence.over_time else _USUAL_RELIABILITY
    return max(_pairs_for(_NOTABLE, reliability, bound) - (n if evidence.over_time else 0), 0)


def _pairs_for(effect: float, reliability: float, bound: float) -> int:
    """Unit-periods that show an effect of so many standard deviations in 4 of 5 companies."""
    return int(np.ceil(((bound + _POWER_Z) / (effect * np.sqrt(reliability))) ** 2))
