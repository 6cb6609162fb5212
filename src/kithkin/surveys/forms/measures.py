"""Measures and counts in words."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kithkin.questionnaire.model.ours import Measure

MEASURES: dict[str, str | Promise] = {
    Measure.NPS.value: _("NPS: would they recommend us"),
    Measure.CSAT.value: _("CSAT: how satisfied they are"),
    Measure.CES.value: _("CES: how easy it was"),
    Measure.INPS.value: _("iNPS: would inside customers recommend the department"),
    Measure.ENPS.value: _("eNPS: would they recommend the employer"),
    Measure.ENGAGEMENT.value: _("engagement"),
    Measure.SERVICE.value: _("internal service"),
}


def words_of(measure: str) -> str:
    """As people say it, "NPS"; unknown ones by themselves."""
    return str(MEASURES.get(measure, measure)).partition(":")[0]


def said_count(count: int | None, floor: int | None) -> str:
    """How many; of a program that shows no group under its floor, none and few look alike."""
    if floor is not None and (count or 0) < floor:
        return gettext("under %(floor)s") % {"floor": floor}
    return str(intcomma(count or 0))
