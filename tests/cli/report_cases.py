"""Results small enough to read, and the report's pages made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from kithkin.analysis.drivers import DriverReport
from kithkin.analysis.drivers import report as driver_report
from kithkin.analysis.flow import FlowReport, analyse
from kithkin.analysis.linkage.report import Check, Excluded, LinkVerdict, RankedLink, Verdict, WeakLinkReport
from kithkin.analysis.metrics import NetPromoter, compare_many, nps_from_counts
from kithkin.cli.report import Breakdown, Page, drivers_page, flow_page, scores_page, weak_link_page

HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    "' onmouseover='window.hacked = 1",
    "{{ 7 * 7 }} ${window.hacked = 1} \u2028 \ud800",
)
MAP = [
    ("IT", "Branches"),
    ("IT", "Online shop"),
    ("Logistics", "Branches"),
    ("Logistics", "IT"),
    ("Procurement", "Logistics"),
    ("Branches", "Visit"),
    ("Branches", "Purchase"),
    ("Online shop", "Purchase"),
]


def net(promoters: int, passives: int, detractors: int) -> NetPromoter:
    """A net promoter score from its three counts."""
    return nps_from_counts({9: promoters, 8: passives, 1: detractors})


def regions() -> Breakdown:
    """Two regions that differ, one that is near both."""
    long_name = "Department with a very long name"
    groups = {"North & Harbour": net(60, 25, 15), "South": net(50, 25, 25), long_name: net(33, 25, 42)}
    return Breakdown("region", groups, compare_many(groups), hidden=("East",))


def quarters() -> Breakdown:
    """Three quarters that fall."""
    groups = {"2024-Q1": net(60, 25, 15), "2024-Q2": net(60, 30, 30), "2024-Q3": net(40, 30, 50)}
    return Breakdown("quarter", groups, compare_many(groups))


def scores() -> Page:
    """A page of scores."""
    breakdowns = [regions(), quarters()]
    return scores_page(net(143, 75, 82), breakdowns, column="NETPRO", source="survey.csv", refused=["3 rows."])


def driver_result() -> DriverReport:
    """Six drivers on a scale of 1 to 5: the first matters most and is done worst, the last is noise."""
    rng = np.random.default_rng(4)
    answers = np.clip(np.round(rng.normal(3 + np.linspace(-0.8, 0.8, 6), 1, size=(500, 6))), 1, 5)
    outcome = answers @ np.array([0.8, 0.4, 0.3, 0.2, 0.1, 0.0]) + rng.normal(size=500)
    names = ["Food and drink", "Signs", "Cleanliness of the restrooms", "Courtesy", "Wi-Fi", "Noise"]
    return driver_report(answers, outcome, names=names, scale=(1, 5), outcome="satisfaction", draws=200)


def drivers() -> Page:
    """A page of drivers."""
    return drivers_page(driver_result(), source="survey.csv")


def link(name: str, gain: float, half: float, *, worst: float, verdict: LinkVerdict, z: float) -> RankedLink:
    """A ranked link with an interval of `half` to both sides."""
    return RankedLink(
        link=name,
        gain=gain,
        low=gain - half,
        high=gain + half,
        probability_worst=worst,
        verdict=verdict,
        effect=0.4,
        effect_low=0.2,
        effect_high=0.6,
        z=z,
        q=0.01,
        now=48.0,
        gap=12.0,
        exposure=0.6,
        reliability=None if z < 0 else 0.55,
        icc2=0.8,
        n=480,
        units=40,
    )


def weak_link_result(*, found: bool = True) -> WeakLinkReport:
    """Three links; the first is the weak one, or nothing can be told."""
    first, second = (LinkVerdict.WEAKEST, LinkVerdict.LIKELY) if found else (LinkVerdict.OPEN, LinkVerdict.OPEN)
    worst, z = (0.97, 4.8) if found else (0.6, 1.2)
    return WeakLinkReport(
        verdict=Verdict.FOUND if found else Verdict.NOT_IDENTIFIABLE,
        ranked=(
            link("IT → Branches: till support", 6.4, 3.2, worst=worst, verdict=first, z=z),
            link("Logistics → Branches: stock", 1.4, 1.7, worst=0.02, verdict=second, z=1.9),
            link("Procurement → Logistics: goods", 0.1, 0.9, worst=0.001, verdict=LinkVerdict.OPEN, z=-0.3),
        ),
        checks=(
            Check("Lead placebo", True, 0.4, "Tomorrow’s service does not move today’s score."),
            Check("Permuted labels", found, 0.99, "With labels shuffled, nothing was found in 99 %."),
            Check("Leave one unit out", None, None, "Not tried."),
        ),
        needed=None if found else 310,
        sentences=("A sentence of the analysis.",),
        excluded=(Excluded("HR → IT: hiring", "seen in 2 units only"),),
        design="within units and periods",
        n=480,
        units=40,
        periods=12,
        first_period="2024-01",
        last_period="2024-12",
        lag=1,
        bound=2.87,
        confidence=0.95,
        draws=2000,
        seed=0,
    )


def weak_link() -> Page:
    """A page of the weak link."""
    return weak_link_page(weak_link_result(), source="links.csv, outcomes.csv", edges=MAP)


def flow_result() -> FlowReport:
    """Requests that begin at the desk; the more groups they touch, the more promises break."""
    start, rows = datetime(2026, 1, 5, 9, tzinfo=UTC), []
    for number in range(240):
        way = ["Service desk", "Network team", "Vendors", "Service desk"][: 1 + number % 4]
        for step, group in enumerate(way):
            kept = number % 10 >= 2 * len(way)
            rows.append((f"R{number}", group, (start + timedelta(hours=number + 5 * step)).replace(tzinfo=None), kept))
    case, group, at, met = zip(*rows, strict=True)
    return analyse(case, group, np.array(at, dtype="datetime64[s]"), met)


def flow() -> Page:
    """A page of a flow."""
    return flow_page(flow_result(), source="events.csv")


def busy_flow() -> Page:
    """A page of a flow through twenty groups, one after another."""
    start, groups = np.datetime64("2026-01-05T09", "h"), [f"Group {number}" for number in range(20)]
    rows = [
        (f"R{case}", group, start + 7 * case + 3 * step, case % 3 > 0)
        for case in range(12)
        for step, group in enumerate(groups)
    ]
    case, group, at, met = zip(*rows, strict=True)
    return flow_page(analyse(case, group, np.array(at), met), source="events.csv")


def joint() -> Page:
    """Two pages bound into one, as the demo does it."""
    first, other = weak_link(), flow()
    return replace(first, sections=(*first.sections, *other.sections))


def hostile() -> Page:
    """A page whose every label tries to get out of its place."""
    groups = {label: net(60 - 9 * place, 25, 15 + 9 * place) for place, label in enumerate(HOSTILE)}
    breakdown = Breakdown(HOSTILE[1], groups, compare_many(groups), hidden=(HOSTILE[0],))
    return scores_page(net(143, 75, 82), [breakdown], column=HOSTILE[0], source=HOSTILE[2], refused=HOSTILE)


PAGES = {"scores": scores, "drivers": drivers, "weak link": weak_link, "flow": flow}
FURTHER = {"hostile": hostile, "joint": joint, "busy flow": busy_flow}
