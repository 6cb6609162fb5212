"""The report in words a person can pass on."""

from __future__ import annotations

from kithkin.analysis.linkage.report import CERTAINTY, DECISIVE, Verdict, WeakLinkReport
from kithkin.analysis.linkage.screen import Screened


def sentences(report: WeakLinkReport, screened: Screened, refused: tuple[str, ...]) -> tuple[str, ...]:
    """What was found or not, how sure, on what, and what must not be read into it."""
    said = [*(_found(report) if report.verdict is Verdict.FOUND else _not_found(report)), _basis(report)]
    if report.verdict is Verdict.FOUND:
        said.append(
            "This is an association, not proof of a cause: it would take a recorded change of the service to show one."
        )
        said += [check.sentence for check in report.checks if check.passed is False or check.name == "measurement"]
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
    gain = f"goes with {points(worst.gain)} points more outside ({interval})"
    rivals = _counted(len(report.ranked), "link")
    return [
        f"{worst.link} costs the outside score most: closing its gap of {points(worst.gap)} points {gain}.",
        f"The chance that it is the worst of {rivals} is {_percent(worst.probability_worst)}.",
    ]


def _not_found(report: WeakLinkReport) -> list[str]:
    return ["Which link costs the outside score most cannot be told from these data.", *_why(report), *_needed(report)]


def _why(report: WeakLinkReport) -> list[str]:
    if report.design == "cross-section":
        once = "one period per unit only" if report.periods == 1 else "one score per unit only after the lag"
        other = "a comparison of units cannot separate a weak link from all else in which units differ"
        return [f"There is {once}: {other}."]
    if not report.ranked:
        return []
    if not _to_gain(report):
        return ["No link has anything to gain: each stands at its goal or reaches no customer."]
    return _short_of_the_bound(report) or _not_told_apart(report)


def _short_of_the_bound(report: WeakLinkReport) -> list[str]:
    lead, beyond = report.ranked[0], [link for link in report.ranked if link.z > report.bound]
    asked = f"z = {lead.z:.1f}, below the {report.bound:.1f} asked of {_counted(len(report.ranked), 'link')}"
    if not beyond:
        return [f"No link shows an effect beyond chance: {lead.link} leads with {asked}."]
    if lead.z <= report.bound:
        idle = ", ".join(f"{link.link} ({link.verdict.value})" for link in beyond)
        return [f"{lead.link} leads with {asked}; beyond it, with less to gain: {idle}."]
    return []


def _not_told_apart(report: WeakLinkReport) -> list[str]:
    lead = report.ranked[0]
    if len(report.ranked) == 1:
        return [f"{lead.link} shows an effect (z = {lead.z:.1f}), but a single link cannot be told to be the weakest."]
    if lead.probability_worst < CERTAINTY:
        certain = f"{_percent(lead.probability_worst)}, below {_percent(CERTAINTY)}"
        return [f"{lead.link} leads, but the chance that it is the worst is {certain}."]
    failed = [check.sentence for check in report.checks if check.passed is False and check.name in DECISIVE]
    return failed or [f"{lead.link} leads, but another link moves as one with it."]


def _to_gain(report: WeakLinkReport) -> bool:
    return any(link.gap * link.exposure for link in report.ranked)


def _needed(report: WeakLinkReport) -> list[str]:
    if report.needed and report.design == "cross-section":
        return [f"It would take about {report.needed:,} unit-periods: the same units in further periods."]
    if report.needed:
        further = f"about {report.needed:,} further unit-periods, measured as these were"
        return [f"It would take {further}, to tell it in 4 of 5 cases."]
    if report.ranked and report.ranked[0].z <= report.bound and _to_gain(report):
        return ["An effect of 0.2 standard deviations would have shown in 4 of 5 such companies."]
    return ["More of the same data would not settle it."]


def _basis(report: WeakLinkReport) -> str:
    span = report.first_period if report.periods == 1 else f"{report.first_period} to {report.last_period}"
    over_time = report.design != "cross-section"
    when = f", service {_counted(report.lag, 'period')} before the score" if over_time else ""
    panel = f"{_counted(report.units, 'unit')}, {_counted(report.periods, 'period')} ({span}){when}"
    return f"n = {report.n:,} unit-periods: {panel}."


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


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
