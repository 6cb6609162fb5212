"""The search itself: from two tables to a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from kithkin.analysis.errors import BadParameter, Degenerate, NotEnoughData
from kithkin.analysis.inputs import Numbers
from kithkin.analysis.linkage import checks as checking
from kithkin.analysis.linkage import panel as panels
from kithkin.analysis.linkage.effects import estimate
from kithkin.analysis.linkage.gains import gains, now_and_gap
from kithkin.analysis.linkage.report import CERTAINTY, DECISIVE, LinkVerdict, RankedLink, Verdict, WeakLinkReport
from kithkin.analysis.linkage.screen import Screened, screen
from kithkin.analysis.linkage.sentences import sentences
from kithkin.analysis.linkage.service_map import Reach, reach
from kithkin.analysis.linkage.shrinkage import shrinkage
from kithkin.analysis.linkage.within import Sample, sample, shifted, unit_moments
from kithkin.analysis.metrics import benjamini_hochberg

FALSE_ALARM = 0.05
"""Shared among the links (Bonferroni) it bounds z; the permuted labels then hold false alarms at 2 %."""
_POWER_Z = 0.8416  # the next sample shows it in 4 of 5 cases
_NOTABLE = 0.2  # within-unit standard deviations of the outside score per standard deviation of a link
_USUAL_RELIABILITY = 0.5
_LEAST_UNITS = 5
_DISCOVERY = 0.05
_LEAST_DRAWS = 100
_NO_LEAD = 0.6
_NO_CHANGE = 1e-9


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
    shrunk gains; a one-sided z of the unshrunk effect above the Bonferroni bound; tomorrow's service not predicting
    today's score; permuted labels seldom as strong; and two links or more, which do not predict it. With one period
    only it is a cross-section and never "found".

    Assumes that inside and outside scores come from different people and that errors of different links are
    independent. What is found is an association within units over time; it is a cause only as far as nothing else moved
    both.

    Raises BadShape and the other AnalysisErrors for tables that do not fit, NotEnoughData below five units.
    """
    _check_options(lag, seed, draws, confidence)
    panel = panels.build(links, outcomes)
    if 1 < len(panel.periods) <= lag:
        raise BadParameter(f"lag: {lag} periods, but the tables hold {len(panel.periods)}. Give a smaller lag.")
    return _Search(panel, reach(panel, service_map), lag, seed, draws, confidence).report()


def _check_options(lag: int, seed: int, draws: int, confidence: float) -> None:
    if not isinstance(lag, int | np.integer) or lag < 0:
        raise BadParameter(f"lag: {lag!r}. Service comes before the score it shows in: give 0, 1, 2 … periods.")
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise BadParameter(f"seed: {seed!r}. Give a whole number from 0 up.")
    if not isinstance(draws, int | np.integer) or draws < _LEAST_DRAWS:
        raise BadParameter(f"draws: {draws!r}. Give at least {_LEAST_DRAWS}, since intervals are read off them.")
    if not 0 < confidence < 1:
        raise BadParameter(f"confidence: {confidence!r}. Give a share between 0 and 1, such as 0.95.")


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
        lag = self.lag if len(self.panel.periods) > 1 else 0
        taken = self._sample(self.panel, lag, over_time)
        seen = int((taken.y_weights > 0).any(axis=1).sum())
        if seen < _LEAST_UNITS:
            raise NotEnoughData(
                f"links and outcomes share {seen} unit(s) with a score of both, {lag} period(s) apart. "
                f"At least {_LEAST_UNITS} are needed: check that unit and period are spelled alike in both tables."
            )
        if np.ptp(taken.y[taken.y_weights > 0]) <= _NO_CHANGE * np.nanmax(np.abs(self.panel.y)):
            raise Degenerate("outcomes.score: it does not change within units, so nothing can be told of it.")
        screened = screen(self.panel, taken, self.reach, over_time=over_time)
        if not screened.panel.links:
            return self._empty(screened, taken, lag, over_time)
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
        alone = len(panel.links) > 1 and panel.links[first] not in screened.twins
        clear = bool(gain.worst[first] >= CERTAINTY and effects.z[first] > bound and gain.gain[first] > 0)
        trusted = all(check.passed is not False for check in checks if check.name in DECISIVE)
        found = over_time and clear and alone and trusted
        verdicts = _verdicts(evidence, gap, first if found else None)
        ranked = _ranked(evidence, now, gap, verdicts, screened.icc2)
        report = WeakLinkReport(
            verdict=Verdict.FOUND if found else Verdict.NOT_IDENTIFIABLE,
            ranked=ranked,
            checks=checks,
            needed=None if found else _needed(evidence, gap, bound, blocked=clear and over_time),
            sentences=(),
            excluded=screened.excluded,
            bound=bound,
            **self._frame(taken, lag, over_time),
        )
        return replace(report, sentences=sentences(report, screened, self.panel.refused))

    def _empty(self, screened: Screened, taken: Sample, lag: int, over_time: bool) -> WeakLinkReport:
        report = WeakLinkReport(
            verdict=Verdict.NOT_IDENTIFIABLE,
            ranked=(),
            checks=(),
            needed=_needed_by_none(screened, taken, over_time=over_time),
            sentences=(),
            excluded=screened.excluded,
            bound=float(-ndtri(FALSE_ALARM)),
            **self._frame(taken, lag, over_time),
        )
        return replace(report, sentences=sentences(report, screened, self.panel.refused))

    def _frame(self, taken: Sample, lag: int, over_time: bool) -> dict[str, Any]:
        used = taken.y_weights > 0
        return {
            "design": "within units over time" if over_time else "cross-section",
            "n": int(used.sum()),
            "units": int(used.any(axis=1).sum()),
            "periods": len(self.panel.periods),
            "first_period": self.panel.periods[0],
            "last_period": self.panel.periods[-1],
            "lag": lag,
            "confidence": self.confidence,
            "draws": self.draws,
            "seed": self.seed,
        }


