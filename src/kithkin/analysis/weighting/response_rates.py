"""How many of those asked answered: the response rates of AAPOR, and the participation rate where nobody was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kithkin.analysis.errors import BadParameter, EmptyInput
from kithkin.analysis.metrics.intervals import wilson
from kithkin.analysis.results import Estimate, Result


class ResponseRate(StrEnum):
    """Which of AAPOR's six: partial answers count in the even ones; pairs differ in cases of unknown eligibility."""

    RR1 = "RR1"
    RR2 = "RR2"
    RR3 = "RR3"
    RR4 = "RR4"
    RR5 = "RR5"
    RR6 = "RR6"


@dataclass(frozen=True, kw_only=True)
class Dispositions(Result):
    """What became of every case of a sample, in AAPOR's final dispositions.

    `complete` (I) and `partial` (P) interviews; eligible without one: `refusal` (R, break-offs included),
    `non_contact` (NC), `other` (O); of unknown eligibility: `unknown_household` (UH, whether there is a household or
    person at all) and `unknown_other` (UO). Cases known to be ineligible are left out.
    """

    complete: int
    partial: int = 0
    refusal: int = 0
    non_contact: int = 0
    other: int = 0
    unknown_household: int = 0
    unknown_other: int = 0

    @property
    def known(self) -> int:
        """Cases known to be eligible: I + P + R + NC + O."""
        return self.complete + self.partial + self.refusal + self.non_contact + self.other

    @property
    def unknown(self) -> int:
        """Cases of unknown eligibility: UH + UO."""
        return self.unknown_household + self.unknown_other


def response_rate(
    cases: Dispositions, rate: ResponseRate | str, *, eligible: float | None = None, confidence: float = 0.95
) -> Estimate:
    """A response rate of AAPOR's Standard Definitions (10th edition, 2023), as a share in 0…1.

    With e, the share of cases of unknown eligibility that are eligible (`eligible`, for RR3 and RR4):

    - RR1 = I / ((I + P) + (R + NC + O) + (UH + UO)), the least; RR2 = (I + P) / the same.
    - RR3 = I / ((I + P) + (R + NC + O) + e·(UH + UO)); RR4 = (I + P) / the same.
    - RR5 = I / ((I + P) + (R + NC + O)), the most: RR3 with e = 0; RR6 = (I + P) / the same.

    Say where e comes from; the usual estimate is `estimated_eligible`. The interval (Wilson 1927) is that of the
    propensity to answer among like cases, with n the cases in the denominator, rounded down; it takes e as known. The
    sample at hand answered as it did: its own rate has no error. A rate says nothing of bias: compare who answered.

    Raises BadParameter (a negative count, e outside 0…1, missing for RR3 and RR4 or given for another), EmptyInput (no
    eligible case).

    >>> print(response_rate(Dispositions(complete=40, partial=10, refusal=30, non_contact=20), "RR2"))
    0.5 [0.4038, 0.5962], n = 100
    """
    kind = _kind(rate)
    _check(cases)
    share = _share_of_unknown(kind, eligible)
    denominator = cases.known + share * cases.unknown
    if denominator < 1:
        raise EmptyInput("cases: none is eligible, so there is no rate.")
    with_partial = kind in {ResponseRate.RR2, ResponseRate.RR4, ResponseRate.RR6}
    answered = cases.complete + (cases.partial if with_partial else 0)
    value = answered / denominator
    return Estimate(value, *wilson(value, denominator, confidence), int(denominator), denominator, confidence)


def estimated_eligible(eligible: int, ineligible: int) -> float:
    """e by proportional allocation: the share eligible among the cases whose eligibility is known.

    Source: AAPOR, as above ("CASRO method"). Assumes that the unknown are like the known, which overstates e where
    cases stay unknown because nobody is there. Raises BadParameter (a negative count), EmptyInput (no case).

    >>> estimated_eligible(300, 100)
    0.75
    """
    if min(eligible, ineligible) < 0:
        raise BadParameter(f"eligible {eligible:,}, ineligible {ineligible:,}: counts are not negative.")
    if eligible + ineligible == 0:
        raise EmptyInput("eligible: no case is known to be eligible or not, so e cannot be estimated.")
    return eligible / (eligible + ineligible)


def participation_rate(answered: int, invited: int) -> float:
    """Share of the invited who gave a usable answer, for panels and links of volunteers (AAPOR 2023).

    Nobody was drawn at random there, so it is no response rate, and no interval is given: it would speak of a
    population that was not sampled. Raises BadParameter (more answers than invitations, a negative count), EmptyInput.

    >>> participation_rate(120, 480)
    0.25
    """
    if invited == 0:
        raise EmptyInput("invited: nobody was, so there is no rate. An open link without invitations has none.")
    if not 0 <= answered <= invited:
        raise BadParameter(f"answered: {answered:,} of {invited:,} invited; it lies between 0 and all.")
    return answered / invited


def _kind(rate: ResponseRate | str) -> ResponseRate:
    try:
        return ResponseRate(rate)
    except ValueError:
        raise BadParameter(f"rate: {rate!r} given; it is one of {', '.join(ResponseRate)}.") from None


def _check(cases: Dispositions) -> None:
    negative = [name for name, count in cases.to_dict().items() if count < 0]
    if negative:
        raise BadParameter(f"cases: {', '.join(negative)} below 0; counts are not negative.")


def _share_of_unknown(kind: ResponseRate, eligible: float | None) -> float:
    if kind in {ResponseRate.RR3, ResponseRate.RR4}:
        if eligible is None or not 0 <= eligible <= 1:
            raise BadParameter(
                f"eligible: {eligible} given; {kind} needs e, the share of the unknown, between 0 and 1."
            )
        return eligible
    if eligible is not None:
        raise BadParameter(f"eligible: {kind} takes no e. Ask for RR3 or RR4, or leave it out.")
    return 0.0 if kind in {ResponseRate.RR5, ResponseRate.RR6} else 1.0
