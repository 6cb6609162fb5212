"""Figures in words: one way to write a score, an interval, a share and a count, for charts and for pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from kithkin.analysis.metrics import Metric, Share
from kithkin.analysis.results import Estimate

MINUS = "\N{MINUS SIGN}"
THIN = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Voice:
    """A language: how a text is said in it, and how its numbers are written."""

    translate: Callable[[str], str] = str
    decimal: str = "."
    thousands: str = ","


_voice: ContextVar[Voice] = ContextVar("voice", default=Voice())  # noqa: B039 (frozen)


@contextmanager
def speaking(voice: Voice) -> Iterator[None]:
    """What is drawn inside speaks with this voice; charts speak English by themselves.

    >>> with speaking(Voice(str.upper, ",", ".")):
    ...     _("figure"), number(1234.5, 1)
    ('FIGURE', '1.234,5')
    """
    before = _voice.set(voice)
    try:
        yield
    finally:
        _voice.reset(before)


def _(text: str) -> str:
    """A text of a chart as the present voice says it. The name lets translators' tools find the text."""
    return _voice.get().translate(text)


@dataclass(frozen=True)
class Unit:
    """How a figure is shown: multiplied by `factor`, with `decimals`, followed by `suffix`; `name` titles its axis."""

    name: str
    factor: float = 1
    decimals: int = 1
    suffix: str = ""

    @classmethod
    def of(cls, estimate: Estimate) -> Unit:
        """The unit in which people read this estimate: points, per cent, or the answers' own.

        >>> from kithkin.analysis.metrics import csat_from_counts
        >>> Unit.of(csat_from_counts({5: 3, 1: 1})).name
        'CSAT: share of satisfied answers, %'
        """
        metric = getattr(estimate, "metric", Metric.MEAN)
        if metric is Metric.NPS:
            return cls(_("NPS, points from −100 to 100"))
        if isinstance(estimate, Share):
            name = _("CSAT: share of satisfied answers, %") if metric is Metric.CSAT else _("Share of top answers, %")
            return cls(name, 100, 1, f"{THIN}%")
        name = _("CES: mean effort score") if metric is Metric.CES else _("Mean")
        return cls(name, 1, decimals(max(abs(estimate.low), abs(estimate.high))))

    def figure(self, value: float) -> str:
        """`value` as people read it.

        >>> Unit("NPS").figure(-3.14), Unit("share", 100, 0, " %").figure(0.25)
        ('−3.1', '25 %')
        """
        return number(value * self.factor, self.decimals) + self.suffix

    def interval(self, low: float, high: float) -> str:
        """`low` to `high`, the unit said once.

        >>> Unit("share", 100, 0, " %").interval(0.2, 0.31)
        '20 to 31 %'
        """
        return between(number(low * self.factor, self.decimals), self.figure(high))

    def estimate(self, estimate: Estimate) -> str:
        """Figure and interval, as in `24.0 (18.1 to 30.2)`."""
        return f"{self.figure(estimate.value)} ({self.interval(estimate.low, estimate.high)})"


def decimals(magnitude: float) -> int:
    """How many decimals a figure of this size deserves.

    >>> decimals(4.2), decimals(0.03), decimals(512.0)
    (2, 4, 0)
    """
    if magnitude <= 0 or not math.isfinite(magnitude):
        return 2
    return min(max(2 - math.floor(math.log10(magnitude)), 0), 6)


def between(low: str, high: str) -> str:
    """Two figures as an interval.

    >>> between("1.2", "3.4")
    '1.2 to 3.4'
    """
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def number(value: float, places: int = 0) -> str:
    """A number with thousands separated and a true minus; what rounds to zero has no sign.

    >>> number(-1234.5, 1), number(-0.01, 1)
    ('−1,234.5', '0.0')
    """
    text = f"{value:,.{places}f}"
    text = text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", MINUS)
    return text.translate({ord(","): _voice.get().thousands, ord("."): _voice.get().decimal})


def percent(share: float, places: int = 0) -> str:
    """A share 0…1 in per cent; one that would be rounded to 0 or 100 says that it is not.

    >>> percent(0.581), percent(0.002), percent(0.9999), percent(1)
    ('58\xa0%', 'under 1\xa0%', 'over 99\xa0%', '100\xa0%')
    """
    least = 10.0**-places
    if 0 < share * 100 < least / 2:
        return _("under %(figure)s") % {"figure": f"{number(least, places)}{THIN}%"}
    if 100 - least / 2 <= share * 100 < 100:
        return _("over %(figure)s") % {"figure": f"{number(100 - least, places)}{THIN}%"}
    return f"{number(share * 100, places)}{THIN}%"


def chance(probability: float) -> str:
    """A probability that rests on resamples: never quite 0 or 1, and not written as if it were.

    >>> chance(1.0), chance(0.0), chance(0.97)
    ('over 99\xa0%', 'under 1\xa0%', '97\xa0%')
    """
    return percent(min(max(probability, 1e-6), 1 - 1e-6))


def counted(count: int, noun: str) -> str:
    """A count with its noun.

    >>> counted(1, "request"), counted(1200, "request")
    ('1 request', '1,200 requests')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def span(first: str, last: str) -> str:
    """From when to when; one period alone is named once.

    >>> span("2017", "2018"), span("2011", "2011")
    ('2017 to 2018', '2011')
    """
    return first if first == last else f"{first} to {last}"


def listed(names: list[str], most: int = 3) -> str:
    """Names as people list them.

    >>> listed(["IT", "HR"]), listed(["a", "b", "c", "d", "e"])
    ('IT and HR', 'a, b, c and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
