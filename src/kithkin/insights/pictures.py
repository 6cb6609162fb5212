"""Answers as pictures, in the reader's language."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils.formats import get_format
from django.utils.translation import get_language, gettext, gettext_noop

from kithkin.analysis.charts import drivers, scores, weak_link
from kithkin.analysis.charts.picture import Picture, distinct
from kithkin.analysis.charts.quadrants import quadrants
from kithkin.analysis.charts.wording import Voice, speaking
from kithkin.analysis.drivers import DriverReport, Map
from kithkin.analysis.linkage.report import WeakLinkReport
from kithkin.insights.asking import Answer
from kithkin.insights.asking.dimensions import Role
from kithkin.platform.charts import Drawn, drawn
from kithkin.platform.kept import key_of, once

P = ParamSpec("P")
T = TypeVar("T")

FROM_TABLES = (
    gettext_noop("weakest link"),
    gettext_noop("matters, but not told apart"),
    gettext_noop("cannot be told yet"),
    gettext_noop("does not reach the customer"),
    gettext_noop("at its target"),
    gettext_noop("High importance"),
    gettext_noop("Low importance"),
    gettext_noop("high performance"),
    gettext_noop("low performance"),
)
"""What charts say out of a table (`LinkVerdict`, `quadrants.WORDS`), for the translators to find."""


def in_the_readers_language(draw: Callable[P, T]) -> Callable[P, T]:
    """What it draws speaks the language of the page, and writes numbers as it does."""

    @wraps(draw)
    def spoken(*args: P.args, **kwargs: P.kwargs) -> T:
        with speaking(Voice(gettext, str(get_format("DECIMAL_SEPARATOR")), str(get_format("THOUSAND_SEPARATOR")))):
            return draw(*args, **kwargs)

    return spoken


@dataclass(frozen=True)
class _Plan:
    """A picture that can be drawn: by what, and of which results, which hold all that it shows."""

    draw: Callable[..., Picture]
    of: Mapping[str, Any]

    @in_the_readers_language
    def picture(self) -> Picture:
        """It, in the reader's language."""
        return self.draw(**self.of)

    def chart(self, key: str) -> Drawn:
        """It for a page: of the same results in the same language it is drawn once."""
        made_of = key_of(self.draw.__name__, get_language(), pickle.dumps(self.of))
        return replace(once(made_of, lambda: drawn(key, self.picture())), key=key)


def groups_picture(answer: Answer) -> Picture | None:
    """Groups on one axis, or as a line where they are periods; None where a map of heat serves better."""
    plan = _groups(answer)
    return plan.picture() if plan else None


def groups_chart(answer: Answer) -> Drawn | None:
    """The same for a page."""
    plan = _groups(answer)
    return plan.chart("groups") if plan else None


def trend_picture(answer: Answer) -> Picture | None:
    """The months with their limits and changes of level; None where the groups are periods already."""
    plan = _trend(answer)
    return plan.picture() if plan else None


def trend_chart(answer: Answer) -> Drawn | None:
    """The same for a page."""
    plan = _trend(answer)
    return plan.chart("trend") if plan else None


def _groups(answer: Answer) -> _Plan | None:
    groups = [group for group in answer.groups if group.estimate is not None]
    labels = distinct([group.label for group in groups])  # two units can bear one name
    shown = {label: group.estimate for label, group in zip(labels, groups, strict=True) if group.estimate is not None}
    if not shown or len(answer.by) != 1:
        return None
    if answer.by[0].role is Role.TIME:
        return _Plan(scores.trend, {"periods": shown})
    return _Plan(scores.estimates, {"groups": shown, "overall": answer.overall.estimate})


def _trend(answer: Answer) -> _Plan | None:
    shown = {group.label: group.estimate for group in answer.trend.groups if group.estimate is not None}
    if len(shown) < 2 or answer.over_time:
        return None
    changes = [str(label) for label in answer.trend.changes.changes] if answer.trend.changes else []
    return _Plan(scores.trend, {"periods": shown, "limits": answer.trend.chart, "changes": changes})


@in_the_readers_language
def gains_picture(report: WeakLinkReport) -> Picture:
    """What each relation costs, and how sure that is."""
    return weak_link.gains(report)


@in_the_readers_language
def shares_picture(report: DriverReport) -> Picture:
    """What each driver explains."""
    return drivers.shares(report)


@in_the_readers_language
def map_picture(places: Map, improve: Collection[str]) -> Picture:
    """Importance against performance."""
    return quadrants(places, improve)
