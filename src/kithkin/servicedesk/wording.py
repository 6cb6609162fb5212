"""How the desk says hours and shares: short, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.analysis.flow import Waiting
from kithkin.analysis.flow.report import per_cent
from kithkin.analysis.results import Estimate

IN_MINUTES, IN_HOURS = 1, 48


def long(hours: float) -> str:
    """A time in the unit in which people would say it: "12 min", "3.5 h", "4 days"."""
    if hours < IN_MINUTES:
        return _("%(n)s min") % {"n": round(hours * 60)}
    if hours < IN_HOURS:
        return _("%(n)s h") % {"n": number_format(hours, 1, use_l10n=True)}
    days = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": number_format(days, 0, force_grouping=True)}


def percent(share: float) -> str:
    """A share in whole per cent; one that would be rounded to nothing is less than one."""
    whole = round(100 * share)
    return _("< 1 %") if share and not whole else _("%(n)s %%") % {"n": whole}


@dataclass(frozen=True)
class Interval:
    """A share or a median as a page shows it: in words, and as places on a scale from 0 to 100."""

    value: str
    detail: str
    at: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """Of the interval."""
        return max(self.high - self.low, 0.5)


def share(estimate: Estimate | None) -> Interval | None:
    """A share in per cent with its interval and n."""
    if estimate is None:
        return None
    value, low, high = per_cent(estimate)
    detail = _("%(low)s–%(high)s %%, n = %(n)s") % {
        "low": low,
        "high": high,
        "n": number_format(estimate.n, 0, force_grouping=True),
    }
    said = _("%(n)s %%") % {"n": value}
    return Interval(said, detail, 100 * estimate.value, 100 * estimate.low, 100 * estimate.high)


def waiting(found: Waiting, longest: float) -> Interval:
    """A median of hours; the scale ends at `longest`."""
    scale = 100 / longest if longest else 0.0
    count = number_format(found.n, 0, force_grouping=True)
    if found.low is None or found.high is None:
        detail = _("n = %(n)s, too few for an interval") % {"n": count}
        low = high = found.median
    else:
        low, high = found.low, found.high
        detail = _("%(low)s to %(high)s, n = %(n)s") % {"low": long(low), "high": long(high), "n": count}
    return Interval(long(found.median), detail, *(min(100.0, scale * hours) for hours in (found.median, low, high)))
