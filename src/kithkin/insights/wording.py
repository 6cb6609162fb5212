"""Figures in the reader's language: with their unit, interval and n."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.analysis.charts.wording import MINUS, Unit
from kithkin.analysis.metrics import Difference, Metric
from kithkin.analysis.results import Estimate


@dataclass(frozen=True)
class Figure:
    """How the figures of one score are written."""

    factor: float
    decimals: int
    suffix: str

    @classmethod
    def of(cls, estimate: Estimate) -> Figure:
        """As `Unit` would, in the reader's language."""
        unit = Unit.of(estimate)
        return cls(unit.factor, min(unit.decimals, 2), unit.suffix)

    def value(self, value: float) -> str:
        """One figure."""
        return signed(value * self.factor, self.decimals) + self.suffix

    def interval(self, low: float, high: float) -> str:
        """Its interval, the unit said once."""
        ends = {"low": signed(low * self.factor, self.decimals), "high": self.value(high)}
        return _("%(low)s to %(high)s") % ends


def signed(value: float, decimals: int = 1) -> str:
    """A number with a true minus; what rounds to zero has none."""
    rounded = round(value, decimals) + 0.0
    text = number_format(abs(rounded), decimals, use_l10n=True, force_grouping=True)
    return f"{MINUS}{text}" if rounded < 0 else text


def estimate(found: Estimate) -> str:
    """Figure and interval."""
    figure = Figure.of(found)
    return f"{figure.value(found.value)} ({figure.interval(found.low, found.high)})"


def difference(found: Difference) -> str:
    """A change with its interval, in points."""
    factor = 100.0 if found.metric in {Metric.CSAT, Metric.TOP_BOX} else 1.0
    decimals = 2 if found.metric in {Metric.MEAN, Metric.CES} else 1
    plus = "+" if found.value > 0 else ""
    return _("%(change)s (%(low)s to %(high)s)") % {
        "change": plus + signed(found.value * factor, decimals),
        "low": signed(found.low * factor, decimals),
        "high": signed(found.high * factor, decimals),
    }


def answers(n: int) -> str:
    """So many answers."""
    return ngettext("%(n)s answer", "%(n)s answers", n) % {"n": number_format(n, 0, force_grouping=True)}


def month_name(month: str) -> str:
    """The month in words, "March 2026" of "2026-03"; another period ("2026-Q1"), or none, as it is."""
    try:
        return date_format(date.fromisoformat(f"{month}-01"), "F Y")
    except ValueError:
        return month


def short_month(month: str) -> str:
    """The same where room is scarce: "Mar 2026"."""
    try:
        return date_format(date.fromisoformat(f"{month}-01"), "M Y")
    except ValueError:
        return month


def months(first: str | None, last: str | None) -> str:
    """A span in words."""
    names = {name: month_name(month) for name, month in (("first", first), ("last", last)) if month}
    if first and last:
        return names["first"] if first == last else _("%(first)s to %(last)s") % names
    if first:
        return _("from %(first)s on") % names
    return _("until %(last)s") % names if last else _("all months")


def chance(share: float) -> str:
    """A probability as people read it: never 0 or 100 per cent."""
    if share < 0.01:
        return _("under 1 %")
    return _("over 99 %") if share > 0.99 else _("%(share)s %%") % {"share": number_format(100 * share, 0)}
