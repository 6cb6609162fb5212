"""What the service-profit chain says, in the reader's language: each arrow, and no more than it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.analysis.charts.picture import Picture
from kithkin.analysis.charts.ring import Side, Stage, Step, ring
from kithkin.analysis.charts.wording import decimals
from kithkin.analysis.linkage.chain import Arrow, Scale, Told
from kithkin.insights import wording
from kithkin.insights.models import Study
from kithkin.insights.pictures import in_the_readers_language
from kithkin.insights.studies import chain

STAGES = {
    chain.ENGAGEMENT: gettext_lazy("Engagement"),
    chain.SERVICE: gettext_lazy("Internal service"),
    chain.PRODUCTIVITY: gettext_lazy("Productivity"),
    chain.OUTSIDE: gettext_lazy("Customers’ score"),
    chain.LOYALTY: gettext_lazy("Loyalty"),
    chain.REVENUE: gettext_lazy("Revenue"),
    chain.PROFIT: gettext_lazy("Profit"),
    chain.STAYING: gettext_lazy("Employees who stay"),
}
INSIDE = {chain.ENGAGEMENT, chain.SERVICE, chain.PRODUCTIVITY, chain.STAYING}
MAIN = ((chain.OUTSIDE, chain.REVENUE), (chain.OUTSIDE, chain.LOYALTY), (chain.SERVICE, chain.OUTSIDE))
TOLD = {
    Told.UP: gettext_lazy("goes along with more"),
    Told.DOWN: gettext_lazy("goes along with less"),
    Told.OPEN: gettext_lazy("cannot be told from nothing"),
    Told.NOISY: gettext_lazy("cannot be told: within units it hardly moves, or too few answered"),
    Told.TOO_LITTLE: gettext_lazy(
        "cannot be told: both are known of fewer than 8 units, 4 periods or 40 pairs of these"
    ),
}
SERVED = {"satisfaction": gettext_lazy("how it is found"), "promises": gettext_lazy("promises kept")}
NOT_MEASURED = gettext_lazy("not measured")


@dataclass(frozen=True)
class ArrowRow:
    """One arrow in words."""

    first: str
    second: str
    effect: str
    interval: str
    standardised: str
    standardised_interval: str
    later: str
    n: int
    units: int
    verdict: str
    told: bool


def rows(study: Study) -> list[ArrowRow]:
    """Every arrow of the ring of which both ends are measured."""
    return [_row(study.body["stages"], ends, found) for ends, found in chain.arrows_of(study).items()]


def missing(study: Study) -> list[str]:
    """The stages that nothing measures yet."""
    return [str(title) for key, title in STAGES.items() if key not in study.body["stages"]]


def _row(stages: Mapping[str, Any], ends: tuple[str, str], found: Arrow) -> ArrowRow:
    names = [named(stages, key) for key in ends]
    row = ArrowRow(
        names[0], names[1], "", "", "", "", _later(stages, ends, found.lag), found.n, found.units,
        str(TOLD[found.told]), told=found.told in {Told.UP, Told.DOWN},
    )  # fmt: skip
    if found.effect is None or found.low is None or found.high is None or found.standardised is None:
        return row
    said = f"{effect_said(stages, ends[1], found)} {per_step(stages, ends[0])}"
    spread = _("%(low)s to %(high)s") % {
        "low": wording.signed(found.standardised_low or 0.0, 2),
        "high": wording.signed(found.standardised_high or 0.0, 2),
    }
    interval = _("%(low)s to %(high)s") % {"low": _figure(found.low, found), "high": _figure(found.high, found)}
    return ArrowRow(
        **vars(row) | {
            "effect": said, "interval": interval, "standardised": wording.signed(found.standardised, 2),
            "standardised_interval": spread,
        }
    )  # fmt: skip


def named(stages: Mapping[str, Any], key: str) -> str:
    """A stage with what measures it."""
    own = str(stages[key]["name"]) if key in stages else ""
    title = str(STAGES[key])
    return title if not own or own == title else f"{title} ({own})"


def _figure(value: float, found: Arrow) -> str:
    """As many decimals as the interval deserves."""
    widest = max(abs(found.low or 0.0), abs(found.high or 0.0))
    return wording.signed(value, min(max(decimals(widest) - 1, 0), 4))


def effect_said(stages: Mapping[str, Any], key: str, found: Arrow) -> str:
    """ "0.19 %" or "0.15 points"."""
    figure = _figure(found.effect or 0.0, found)
    scale = Scale(stages[key]["scale"])
    if scale is Scale.RELATIVE:
        return _("%(figure)s %%") % {"figure": figure}
    return _("%(figure)s points") % {"figure": figure}


def per_step(stages: Mapping[str, Any], key: str) -> str:
    """For how much more of the first figure."""
    if Scale(stages[key]["scale"]) is Scale.RELATIVE:
        return _("for each per cent")
    return _("for each point")


def _later(stages: Mapping[str, Any], ends: tuple[str, str], lag: int) -> str:
    rare = min(int(stages[key]["periods"]) for key in ends) * 2 <= max(int(stages[key]["periods"]) for key in ends)
    if rare or not lag:
        return _("in the same period")
    return ngettext("%(n)d month later", "%(n)d months later", lag) % {"n": lag}


def finding(study: Study | None) -> str:
    """The title: the arrow that matters most of those that can be told."""
    if study is not None:
        known, stages = chain.arrows_of(study), study.body["stages"]
        for ends in MAIN:
            found = known.get(ends)
            if found is not None and found.told in {Told.UP, Told.DOWN}:
                more = _("A point more of %(first)s goes along with %(effect)s more %(second)s")
                less = _("A point more of %(first)s goes along with %(effect)s less %(second)s")
                return (more if found.told is Told.UP else less) % {
                    "first": stages[ends[0]]["name"] or STAGES[ends[0]],
                    "effect": effect_said(stages, ends[1], replace(found, effect=abs(found.effect or 0.0))),
                    "second": stages[ends[1]]["name"] or STAGES[ends[1]],
                }
    return _("What satisfied customers bring cannot be told yet")


@in_the_readers_language
def picture(study: Study) -> Picture:
    """The ring."""
    known, stages = chain.arrows_of(study), study.body["stages"]
    drawn = [
        Stage(
            key,
            str(STAGES[key]),
            _measured_by(study, key),
            (Side.KIN if key in INSIDE else Side.KITH) if key in stages else Side.NONE,
        )
        for key in chain.RING
    ]  # fmt: skip
    steps = [_step(stages, ends, known.get(ends)) for ends in chain.ARROWS]
    axis = _("Standard deviations of the second per one of the first, within units")
    return ring(drawn, steps, axis, described(study))


def _measured_by(study: Study, key: str) -> str:
    if key not in study.body["stages"]:
        return str(NOT_MEASURED)
    if key == chain.SERVICE:
        return str(SERVED[study.body["service_by"]])
    name = str(study.body["stages"][key]["name"])
    return "" if name == str(STAGES[key]) else name


def _step(stages: Mapping[str, Any], ends: tuple[str, str], found: Arrow | None) -> Step:
    label = f"{STAGES[ends[0]]} → {STAGES[ends[1]]}"
    if found is None or found.standardised is None:
        return Step(ends[0], ends[1], label, "", told=False)
    told = found.told in {Told.UP, Told.DOWN}
    plus = "+" if (found.effect or 0.0) > 0 else ""
    return Step(
        ends[0], ends[1], label, plus + effect_said(stages, ends[1], found) if told else "?", told,
        found.standardised, found.standardised_low or 0.0, found.standardised_high or 0.0,
    )  # fmt: skip


def described(study: Study) -> str:
    """The same for whoever does not see the picture."""
    parts = [
        f"{row.first} → {row.second}: " + (f"{row.effect} ({row.interval})" if row.told else row.verdict)
        for row in rows(study)
    ]
    return _("The service-profit chain as a cycle. %(arrows)s.") % {"arrows": "; ".join(parts)}


def basis_said(study: Study) -> list[tuple[str, str]]:
    """How the figures came to be."""
    stages = study.body["stages"]
    said = _("%(units)s units, %(periods)s periods, %(first)s to %(last)s")
    measured = [
        (
            named(stages, key),
            said
            % {
                "units": number_format(stages[key]["units"]),
                "periods": number_format(stages[key]["periods"]),
                "first": wording.month_name(stages[key]["first"]),
                "last": wording.month_name(stages[key]["last"]),
            },
        )
        for key in chain.RING
        if key in stages
    ]
    return [
        (
            _("Method"),
            _(
                "Change within units over time, with what moves every unit alike taken out, and the noise of the first "
                "figure as well; 95 % intervals by resampling units; told where Holm’s p over all arrows is below 5 %."
            ),
        ),
        (_("What it is not"), _("A proof of cause: something else may have moved both.")),
        *measured,
    ]
