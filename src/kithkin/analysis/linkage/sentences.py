"""The report in words a person can pass on."""

from __future__ import annotations

from kithkin.analysis.linkage.report import Verdict, WeakLinkReport
from kithkin.analysis.linkage.screen import Screened

_CERTAINTY = 0.9


def sentences(report: WeakLinkReport, screened: Screened, refused: tuple[str, ...]) -> tuple[str, ...]:
    """What was found or not, how sure, on what, and what must not be read into it."""
    said = [*(_found(report) if report.verdict is Verdict.FOUND else _not_found(report)), _basis(report)]
    if report.verdict is Verdict.FOUND:
        said.append(
            "This is an association, not proof of a cause: it would take a recorded change of the service to show one."
        )
        said += [check.sentence for check in report.checks if check.passed is False]
    if not screened.reach.known:
        said.append("No service map was given, so every link is taken to reach every customer.")
    elif screened.reach.unplaced:
        said.append(f"Not on the service map, so taken to reach every customer: {', '.join(screened.reach.unplaced)}.")
    said += [
        f"{link} moves as one with {', '.join(others)}; read them together." for link, others in screened.twins.items()
    ]
    if report.excluded:
        said.append(f"Not judged: {'; '.join(f'{gone.link} ({gone.reason})' for gone in report.excluded)}.")
    return (*said, *refused)


def _found(report: WeakLinkReport) -> list[str]:
    worst = report.ranked[0]
    interval = f"{points(worst.low)} to {points(worst.high)}, {_percent(report.confidence)} interval"
    gain = (
        f"closing its gap of {points(worst.gap)} points goes with {points(worst.gain)} points more outside ({interval})"
    )
    return [
        f"{worst.link} costs the outside score most: {gain}.",
        f"The chance that it is the worst of {len(report.ranked)} links is {_percent(worst.probability_worst)}.",
    ]


def _not_found(report: WeakLinkReport) -> list[str]:
    said = ["Which link costs the outside score most cannot be told from these data."]
    if report.design == "cross-section":
        said.append(
            "There is one period per unit only: a comparison of units cannot separate a weak link "
            "from all else in which units differ."
        )
    elif report.ranked:
        said.append(_why(report))
    if report.needed:
        said.append(f"It would take about {report.needed:,} further unit-periods, measured as these were.")
    elif report.needed == 0:
        said.append("More of the same data would not settle it.")
    return said


def _why(report: WeakLinkReport) -> str:
    lead = report.ranked[0]
    failed = [
        check.sentence
        for check in report.checks
        if check.passed is False and check.name in ("lead placebo", "permuted labels")
    ]
    if lead.z <= report.bound:
        asked = (
            f"below the {report.bound:.1f} asked of {len(report.ranked)} link{'s' if len(report.ranked) > 1 else ''}"
        )
        return f"No link shows an effect beyond chance: {lead.link} leads with z = {lead.z:.1f}, {asked}."
    if lead.probability_worst < _CERTAINTY:
        return (
            f"{lead.link} leads, but the chance that it is the worst is {_percent(lead.probability_worst)}, below 90 %."
        )
    return failed[0] if failed else f"{lead.link} leads, but cannot be told apart from its twin."


def _basis(report: WeakLinkReport) -> str:
    span = report.first_period if report.periods == 1 else f"{report.first_period} to {report.last_period}"
    when = (
        f", service {report.lag} period{'s' if report.lag != 1 else ''} before the score"
        if report.design != "cross-section"
        else ""
    )
    periods = f"{report.periods} period{'s' if report.periods != 1 else ''} ({span})"
    return f"n = {report.n:,} unit-periods: {report.units} units, {periods}{when}."


def points(value: float) -> str:
    """A figure with one decimal, or two significant digits where it is small.

    >>> points(6.43), points(0.0234), points(-12.0), points(0.0)
    ('6.4', '0.023', '-12.0', '0.0')
    """
    return f"{value:.1f}" if abs(value) >= 1 or value == 0 else f"{value:.2g}"


def _percent(share: float) -> str:
    if share >= 0.995:
        return "over 99 %"
    return f"{share:.0%}".replace("%", " %")
