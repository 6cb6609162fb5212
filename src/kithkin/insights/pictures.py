"""Answers as pictures."""

from __future__ import annotations

from kithkin.analysis.charts import scores
from kithkin.analysis.charts.picture import Picture
from kithkin.insights.asking import Answer
from kithkin.insights.asking.dimensions import Role


def groups_picture(answer: Answer) -> Picture | None:
    """Groups on one axis, or as a line where they are periods; None where a map of heat serves better."""
    shown = {group.label: group.estimate for group in answer.groups if group.estimate is not None}
    if not shown or len(answer.by) != 1:
        return None
    if answer.by[0].role is Role.TIME:
        return scores.trend(shown)
    return scores.estimates(shown, overall=answer.overall.estimate)


def trend_picture(answer: Answer) -> Picture | None:
    """The months with their limits and changes of level; None where the groups are periods already."""
    shown = {group.label: group.estimate for group in answer.trend.groups if group.estimate is not None}
    if len(shown) < 2 or answer.over_time:
        return None
    changes = [str(label) for label in answer.trend.changes.changes] if answer.trend.changes else []
    return scores.trend(shown, limits=answer.trend.chart, changes=changes)
