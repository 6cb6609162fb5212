"""What is told of a file is kept with its import, as long as nothing of it was done; and what is wrong with it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kithkin.insights.imports.measures import disagrees
from kithkin.insights.imports.plans import FiguresPlan
from kithkin.insights.models import OutcomeMeasure
from kithkin.platform.models import Import
from kithkin.platform.services.imports import check_import
from kithkin.platform.text import fold


def check_with(*, one: Import, plan: FiguresPlan) -> bool:
    """Check every line by this plan; whether that begins now."""
    return check_import(one=one, mapping=plan.mapping(one.columns), options=plan.to_keep())


def wrong_with(plan: FiguresPlan) -> str:
    """Why a file cannot be checked by this plan, and what to do; empty where it can."""
    return _lacking(plan) or _twice(plan) or _known_otherwise(plan)


def _lacking(plan: FiguresPlan) -> str:
    if not plan.unit:
        return _("Which column holds the unit is not said.")
    if not (plan.period or plan.month):
        return _("When the figures are from is not said: name the column of the period, or one period for all.")
    if plan.long and not plan.value:
        return _("Which column holds the value is not said.")
    if not plan.long and not plan.figures:
        said, more = (
            _("Which columns are figures is not said."),
            _("Write at least one, or name a column that says what a value is of."),
        )
        return f"{said} {more}"
    return ""


def _twice(plan: FiguresPlan) -> str:
    columns = [one for one in (plan.unit, plan.period, plan.measure, plan.value, plan.n) if one]
    twice = next((one for one in columns if columns.count(one) > 1), "")
    also = next((one.column for one in plan.figures if not plan.long and one.column in columns), "")
    if twice or also:
        return _("“%(column)s” is chosen twice. A column holds one thing.") % {"column": twice or also}
    return ""


def _known_otherwise(plan: FiguresPlan) -> str:
    known = {fold(one.name): one for one in OutcomeMeasure.objects.all()}
    for figure in plan.figures:
        row = known.get(fold(figure.name))
        if row is not None and disagrees(figure, row):
            said = _("“%(name)s” is known as something else: %(known)s. Give this one another name, or say the same.")
            told = ", ".join(filter(None, (row.get_side_display(), row.get_stage_display(), row.measured_in)))
            return said % {"name": row.name, "known": told}
    return ""