def _verdicts(evidence: checking.Evidence, gap: Numbers, found: int | None) -> list[LinkVerdict]:
    q = benjamini_hochberg(ndtr(-evidence.effects.z))
    verdicts = []
    for link, chance in enumerate(q):
        beyond = evidence.over_time and chance <= _DISCOVERY
        if link == found:
            verdicts.append(LinkVerdict.WEAKEST)
        elif evidence.reach.exposure[link] == 0:
            verdicts.append(LinkVerdict.NO_REACH)
        elif beyond and gap[link] == 0:
            verdicts.append(LinkVerdict.AT_TARGET)
        else:
            verdicts.append(LinkVerdict.LIKELY if beyond else LinkVerdict.OPEN)
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
            now=float(now[e]),
            gap=float(gap[e]),
            exposure=float(evidence.reach.exposure[e]),
            reliability=float(effects.reliability[e]) if known[e] else None,
            icc2=float(icc2[e]) if np.isfinite(icc2[e]) else None,
            n=int(taken.pairs[e]),
            units=int(taken.units[e]),
        )
        for e in order
    )


def _needed(evidence: checking.Evidence, gap: Numbers, bound: float, *, blocked: bool) -> int:
    """Further unit-periods that would tell the leading link in 4 of 5 such companies; 0 where none would.

    The effect to be seen is the leading link's as shrunk, or a notable one where that is smaller. A link that is beyond
    chance already needs its lead to be beyond doubt instead.
    """
    effects, first = evidence.effects, evidence.first
    if blocked or len(effects.beta) == 1 or not (gap * evidence.reach.exposure).any():
        return 0
    n = int(evidence.sample.pairs[first])
    if not evidence.over_time:
        return _pairs_for(_NOTABLE * np.sqrt(_USUAL_RELIABILITY), bound)
    if effects.z[first] > bound:
        lead = float(ndtri(np.clip(evidence.gains.worst[first], _NO_LEAD, 0.999)))
        return max(int(np.ceil(n * ((float(ndtri(CERTAINTY)) + _POWER_Z) / lead) ** 2)) - n, 0)
    notable = _NOTABLE * np.sqrt(np.clip(effects.reliability[first], 0.0, 1.0))
    seen = effects.z[first] * shrinkage(effects.z)[first] / np.sqrt(n)
    return max(_pairs_for(max(seen, notable), bound) - n, 0)


def _needed_by_none(screened: Screened, taken: Sample, *, over_time: bool) -> int:
    """Where no link could be judged: 0 unless one was seen too rarely, since scores that stand still go on to do so."""
    if not screened.too_few:
        return 0
    pairs = _pairs_for(_NOTABLE * np.sqrt(_USUAL_RELIABILITY), float(-ndtri(FALSE_ALARM)))
    return max(pairs - int(taken.pairs.max()), 0) if over_time else pairs


def _pairs_for(correlation: float, bound: float) -> int:
    """Unit-periods that show a correlation within units beyond the bound in 4 of 5 companies."""
    return int(np.ceil(((bound + _POWER_Z) / correlation) ** 2))
